import type { KubeletConfiguration } from "../api/kubelet-configuration.ts";
import { featureEnabled } from "./feature-gate-map.ts";
import { allContainersCouldRestart, type RestartingSpec } from "./restart-policy.ts";

type Configuration = Pick<KubeletConfiguration, "cpuManagerPolicy" | "featureGates">;

/**
 * What a kubelet says in its node's status that it can do, in order of name; undefined when it says
 * nothing. pkg/kubelet/kubelet_node_declared_features.go discoverNodeDeclaredFeatures
 */
export function discoverNodeDeclaredFeatures({
  cpuManagerPolicy = "none",
  featureGates,
}: Configuration): readonly string[] | undefined {
  if (!featureEnabled("NodeDeclaredFeatures", featureGates)) return undefined;
  const isStatic = cpuManagerPolicy === "static";
  const exclusiveToo = featureEnabled("InPlacePodVerticalScalingExclusiveCPUs", featureGates);
  return [
    ...(cpuManagerPolicy === "none" || (isStatic && exclusiveToo) ? [guaranteedResize] : []),
    ...(featureEnabled(restartAll, featureGates) ? [restartAll] : []),
  ];
}

const guaranteedResize = "GuaranteedQoSPodCPUResize";
const restartAll = "RestartAllContainersOnContainerExits";

/** Why a pod is refused that needs more than its node declares. */
export interface FeatureRefusal {
  readonly reason: "PodFeatureUnsupported";
  readonly message: string;
}

/**
 * Of the features that there are, one is needed from the start. Undefined when the pod is admitted.
 * pkg/kubelet/lifecycle/handlers.go declaredFeaturesAdmitHandler
 */
export function declaredFeaturesRefusal(
  spec: RestartingSpec,
  declared: readonly string[] | undefined,
): FeatureRefusal | undefined {
  if (declared === undefined || declared.includes(restartAll)) return undefined;
  if (!allContainersCouldRestart(spec)) return undefined;
  const message = `Pod requires node features that are not available: ${restartAll}`;
  return { reason: "PodFeatureUnsupported", message };
}
