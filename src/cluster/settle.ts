import type { Pod } from "../../machines/api/pod.ts";
import { isPod } from "../../machines/api/objects.ts";
import { allocationFromPod, isAllocated } from "../../machines/kubelet/resize-allocation.ts";
import { slotsOf } from "../../machines/kubelet/slot.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import type { Receiver, SettleContext } from "../system/composition.ts";
import type { PodSide } from "../system/pod-side.ts";
import { review } from "../system/routes/container-review.ts";
import type { KubeWorld } from "../system/world.ts";
import { inform } from "./informers.ts";
import { statusChanged } from "./status-watch.ts";

type Context = SettleContext<KubeWorld>;

/** Who hears of changes: a kubelet watches its pods, a cluster's watchers everything. */
export function settleWith(onChange: (change: StoreChange, context: Context) => void) {
  return (context: Context): void => {
    const { store } = context.world;
    // What a kubelet says about a change is a change of this delivery, too.
    for (let told = store.takeChanges(); told.length > 0; told = store.takeChanges()) {
      for (const change of told) {
        inform(context, change);
        if (change.object.kind === "Pod") podChanged(context, change);
        onChange(change, context);
      }
    }
    for (const [key, side] of context.world.takeHalted()) podHalted(context, key, side);
    for (const [key, side] of context.world.takeRemoved()) podForgotten(context, key, side);
  };
}

function podChanged(context: Context, change: StoreChange): void {
  const { world, send } = context;
  const key = keyOf(change.object);
  const side = world.findSide(key);
  if (change.type === "DELETED") {
    if (side !== undefined && side.uid === change.object.metadata.uid)
      podDeleted(context, key, side);
    return;
  }
  const pod = world.pod(key);
  if (pod === undefined) return;
  if (side === undefined) {
    if (isForKubelet(change, pod)) podAdded(context, key, pod);
    return;
  }
  if (side.uid !== pod.metadata.uid) return;
  const isNews = side.pod.spec !== pod.spec || isMarked(side.pod, pod);
  world.change(key, { pod });
  if (isMarked(side.pod, pod)) reviewRefused(context, key, side);
  if (side.pod.spec !== pod.spec) specChanged(context, key, side, pod);
  if (!isNews) {
    if (side.pod.status !== pod.status) statusChanged(context, key, side, pod);
    return;
  }
  const to = { machine: "podWorker", subject: { pod: key } };
  send({ to, event: { type: "pod.updated" }, view: "podUpdated" });
}

/** Who will not restart waits for nothing; whose cached reason is lost, says less. */
function reviewRefused({ send }: Pick<Context, "send">, key: string, { reasons }: PodSide): void {
  for (const message of review(key, Object.keys(reasons))) send(message);
}

function podHalted(context: Context, key: string, side: PodSide): void {
  context.end(kubeletActorsOf(key, side.pod));
  reviewRefused(context, key, side);
}

/** What the pod has been given stands until its node has weighed what it asks for now. */
function specChanged(
  { world, send }: Context,
  key: string,
  { pod: before, allocation = allocationFromPod(before.spec) }: PodSide,
  pod: Pod,
): void {
  const isWeighed = world.side(key).allocation !== undefined;
  if (!isWeighed && isAllocated(pod.spec, allocation)) return;
  world.change(key, { allocation });
  const to = { machine: "podResize", subject: { pod: key } };
  send({ to, event: { type: "resize.weighed" }, view: "resizeWeighed" });
}

/** What is only said of a pod, as its refusal, or comes before it is bound, adds it to no node. */
function isForKubelet({ object, previous }: StoreChange, pod: Pod): boolean {
  if (!isPod(object) || object.spec.nodeName === undefined) return false;
  if (previous === undefined || !isPod(previous)) return true;
  return previous.spec !== object.spec || isMarked(previous, pod);
}

function isMarked(before: Pod, after: Pod): boolean {
  return (
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    before.metadata.deletionGracePeriodSeconds !== after.metadata.deletionGracePeriodSeconds
  );
}

