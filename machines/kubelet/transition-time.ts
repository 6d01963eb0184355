import type { PodCondition } from "../api/pod-status.ts";
import { formatTime } from "../api/time.ts";
import { extended } from "../extended.ts";

/**
 * A condition whose status is the old one's has its transition time, any other has now.
 * pkg/kubelet/status/status_manager.go updateLastTransitionTime
 */
export function updateLastTransitionTime(
  condition: PodCondition,
  oldConditions: readonly PodCondition[] | undefined,
  nowMs: number,
): PodCondition {
  const old = oldConditions?.find(({ type }) => type === condition.type);
  const isSame = old?.status === condition.status;
  const lastTransitionTime = isSame ? old?.lastTransitionTime : formatTime(nowMs);
  if (condition.lastTransitionTime === lastTransitionTime) return condition;
  const { lastTransitionTime: _, ...rest } = condition;
  return lastTransitionTime === undefined ? rest : extended(rest, { lastTransitionTime });
}
