import { isPodPhaseTerminal, type PodCondition, type PodStatus } from "../api/pod-status.ts";
import { extended } from "../extended.ts";
import { podConditionByKubelet, podConditionSharedByKubelet } from "./condition-owners.ts";
import { type ConditionsPod, generateTerminalPhaseCondition } from "./pod-conditions.ts";
import type { RestartGates } from "./restart-policy.ts";
import { updateLastTransitionTime } from "./transition-time.ts";

/**
 * What the kubelet sends: a terminal phase waits until no container can run any more, and what
 * others have written stays. pkg/kubelet/status/status_manager.go mergePodStatus
 */
export function mergePodStatus(
  pod: ConditionsPod,
  oldStatus: PodStatus,
  newStatus: PodStatus,
  couldHaveRunningContainers: boolean,
  nowMs: number,
  gates?: RestartGates,
): PodStatus {
  const isEnding = !isPodPhaseTerminal(oldStatus.phase) && isPodPhaseTerminal(newStatus.phase);
  const isHeldBack = isEnding && couldHaveRunningContainers;
  const outcome = outcomeOf(isHeldBack ? oldStatus : newStatus);
  const isTerminalNow = isEnding && !isHeldBack;
  const merged = mergeConditions(oldStatus, newStatus, isTerminalNow, nowMs, gates);
  const conditions = isPodPhaseTerminal(outcome.phase)
    ? withoutReadiness(pod, merged, outcome.phase, nowMs)
    : merged;
  const status = extended(withoutOutcomeAndClaims(newStatus), outcome);
  const claims = claimsOf(oldStatus);
  return conditions.length === 0
    ? extended(status, claims)
    : extended(status, { conditions, ...claims });
}

/** DisruptionTarget is written only together with the terminal phase. */
function mergeConditions(
  oldStatus: PodStatus,
  newStatus: PodStatus,
  isTerminalNow: boolean,
  nowMs: number,
  gates?: RestartGates,
): readonly PodCondition[] {
  const isForeign = ({ type }: PodCondition) => !podConditionByKubelet(type, gates);
  let merged: PodCondition[] = oldStatus.conditions?.filter(isForeign) ?? [];
  for (const condition of newStatus.conditions ?? []) {
    if (!isForeign(condition)) merged.push(condition);
    else if (podConditionSharedByKubelet(condition.type) && isTerminalNow) {
      const timed = updateLastTransitionTime(condition, oldStatus.conditions, nowMs);
      merged = [...replaceOrAppendPodCondition(merged, timed)];
    }
  }
  return merged;
}

/** The kubelet may not have looked at readiness since the pod ended. */
function withoutReadiness(
  pod: ConditionsPod,
  conditions: readonly PodCondition[],
  phase: "Succeeded" | "Failed",
  nowMs: number,
): readonly PodCondition[] {
  const isReady = conditions.some(
    ({ type, status }) => status === "True" && (type === "Ready" || type === "ContainersReady"),
  );
  if (!isReady) return conditions;
  return (["ContainersReady", "Ready"] as const).reduce((before, type) => {
    const condition = generateTerminalPhaseCondition(pod, type, phase);
    return replaceOrAppendPodCondition(before, updateLastTransitionTime(condition, before, nowMs));
  }, conditions);
}

/** In the place of the one of its type; pkg/util/pod/pod.go ReplaceOrAppendPodCondition. */
export function replaceOrAppendPodCondition(
  conditions: readonly PodCondition[],
  condition: PodCondition,
): readonly PodCondition[] {
  const at = conditions.findIndex(({ type }) => type === condition.type);
  return at < 0 ? [...conditions, condition] : conditions.with(at, condition);
}

type Outcome = Pick<PodStatus, "phase" | "reason" | "message">;

function outcomeOf({ phase, reason, message }: PodStatus): Outcome {
  return { ...(phase && { phase }), ...(reason && { reason }), ...(message && { message }) };
}

type Claims = Pick<PodStatus, "resourceClaimStatuses" | "extendedResourceClaimStatus">;

function claimsOf({ resourceClaimStatuses, extendedResourceClaimStatus }: PodStatus): Claims {
  return {
    ...(resourceClaimStatuses && { resourceClaimStatuses }),
    ...(extendedResourceClaimStatus && { extendedResourceClaimStatus }),
  };
}

function withoutOutcomeAndClaims(
  status: PodStatus,
): Omit<PodStatus, keyof Outcome | keyof Claims | "conditions"> {
  const {
    phase: _phase,
    reason: _reason,
    message: _message,
    conditions: _conditions,
    resourceClaimStatuses: _claims,
    extendedResourceClaimStatus: _extended,
    ...rest
  } = status;
  return rest;
}
