import { extended } from "../../../machines/extended.ts";
import {
  applyDefaultImageTag,
  canonicalImage,
  repositoryOf,
} from "../../../machines/kubelet/image-reference.ts";
import { resizeRequiresRestart } from "../../../machines/kubelet/resize-allocation.ts";
import type {
  ContainerRecord,
  RuntimeStatus,
  SandboxRecord,
} from "../../../machines/kubelet/runtime-status.ts";
import { findContainerStatusByName } from "../../../machines/kubelet/pod-view.ts";
import { containerAt, containerNamed } from "../../../machines/kubelet/slot.ts";
import type { Emission } from "../composition.ts";
import type { Detail } from "../kernel-event.ts";
import type { PodSide } from "../pod-side.ts";
import type { KubeWorld } from "../world.ts";

/** The runtime keeps this many ended containers of a name. ContainerGC MaxPerPodContainer */
const recordsPerContainer = 2;

/** A container was created: its record is the newest of its name. */
export function recordCreated(world: KubeWorld, { from, now }: Emission): void {
  const { pod, container: name = "" } = from.subject;
  const side = world.side(pod);
  const { containers = [], activeContainers = [] } = side.runtime;
  const older = containers.filter((record) => record.name === name);
  const record: ContainerRecord = {
    name,
    id: `containerd://${runtimeID(side.uid, side.made)}`,
    state: "created",
    createdAt: world.nodeTime(side.node, now),
    restartCount: restartCountOf(side, name),
    specImage: containerNamed(side.pod.spec, name)?.image ?? "",
    ...resourcesOf(side, name),
    ...runtimeImage(containerNamed(side.pod.spec, name)?.image ?? ""),
  };
  const others = containers.filter((one) => one.name !== name);
  const kept = older.slice(0, recordsPerContainer - 1);
  world.change(pod, {
    made: side.made + 1,
    runtime: extended(side.runtime, {
      containers: [record, ...kept, ...others],
      activeContainers: activeContainers.includes(name)
        ? activeContainers
        : [...activeContainers, name],
    }),
  });
}

/**
 * One more than that of the container that the sync knows of; else its log would tell, but logs are
 * removed with their containers. kuberuntime_container.go startContainer
 */
function restartCountOf({ podStatus, cache }: PodSide, name: string): number {
  const { containers } = podStatus ?? cache;
  const before = findContainerStatusByName(containers, name);
  return before === undefined ? 0 : (before.restartCount ?? 0) + 1;
}

/** Before there is a new sandbox; kuberuntime_container.go purgeInitContainers */
export function purgeInitContainers(world: KubeWorld, { from }: Emission): void {
  const { pod, runtime } = world.side(from.subject.pod);
  const { initContainers = [] } = pod.spec;
  const { containers = [] } = runtime;
  const kept = containers.filter(({ name }) => !initContainers.some((one) => one.name === name));
  if (kept.length === containers.length) return;
  world.change(from.subject.pod, { runtime: { ...runtime, containers: kept } });
}

/** All that there is of a container goes, its logs as well. kuberuntime_manager.go SyncPod */
export function removeContainer(world: KubeWorld, { fact, from }: Emission): void {
  const { pod, runtime } = world.side(from.subject.pod);
  const name = containerAt(pod.spec, String(fact["slot"]))?.name;
  const { containers = [], activeContainers = [] } = runtime;
  world.change(from.subject.pod, {
    runtime: {
      ...runtime,
      containers: containers.filter((one) => one.name !== name),
      activeContainers: activeContainers.filter((one) => one !== name),
    },
  });
}

export function recordStarted(world: KubeWorld, emission: Emission): void {
  const { node } = world.side(emission.from.subject.pod);
  const startedAt = world.nodeTime(node, emission.now);
  changeNewest(world, emission, { state: "running", startedAt });
}

/** A process ended; the exit code and the message travel beside the fact. */
export function recordExited(world: KubeWorld, emission: Emission): void {
  const { fact, from, detail, now } = emission;
  const exitCode = numberOf(detail, "exitCode") ?? (fact["reason"] === "Completed" ? 0 : 1);
  const message = detail?.["message"];
  changeNewest(world, emission, {
    state: "exited",
    exitCode: fact["reason"] === "StartError" ? 128 : exitCode,
    reason: String(fact["reason"]),
    finishedAt: world.nodeTime(world.side(from.subject.pod).node, now),
    ...(typeof message === "string" ? { message } : {}),
  });
}

/**
 * The kubelet removes what has exited of a pod that it has condemned, and that may come before it
 * has read the exit. pkg/kubelet/kubelet.go cleanUpContainersInPod
 */
