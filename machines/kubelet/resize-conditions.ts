import type { PodCondition } from "../api/pod-status.ts";
import { formatTime } from "../api/time.ts";

/** Two conditions about an in-place resize that the status manager keeps beside the status. */
export interface ResizeConditions {
  readonly pending?: PodCondition;
  readonly inProgress?: PodCondition;
}

export interface ResizeReport {
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration: number;
}

/** In the order in which they are written to the pod. */
export function listResizeConditions({ pending, inProgress }: ResizeConditions): PodCondition[] {
  return [...(pending ? [pending] : []), ...(inProgress ? [inProgress] : [])];
}

/**
 * `changed` tells of another reason or generation, not of another message.
 * pkg/kubelet/status/status_manager.go SetPodResizePendingCondition
 */
export function setPodResizePendingCondition(
  conditions: ResizeConditions,
  report: ResizeReport,
  nowMs: number,
): { readonly conditions: ResizeConditions; readonly changed: boolean } {
  const previous = conditions.pending;
  const pending = updatedPodResizeCondition("PodResizePending", previous, report, nowMs);
  const changed =
    previous?.reason !== pending.reason ||
    previous?.observedGeneration !== pending.observedGeneration;
  return { conditions: { ...conditions, pending }, changed: previous === undefined || changed };
}

/**
 * Keeps the generation that the resize began with, and the reason and message of its last failure.
 * status_manager.go SetPodResizeInProgressCondition
 */
export function setPodResizeInProgressCondition(
  conditions: ResizeConditions,
  report: ResizeReport,
  nowMs: number,
): { readonly conditions: ResizeConditions; readonly changed: boolean } {
  const previous = conditions.inProgress;
  const isSilent = !report.reason && !report.message;
  const kept = {
    ...(isSilent ? previous : report),
    observedGeneration: previous ? (previous.observedGeneration ?? 0) : report.observedGeneration,
  };
  const inProgress = updatedPodResizeCondition("PodResizeInProgress", previous, kept, nowMs);
  const changed =
    previous?.reason !== inProgress.reason || previous?.message !== inProgress.message;
  return { conditions: { ...conditions, inProgress }, changed: previous === undefined || changed };
}

/** status_manager.go ClearPodResizePendingCondition */
export function clearPodResizePendingCondition(conditions: ResizeConditions): ResizeConditions {
  const { pending, ...rest } = conditions;
  return pending === undefined ? conditions : rest;
}

/** status_manager.go ClearPodResizeInProgressCondition */
export function clearPodResizeInProgressCondition(conditions: ResizeConditions): ResizeConditions {
  const { inProgress, ...rest } = conditions;
  return inProgress === undefined ? conditions : rest;
}

/** It would fit once others have left; status_manager.go IsPodResizeDeferred. */
export function isPodResizeDeferred({ pending }: ResizeConditions): boolean {
  return pending?.reason === "Deferred";
}

/** It can never fit this node; status_manager.go IsPodResizeInfeasible. */
export function isPodResizeInfeasible({ pending }: ResizeConditions): boolean {
  return pending?.reason === "Infeasible";
}

function updatedPodResizeCondition(
  type: "PodResizePending" | "PodResizeInProgress",
  previous: PodCondition | undefined,
  { reason, message, observedGeneration }: ResizeReport,
  nowMs: number,
): PodCondition {
  const now = formatTime(nowMs);
  const isSame = previous !== undefined && (previous.reason ?? "") === (reason ?? "");
  return {
    type,
    status: "True",
    ...(observedGeneration !== 0 && { observedGeneration }),
    ...(reason && { reason }),
    ...(message && { message }),
    lastProbeTime: now,
    lastTransitionTime: (isSame ? previous.lastTransitionTime : undefined) ?? now,
  };
}
