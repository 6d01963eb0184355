import type { PersistentVolumeClaim } from "../../../machines/api/persistent-volume-claim.ts";
import type { PersistentVolume } from "../../../machines/api/storage-objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { checkBindings, claimsToBind } from "../../../machines/scheduler/volume/bind-volumes.ts";
import { claimOfVolume } from "../../../machines/scheduler/volume/claims.ts";
import { selectedNodeOf } from "../../../machines/scheduler/volume/volumes-to-bind.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import { keyOf } from "../../store/store.ts";
import type { Handler, HandlerContext, Message } from "../../system/composition.ts";
import { handleOf, seenNodes } from "../../system/projections/scheduling-handle.ts";
import { podOf } from "../../system/routes/receivers.ts";
import { profileOf } from "../../system/scheduler-settings.ts";
import type { KubeWorld } from "../../system/world.ts";

type Context = HandlerContext<KubeWorld>;

/**
 * Whoever binds claims to volumes and provides them, and the scheduler's wait for that.
 * pkg/controller/volume/persistentvolume; plugins/volumebinding/binder.go BindPodVolumes
 */
export function claimsOf(answers: EnvironmentAnswers): Handler<KubeWorld> {
  return (context) => {
    switch (context.event.type) {
      case "claims.asked":
        return askAll(context, answers);
      case "claim.provided":
        return provide(context);
      case "claims.checked":
        return check(context);
      default:
        throw new Error(`nobody binds claims on ${context.event.type}`);
    }
  };
}

/** Each claim gets its volume when the storage says so; the scheduler looks once a second. */
function askAll({ world, from, self, now, choices, send }: Context, answers: EnvironmentAnswers) {
  const key = podOf(from?.subject ?? {});
  const pod = world.scheduler.assumed.get(key);
  if (pod === undefined) return;
  for (const claim of claimsToBind(pod, handle(world, pod))) {
    const part = volumeOf(pod, claim);
    const said = answers.claim({ pod: key, part, node: pod.spec.nodeName }, now);
    const about = `pod/${key} volume/${part}`;
    const delayMs = choices.amount("claim binding time", about, bindingTimes, said?.takesMs);
    const detail = { claim: keyOf(claim), fails: said?.fails };
    send({ to: self, event: { type: "claim.provided" }, detail, delayMs });
  }
  const { bindTimeoutSeconds } = profileOf(world.scheduling, pod);
  send(nextCheck(self, key, pod, now, now + bindTimeoutSeconds * 1_000));
}

const bindingTimes = { low: 100, high: 5_000, usual: 500 };
const checkPeriodMs = 1_000; // binder.go BindPodVolumes

function volumeOf(pod: Pod, { metadata }: PersistentVolumeClaim): string {
  const volumes = pod.spec.volumes ?? [];
  return volumes.find((one) => claimOfVolume(pod, one)?.claimName === metadata.name)?.name ?? "";
}

function nextCheck(
  to: Context["self"],
  key: string,
  pod: Pod,
  now: number,
  endMs: number,
): Message {
  const detail = { key, uid: pod.metadata.uid, endMs };
  const delayMs = Math.min(checkPeriodMs, endMs - now);
  return { to, event: { type: "claims.checked" }, detail, delayMs };
}

function check({ world, self, detail, now, send }: Context): void {
  const {
    key = "",
    uid,
    endMs = now,
  }: { key?: string; uid?: string; endMs?: number } = {
    ...detail,
  };
  const to = { machine: "bindingCycle", subject: { pod: key } };
  const answer = (error?: string) => {
    const message = `running PreBind plugin "VolumeBinding": binding volumes: ${error}`;
    const event = { type: "claims.bound", isRefused: error !== undefined };
    send({ to, event, detail: { message } });
  };
  const pod = world.scheduler.assumed.get(key);
  if (pod === undefined) {
    const name = key.split("/").pop() ?? "";
    return answer(`pod does not exist any more: pod "${name}" not found`);
  }
  const isThere = world.pod(key)?.metadata.uid === uid;
  const node = world.nodeObject(pod.spec.nodeName ?? "");
  const found = checkBindings(pod, node, isThere, handle(world, pod));
  if (typeof found === "object") return answer(found.error);
  if (found === "bound") return answer();
  if (now >= endMs) return answer("context deadline exceeded");
  send(nextCheck(self, key, pod, now, endMs));
}

function handle(world: KubeWorld, pod: Pod) {
  return handleOf(world, seenNodes(world), pod);
}

/** A volume that was reserved is bound; another one is made, or its node is chosen anew. */
function provide({ world, detail }: Context): void {
  const { claim: key = "", fails }: { claim?: string; fails?: string } = { ...detail };
  const claim = world.store.get("PersistentVolumeClaim", key);
  if (claim === undefined || !isClaim(claim)) return;
  const volumes = world.store.list("PersistentVolume").filter(isVolume);
  const reserved = volumes.find(({ spec }) => spec?.claimRef?.uid === claim.metadata.uid);
  const node = selectedNodeOf(claim);
  if (reserved === undefined && (fails !== undefined || node === undefined)) {
    world.store.put(withoutNode(claim));
    return;
  }
  const volume = reserved ?? provisioned(claim);
  world.store.put<PersistentVolume>({ ...volume, status: { phase: "Bound" } });
  world.store.put(boundTo(claim, volume));
}

function isClaim(object: { readonly kind: string }): object is PersistentVolumeClaim {
  return object.kind === "PersistentVolumeClaim";
}

function isVolume(object: { readonly kind: string }): object is PersistentVolume {
  return object.kind === "PersistentVolume";
}

/** A provisioner that fails for good lets the scheduler look for another node. */
function withoutNode({ metadata, ...claim }: PersistentVolumeClaim): PersistentVolumeClaim {
  const kept = Object.entries(metadata.annotations ?? {}).filter(([name]) => {
    return name !== "volume.kubernetes.io/selected-node";
  });
  return { ...claim, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
}

/** As an external provisioner names and makes it. */
function provisioned({ metadata, spec = {} }: PersistentVolumeClaim): PersistentVolume {
  const { namespace = "", name, uid = "" } = metadata;
  const storage = spec.resources?.requests?.["storage"];
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `pvc-${uid}` },
    spec: {
      accessModes: spec.accessModes ?? [],
      claimRef: { namespace, name, uid },
      ...(storage !== undefined && { capacity: { storage } }),
      ...(spec.storageClassName !== undefined && { storageClassName: spec.storageClassName }),
      persistentVolumeReclaimPolicy: "Delete",
      volumeMode: spec.volumeMode ?? "Filesystem",
    },
  };
}

/** pkg/controller/volume/persistentvolume/pv_controller.go bindClaimToVolume, updateClaimStatus */
function boundTo(
  { metadata, spec, ...claim }: PersistentVolumeClaim,
  { metadata: { name }, spec: volume = {} }: PersistentVolume,
): PersistentVolumeClaim {
  const bound = {
    "pv.kubernetes.io/bind-completed": "yes",
    "pv.kubernetes.io/bound-by-controller": "yes",
  };
  const { accessModes = [], capacity = {} } = volume;
  return {
    ...claim,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...bound } },
    spec: { ...spec, volumeName: name },
    status: { phase: "Bound", accessModes, capacity },
  };
}
