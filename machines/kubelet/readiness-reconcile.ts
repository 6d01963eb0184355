import type { PodCondition, PodStatus } from "../api/pod-status.ts";
import {
  type ConditionsPod,
  generateContainersReadyCondition,
  generatePodReadyCondition,
} from "./pod-conditions.ts";

/**
 * Somebody has written a readiness gate's condition that the Ready condition does not follow yet;
 * the kubelet syncs the pod at once. status_manager.go NeedToReconcilePodReadiness
 */
export function needToReconcilePodReadiness(
  pod: ConditionsPod & { readonly status?: PodStatus },
): boolean {
  if ((pod.spec.readinessGates ?? []).length === 0) return false;
  const { conditions = [], containerStatuses, phase } = pod.status ?? {};
  const shown = conditions.find(({ type }) => type === "Ready");
  if (shown === undefined) return false;
  const containersReady = generateContainersReadyCondition(pod, containerStatuses, phase);
  return !saysTheSame(shown, generatePodReadyCondition(pod, conditions, containersReady));
}

function saysTheSame(a: PodCondition, b: PodCondition): boolean {
  return a.status === b.status && (a.message ?? "") === (b.message ?? "");
}
