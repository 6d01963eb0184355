import type { Pod } from "../api/pod.ts";
import type { PodCondition, PodStatus } from "../api/pod-status.ts";

/** Why the scheduler gives up on a pod for now; the reason of its condition. */
export type FailureReason = "Unschedulable" | "SchedulerError";

/** A merge of a pod's status, as the API server gets it; `null` takes a field away. */
export interface StatusPatch {
  readonly conditions?: readonly Partial<PodCondition>[];
  readonly nominatedNodeName?: string | null;
}

/** The condition of a pod that was not scheduled; schedule_one.go handleSchedulingFailure. */
export function notScheduledCondition(
  { metadata: { generation } }: Pod,
  reason: FailureReason,
  message: string,
): PodCondition {
  const observed = generation === undefined ? {} : { observedGeneration: generation };
  return { type: "PodScheduled", ...observed, status: "False", reason, message };
}

/** The condition of a victim; framework/preemption/preemption.go PreemptPod. */
export function preemptedCondition(
  { metadata: { generation } }: Pod,
  { spec: { schedulerName = "" } }: Pod,
): PodCondition {
  const observed = generation === undefined ? {} : { observedGeneration: generation };
  const message = `${schedulerName}: preempting to accommodate a higher priority pod`;
  const reason = "PreemptionByScheduler";
  return { type: "DisruptionTarget", ...observed, status: "True", reason, message };
}

/**
 * What of a pod's status changes, or undefined when nothing does: then nothing is written.
 * `nominatedNodeName` is absent when the nomination is left alone. schedule_one.go updatePod
 */
export function statusPatch(
  status: PodStatus = {},
  condition?: PodCondition,
  nominatedNodeName?: string,
): StatusPatch | undefined {
  const before = status.nominatedNodeName ?? "";
  const nominates = nominatedNodeName !== undefined && nominatedNodeName !== before;
  const conditions = condition === undefined ? [] : changedCondition(status, condition);
  if (!nominates && conditions.length === 0) return undefined;
  return {
    ...(conditions.length > 0 && { conditions }),
    ...(nominates && { nominatedNodeName: nominatedNodeName === "" ? null : nominatedNodeName }),
  };
}

/** Of a condition that is there already, what differs; api/v1/pod/util.go UpdatePodCondition. */
function changedCondition(
  { conditions = [] }: PodStatus,
  condition: PodCondition,
): readonly Partial<PodCondition>[] {
  const before = conditions.find(({ type }) => type === condition.type);
  if (before === undefined) return [{ lastProbeTime: null, ...condition }];
  const { status, reason, message, observedGeneration } = condition;
  const isEqual =
    before.status === status && before.reason === reason && before.message === message;
  if (isEqual) return [];
  return [
    {
      type: condition.type,
      ...(before.status !== status && { status }),
      ...(before.reason !== reason && reason !== undefined && { reason }),
      ...(before.message !== message && message !== undefined && { message }),
      ...(before.observedGeneration !== observedGeneration &&
        observedGeneration !== undefined && { observedGeneration }),
    },
  ];
}
