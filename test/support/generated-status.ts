import type { PodStatus } from "../../machines/api/pod-status.ts";
import {
  type ComputedCondition,
  computeCondition,
  computedConditions,
  gatedCondition,
  othersConditions,
  reportedCondition,
  withConditions,
} from "../../machines/kubelet/computed-conditions.ts";
import { behindGates, nextPhase } from "../../machines/kubelet/next-phase.ts";
import {
  convertStatusToAPIStatus,
  phaseCircumstances,
  type StatusSources,
  withPhase,
} from "../../machines/kubelet/pod-status.ts";
import { restartObservation } from "../../machines/kubelet/restart-observation.ts";

/**
 * The parts of a generated status in their order, as a sync's projections and the guards of
 * podPhase and podConditions call them. pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function generateAPIPodStatus(sources: StatusSources): PodStatus {
  const { pod, cachedStatus = pod.status, runtimeStatus, podIsTerminal, evict, gates } = sources;
  const converted = convertStatusToAPIStatus(sources);
  const all = [...(converted.containerStatuses ?? []), ...(converted.initContainerStatuses ?? [])];
  const phase = nextPhase(cachedStatus?.phase, {
    ...behindGates(pod.spec, all, gates),
    ...phaseCircumstances(pod, runtimeStatus, podIsTerminal, evict !== undefined),
  });
  const phased = withPhase(converted, phase, sources);
  const { containerStatuses = [], initContainerStatuses = [] } = phased;
  const observed = {
    pod,
    statuses: [...initContainerStatuses, ...containerStatuses],
    phase,
    sandboxes: runtimeStatus.sandboxes ?? [],
    gates: othersConditions(sources),
    ...restartObservation(sources),
  };
  const mayRestart = observed.allContainers !== undefined;
  const types: readonly ComputedCondition[] = mayRestart
    ? [...computedConditions, gatedCondition]
    : computedConditions;
  const conditions = types.map((condition) => {
    const { status, reason = "" } = computeCondition(condition, observed);
    return reportedCondition({ condition, status, reason }, observed);
  });
  return withConditions(phased, conditions, sources);
}