export function removeUnread(world: KubeWorld, { from, choices }: Emission): void {
  const { pod, container } = from.subject;
  const { verdict, runtime } = world.side(pod);
  if (verdict === undefined) return;
  const about = `pod/${pod} container/${container}`;
  if (choices.pick("container removal", about, removals) === removals[0]) return;
  const { containers = [] } = runtime;
  const kept = containers.filter(({ name, state }) => name !== container || state !== "exited");
  world.change(pod, { runtime: { ...runtime, containers: kept } });
}

const removals = ["after its exit was read", "before its exit was read"] as const;

export function recordLost(world: KubeWorld, emission: Emission): void {
  changeNewest(world, emission, { state: "unknown" });
}

/** What the node has given the containers has reached those that need no restart for it. */
export function recordResized(world: KubeWorld, { from }: Emission): void {
  const { pod } = from.subject;
  const { runtime, allocation = {}, pod: known } = world.side(pod);
  const containers = runtime.containers?.map((record) => {
    const after = allocation[record.name];
    const container = containerNamed(known.spec, record.name);
    const { resources: before = {} } = record;
    if (record.state !== "running" || container === undefined || after === undefined) return record;
    return resizeRequiresRestart(container, before, after)
      ? record
      : { ...record, resources: after };
  });
  world.change(pod, { runtime: { ...runtime, ...(containers && { containers }) } });
}

/** A new sandbox has its addresses; containers of the one before are not active any more. */
export function recordSandbox(world: KubeWorld, { from, detail }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { sandboxes = [] } = side.runtime;
  const ip = String(detail?.["ip"] ?? "");
  const usesHost = side.pod.spec.hostNetwork === true;
  const sandbox: SandboxRecord = {
    id: runtimeID(side.uid, side.made),
    attempt: sandboxes[0] === undefined ? 0 : (sandboxes[0].attempt ?? 0) + 1,
    state: "SANDBOX_READY",
    ...(usesHost ? { network: "NODE" } : { ip }),
  };
  const runtime: RuntimeStatus = {
    ...side.runtime,
    sandboxes: [sandbox, ...sandboxes.slice(0, 1)],
    activeContainers: [],
    ips: usesHost ? [] : [ip],
  };
  world.change(pod, { made: side.made + 1, runtime });
}

export function recordSandboxGone(world: KubeWorld, { from }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { sandboxes = [] } = side.runtime;
  const stopped = sandboxes.map((one): SandboxRecord => ({ ...one, state: "SANDBOX_NOTREADY" }));
  world.change(pod, { runtime: { ...side.runtime, sandboxes: stopped, activeContainers: [] } });
}

function changeNewest(
  world: KubeWorld,
  { from }: Emission,
  change: Partial<ContainerRecord>,
): void {
  const { pod, container } = from.subject;
  const { runtime } = world.side(pod);
  const { containers = [] } = runtime;
  const at = containers.findIndex((record) => record.name === container);
  const changed = containers.map((record, index) =>
    index === at ? extended(record, change) : record,
  );
  world.change(pod, { runtime: { ...runtime, containers: changed } });
}

/** 64 hexadecimal digits that follow from the pod's uid and how many containers it has had. */
function runtimeID(uid: string, made: number): string {
  const text = `${uid}/${made}`;
  let hash = 0x811c9dc5;
  const words: string[] = [];
  for (let word = 0; word < 8; word++) {
    hash = Math.imul(hash ^ word, 0x01000193);
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    words.push((hash >>> 0).toString(16).padStart(8, "0"));
  }
  return words.join("");
}

/** What the container may use from its beginning. */
function resourcesOf({ pod, allocation = {} }: PodSide, name: string) {
  const resources = allocation[name] ?? containerNamed(pod.spec, name)?.resources;
  return resources && { resources };
}

type RuntimeImage = Pick<ContainerRecord, "image" | "imageRef">;

/** By the image as the runtime was asked for it: a cluster names few images, and often. */
const runtimeImages = new Map<string, RuntimeImage>();
const keptImages = 1_024;

function runtimeImage(written: string): RuntimeImage {
  const image = canonicalImage(applyDefaultImageTag(written) ?? written);
  let known = runtimeImages.get(image);
  if (known === undefined) {
    known = namesInRuntime(image);
    if (runtimeImages.size >= keptImages) runtimeImages.clear();
    runtimeImages.set(image, known);
  }
  return known;
}

/**
 * The runtime's first tag of the image, which one that was pulled by its digest has not, and the
 * repository with the digest. containerd internal/cri/server/container_status.go
 */
function namesInRuntime(image: string): RuntimeImage {
  if (image.includes("@")) return { image: `sha256:${runtimeID(image, 0)}`, imageRef: image };
  return { image, imageRef: `${repositoryOf(image)}@sha256:${runtimeID(image, 0)}` };
}

function numberOf(detail: Detail | undefined, field: string): number | undefined {
  const value = detail?.[field];
  return typeof value === "number" ? value : undefined;
}
