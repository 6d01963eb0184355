import type { PodSpec } from "../api/pod.ts";
import type { PodStatus } from "../api/pod-status.ts";
import { parseTime } from "../api/time.ts";

type Deadline = Pick<PodSpec, "activeDeadlineSeconds">;
type Started = Pick<PodStatus, "startTime">;

/** Also the Event that each answer of shouldEvict records; pkg/kubelet/active_deadline.go. */
export const deadlineExceeded = {
  type: "Normal",
  reason: "DeadlineExceeded",
  message: "Pod was active on the node longer than the specified deadline",
} as const;

export type ShouldEvictResponse =
  | { readonly evict: false }
  | { readonly evict: true; readonly reason: string; readonly message: string };

/** A pod past its deadline is synced at the next tick. pkg/kubelet/active_deadline.go ShouldSync */
export function shouldSync(spec: Deadline, activeMs: number | undefined): boolean {
  return pastActiveDeadline(spec, activeMs);
}

/** Such a sync then evicts the pod. pkg/kubelet/active_deadline.go ShouldEvict */
export function shouldEvict(spec: Deadline, activeMs: number | undefined): ShouldEvictResponse {
  if (!pastActiveDeadline(spec, activeMs)) return { evict: false };
  return { evict: true, reason: deadlineExceeded.reason, message: deadlineExceeded.message };
}

/**
 * How long the pod has been active; absent before its start. A cached status without a start time
 * hides the one that the API object has. pkg/kubelet/active_deadline.go pastActiveDeadline
 */
export function activeForMs(
  pod: { readonly status?: Started },
  cachedStatus: Started | undefined,
  nowMs: number,
): number | undefined {
  const startTime = (cachedStatus ?? pod.status)?.startTime;
  return startTime === undefined ? undefined : nowMs - parseTime(startTime);
}

function pastActiveDeadline(spec: Deadline, activeMs: number | undefined): boolean {
  if (spec.activeDeadlineSeconds === undefined || activeMs === undefined) return false;
  return activeMs >= spec.activeDeadlineSeconds * 1_000;
}
