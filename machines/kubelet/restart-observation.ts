import type { ConditionsObservation } from "./computed-conditions.ts";
import type { StatusSources } from "./pod-status.ts";
import {
  allContainersCouldRestart,
  allContainersRestartCleanedUp,
  shouldAllContainersRestart,
} from "./restart-policy.ts";

type RestartObservation = Pick<ConditionsObservation, "wasInitialized" | "allContainers">;

/**
 * What the conditions of a pod follow from besides, where the kubelet may restart all containers;
 * empty elsewhere. pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function restartObservation({
  pod,
  runtimeStatus: { containers = [] },
  cachedStatus: old = pod.status ?? {},
  gates = {},
}: StatusSources): RestartObservation {
  if (gates.RestartAllContainersOnContainerExits !== true) return {};
  const wasInitialized = old.conditions?.some(
    ({ type, status }) => type === "Initialized" && status === "True",
  );
  return {
    ...(wasInitialized === true && { wasInitialized }),
    ...(allContainersCouldRestart(pod.spec) && {
      allContainers: {
        shouldRestart: shouldAllContainersRestart(pod.spec, containers, old),
        areCleanedUp: allContainersRestartCleanedUp(pod.spec, containers),
      },
    }),
  };
}
