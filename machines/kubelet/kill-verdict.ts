import type { PodStatus } from "../api/pod-status.ts";
import { replaceOrAppendPodCondition } from "./status-merge.ts";

/** Why a pod is killed by its kubelet, as its status tells it. */
export interface KillVerdict {
  readonly reason: string;
  readonly message: string;
  /** What DisruptionTarget says; a pod over its own limit gets no such condition. */
  readonly disruption?: { readonly reason: string; readonly message: string };
}

/**
 * What the cause of a kill writes over a status that has been generated; the status manager adds
 * the condition's time. pkg/kubelet/kubelet.go SyncTerminatingPod, podStatusFn
 */
export function withVerdict(
  status: PodStatus,
  { reason, message, disruption }: KillVerdict,
  generation: number | undefined,
): PodStatus {
  const failed = { ...status, phase: "Failed", reason, message } as const;
  if (disruption === undefined) return failed;
  const condition = {
    type: "DisruptionTarget",
    ...(generation && { observedGeneration: generation }),
    status: "True",
    ...disruption,
  } as const;
  return { ...failed, conditions: replaceOrAppendPodCondition(status.conditions ?? [], condition) };
}