/**
 * A kubelet that has just started finds every pod that is bound to its node, and stops what only
 * the runtime knows. pkg/kubelet/kubelet_pods.go HandlePodCleanups
 */
export function addPodsOf(context: Adding, node: string): void {
  const { world, send } = context;
  const orphans = world.node(node).pods.filter((key) => isOrphan(world, key));
  for (const object of world.store.list("Pod")) {
    const key = keyOf(object);
    const pod = world.pod(key);
    if (pod?.spec.nodeName === node && !orphans.includes(key)) podAdded(context, key, pod);
  }
  for (const key of orphans) {
    world.change(key, { isForgotten: false });
    const to = { machine: "podWorker", subject: { pod: key } };
    send({ to, event: { type: "kill.requested", gracePeriodSeconds: orphanGraceSeconds } });
  }
}

/** killPodOptions of a pod that the kubelet had not seen before. */
const orphanGraceSeconds = 1;

function isOrphan(world: KubeWorld, key: string): boolean {
  return world.pod(key)?.metadata.uid !== world.side(key).uid;
}

type Adding = Pick<Context, "world" | "send">;

/** HandlePodAdditions: the kubelet is asked to admit it. */
function podAdded({ world, send }: Adding, key: string, pod: Pod): void {
  const node = pod.spec.nodeName;
  if (node === undefined || world.nodeObject(node) === undefined) return;
  if (!world.node(node).isWatching) return;
  const to = { machine: "kubelet", subject: { node } };
  send({ to, event: { type: "pod.added" }, view: "podToAdmit", detail: { pod: key } });
}

/** The object is gone; what still runs of it is stopped all the same. */
function podDeleted({ world, send }: Context, key: string, side: PodSide): void {
  if (side.isFinished) return world.removeSide(key);
  if (side.pod.metadata.deletionTimestamp !== undefined) return;
  const to = { machine: "podWorker", subject: { pod: key } };
  send({ to, event: { type: "kill.requested", gracePeriodSeconds: null } });
}

/** Another pod of the name may have waited for this one's end. */
function podForgotten(context: Context, key: string, { uid, pod }: PodSide): void {
  context.end(actorsOf(key, pod));
  const next = context.world.pod(key);
  if (next !== undefined && next.metadata.uid !== uid) podAdded(context, key, next);
}

const podMachines = [
  "podWorker",
  "podSync",
  "podTermination",
  "podPhase",
  "podConditions",
  "statusManager",
  "podKill",
  "podResize",
  "pleg",
];
const containerMachines = ["containerStart", "containerKill", "restartBackOff"];
const probeKinds = ["startup", "readiness", "liveness"];

function actorsOf(pod: string, spec: Pod): Receiver[] {
  return [...kubeletActorsOf(pod, spec), ...runtimeActorsOf(pod, spec)];
}

/** What goes on when the kubelet stops. */
function runtimeActorsOf(pod: string, { spec }: Pod): Receiver[] {
  return [
    { machine: "podSandbox", subject: { pod } },
    { machine: "usage", subject: { pod } },
    ...slotsOf(spec).flatMap(([, { name: container }]) => [
      { machine: "container", subject: { pod, container } },
      { machine: "containerMemory", subject: { pod, container } },
      { machine: "usage", subject: { pod, container } },
    ]),
  ];
}

function kubeletActorsOf(pod: string, { spec }: Pod): Receiver[] {
  const containers = slotsOf(spec).map(([, container]) => container);
  return [
    ...podMachines.map((machine) => ({ machine, subject: { pod } })),
    ...containers.flatMap(({ name: container, image = "" }) => [
      ...containerMachines.map((machine) => ({ machine, subject: { pod, container } })),
      ...probeKinds.map((part) => ({ machine: "probe", subject: { pod, container, part } })),
      { machine: "imagePull", subject: { pod, part: image } },
    ]),
    ...(spec.volumes ?? []).map(({ name: part }) => ({
      machine: "volume",
      subject: { pod, part },
    })),
  ];
}
