import type { ObjectMeta } from "../api/meta.ts";
import type { PodSpec } from "../api/pod.ts";
import { isMirrorPod, isStaticPod } from "./pod-source.ts";

/** What makes a pod critical. */
export interface PodOfPriority {
  readonly metadata?: Pick<ObjectMeta, "annotations">;
  readonly spec: Pick<PodSpec, "priority" | "priorityClassName">;
}

/** Static, mirror and system-priority pods; pkg/kubelet/types/pod_update.go IsCriticalPod. */
export function isCriticalPod(pod: PodOfPriority): boolean {
  if (isStaticPod(pod) || isMirrorPod(pod)) return true;
  return pod.spec.priority !== undefined && pod.spec.priority >= systemCriticalPriority;
}

/** Critical by the class name too, the priority alone is not enough; IsNodeCriticalPod. */
export function isNodeCriticalPod(pod: PodOfPriority): boolean {
  return isCriticalPod(pod) && pod.spec.priorityClassName === "system-node-critical";
}

/** Whether the first pod may take the second one's place on the node; Preemptable. */
export function preemptable(preemptor: PodOfPriority, preemptee: PodOfPriority): boolean {
  if (isCriticalPod(preemptor) && !isCriticalPod(preemptee)) return true;
  const [higher, lower] = [preemptor.spec.priority, preemptee.spec.priority];
  return higher !== undefined && lower !== undefined && higher > lower;
}

/** pkg/apis/scheduling/types.go: twice the highest priority that users may define. */
const systemCriticalPriority = 2_000_000_000;
