import type { ResourceList } from "../../../machines/api/meta.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { quantityMilliValue, quantityValue } from "../../../machines/api/quantity.ts";
import { mustParse } from "../../../machines/api/quantity-text.ts";
import { getResourceRequest } from "../../../machines/api/resources.ts";
import { predicateAdmit } from "../../../machines/kubelet/admission.ts";
import { isAllocated, type ResizeVerdict } from "../../../machines/kubelet/resize-allocation.ts";
import {
  isPodResizeDeferred,
  isPodResizeInfeasible,
  setPodResizePendingCondition,
} from "../../../machines/kubelet/resize-conditions.ts";
import {
  insufficientCapacity,
  podResizeMessage,
  resizeEvents,
} from "../../../machines/kubelet/resize-messages.ts";
import type { Emission, Receiver } from "../composition.ts";
import type { KubeWorld } from "../world.ts";
import { otherAdmittedPods } from "./admission.ts";
import { recordPodEvent } from "./events.ts";
import { resizeOf } from "./resize.ts";

/** Whether the node can give the pod what it asks for now, and why not. canResizePod */
export function weigh(
  world: KubeWorld,
  key: string,
): { readonly verdict: ResizeVerdict; readonly message: string } {
  const { pod, node: name, allocation } = world.side(key);
  if (allocation === undefined || isAllocated(pod.spec, allocation)) {
    return { verdict: "same", message: "" };
  }
  const node = world.nodeObject(name);
  const tooMuch = node && beyondCapacity(pod, node.status?.allocatable ?? {});
  if (tooMuch !== undefined) return { verdict: "Infeasible", message: tooMuch };
  const otherPods = otherAdmittedPods(world, name, key);
  const admitted = predicateAdmit({ pod, otherPods, ...(node && { node }) });
  if (!admitted.admit) return { verdict: "Deferred", message: admitted.message };
  return { verdict: "fits", message: "" };
}

function beyondCapacity(pod: Pod, allocatable: ResourceList): string | undefined {
  const memory = [
    getResourceRequest(pod, "memory"),
    quantityValue(mustParse(allocatable["memory"] ?? "0")),
  ] as const;
  if (memory[0] > memory[1]) return insufficientCapacity("memory", ...memory);
  const cpu = [
    getResourceRequest(pod, "cpu"),
    quantityMilliValue(mustParse(allocatable["cpu"] ?? "0")),
  ] as const;
  return cpu[0] > cpu[1] ? insufficientCapacity("cpu", ...cpu) : undefined;
}

/** PodResizePending, and an Event when that is news. */
export function pend(world: KubeWorld, { fact, from, now }: Emission): void {
  const { pod: key = "" } = from.subject;
  const { pod, node } = world.side(key);
  const { generation = 0 } = pod.metadata;
  const { message } = weigh(world, key);
  const report = { reason: String(fact["reason"]), message, observedGeneration: generation };
  const nowMs = world.nodeEpochMs(node) + now;
  const set = setPodResizePendingCondition(resizeOf(world, key), report, nowMs);
  world.change(key, { resize: set.conditions });
  if (!set.changed) return;
  const { words, ...event } =
    resizeEvents[fact["reason"] === "Deferred" ? "Deferred" : "Infeasible"];
  const text = podResizeMessage(words, pod.spec, generation, message);
  recordPodEvent(world, now, key, { ...event, message: text });
}

/** A kubelet that has just started weighs again what it had been asked for before. */
export function resizeOfAdded(world: KubeWorld, { detail }: Emission): Receiver | undefined {
  const pod = String(detail?.["pod"] ?? "");
  const isWeighed = world.findSide(pod)?.allocation !== undefined;
  return isWeighed ? { machine: "podResize", subject: { pod } } : undefined;
}

/** Whose resize may fit now that a pod has left the node. RetryPendingResizes */
export function resizesToRetry(world: KubeWorld, { from }: Emission): readonly Receiver[] {
  const { node } = world.side(from.subject.pod);
  return world.node(node).pods.flatMap((pod) => {
    const { resize = {} } = world.side(pod);
    const isPending = !isPodResizeInfeasible(resize) && isPodResizeDeferred(resize);
    return isPending ? { machine: "podResize", subject: { pod } } : [];
  });
}
