import { getScaledValueFromIntOrPercent } from "../../api/int-or-string.ts";
import type { Deployment, IntOrString } from "../../api/workload-objects.ts";

/** How many more pods than wanted there may be, and how many of the wanted may be missing. */
export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
  readonly error?: string;
}

/**
 * Surge rounds up, unavailable down; both 0 would stand still for ever, so that one pod may be
 * missing then. Source: deployment/util/deployment_util.go ResolveFenceposts.
 */
export function resolveFenceposts(
  surgeText: IntOrString | undefined,
  unavailableText: IntOrString | undefined,
  desired: number,
): Fenceposts {
  const surge = getScaledValueFromIntOrPercent(surgeText ?? 0, desired, true);
  if (surge.error !== undefined) return { surge: 0, unavailable: 0, error: surge.error };
  const unavailable = getScaledValueFromIntOrPercent(unavailableText ?? 0, desired, false);
  if (unavailable.error !== undefined) {
    return { surge: 0, unavailable: 0, error: unavailable.error };
  }
  const isStuck = surge.value === 0 && unavailable.value === 0;
  return { surge: surge.value, unavailable: isStuck ? 1 : unavailable.value };
}

/** deployment_util.go IsRollingUpdate */
export function isRollingUpdate({ spec }: Deployment): boolean {
  return spec.strategy?.type === "RollingUpdate";
}

/** deployment_util.go MaxSurge */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fencepostsOf(deployment).surge : 0;
}

/** deployment_util.go MaxUnavailable */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fencepostsOf(deployment).unavailable, replicas);
}

/** deployment_util.go MinAvailable */
export function minAvailable(deployment: Deployment): number {
  if (!isRollingUpdate(deployment)) return 0;
  return desiredReplicas(deployment) - maxUnavailable(deployment);
}

function fencepostsOf(deployment: Deployment): Fenceposts {
  const { rollingUpdate } = deployment.spec.strategy ?? {};
  const { maxSurge: surge, maxUnavailable: unavailable } = rollingUpdate ?? {};
  return resolveFenceposts(surge, unavailable, desiredReplicas(deployment));
}

/** The API server has filled it in. */
export function desiredReplicas({ spec }: Deployment): number {
  return spec.replicas ?? 0;
}
