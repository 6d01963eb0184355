import type { Pod } from "../../../machines/api/pod.ts";
import {
  allocationFromPod,
  hasSameResources,
  updatePodFromAllocation,
} from "../../../machines/kubelet/resize-allocation.ts";
import {
  clearPodResizeInProgressCondition,
  clearPodResizePendingCondition,
  type ResizeConditions,
  setPodResizeInProgressCondition,
} from "../../../machines/kubelet/resize-conditions.ts";
import { podResizeMessage, resizeEvents } from "../../../machines/kubelet/resize-messages.ts";
import type { Emission } from "../composition.ts";
import type { PodSide } from "../pod-side.ts";
import type { KubeWorld } from "../world.ts";
import { recordPodEvent } from "./events.ts";

/** The pod with the resources that its node has given it. */
export function allocatedPod({ pod, allocation }: Pick<PodSide, "pod" | "allocation">): Pod {
  return updatePodFromAllocation(pod, allocation);
}

/** Nothing is asked for any more. */
export function withdraw(world: KubeWorld, { from }: Emission): void {
  const { pod } = from.subject;
  world.change(pod, { resize: clearPodResizePendingCondition(resizeOf(world, pod)) });
}

/** From now on the node counts with what the spec asks for. */
export function allocate(world: KubeWorld, { from, now }: Emission): void {
  const { pod: key } = from.subject;
  const { pod, node } = world.side(key);
  const { generation = 0 } = pod.metadata;
  const nowMs = world.nodeEpochMs(node) + now;
  const cleared = clearPodResizeInProgressCondition(
    clearPodResizePendingCondition(resizeOf(world, key)),
  );
  const report = { observedGeneration: generation };
  const { conditions } = setPodResizeInProgressCondition(cleared, report, nowMs);
  world.change(key, { allocation: allocationFromPod(pod.spec), resize: conditions });
  const { words, ...event } = resizeEvents.started;
  const message = podResizeMessage(words, pod.spec, generation);
  recordPodEvent(world, now, key, { ...event, message });
}

/** At the beginning of a sync: what the runtime has done ends the resize. kubelet.go SyncPod */
export function reviewResize(
  world: KubeWorld,
  key: string | undefined,
  podIsTerminal: boolean,
  now: number,
): void {
  const side = world.side(key);
  const { resize } = side;
  if (resize === undefined) return;
  if (podIsTerminal) return void world.change(key, { resize: undefined });
  if (resize.inProgress === undefined) return;
  const { generation = 0 } = side.pod.metadata;
  if (!isActuated(side)) {
    const report = { observedGeneration: generation };
    const nowMs = world.nodeEpochMs(side.node) + now;
    const { conditions } = setPodResizeInProgressCondition(resize, report, nowMs);
    return void world.change(key, { resize: conditions });
  }
  const cleared = clearPodResizeInProgressCondition(resize);
  world.change(key, { resize: cleared });
  if (cleared === resize) return;
  const { words, ...event } = resizeEvents.completed;
  const observed = resize.inProgress.observedGeneration ?? 0;
  const message = podResizeMessage(words, allocatedPod(side).spec, observed);
  recordPodEvent(world, now, key, { ...event, message });
}

function isActuated({ allocation = {}, cache }: PodSide): boolean {
  const running = (cache.containers ?? []).filter(({ state }) => state === "running");
  return running.every(({ name, resources = {} }) =>
    hasSameResources(resources, allocation[name] ?? resources),
  );
}

/** The resize conditions of a pod. */
export function resizeOf(world: KubeWorld, pod: string | undefined): ResizeConditions {
  return world.side(pod).resize ?? {};
}
