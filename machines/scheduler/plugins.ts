import { dynamicResources } from "./dynamic-resources.ts";
import { interPodAffinity } from "./filter/inter-pod-affinity.ts";
import { nodeAffinity } from "./filter/node-affinity.ts";
import { nodeName } from "./filter/node-name.ts";
import { nodePorts } from "./filter/node-ports.ts";
import { nodeResourcesFit } from "./filter/node-resources-fit.ts";
import { nodeUnschedulable } from "./filter/node-unschedulable.ts";
import { nodeVolumeLimits } from "./filter/node-volume-limits.ts";
import { podTopologySpread } from "./filter/pod-topology-spread.ts";
import { taintToleration } from "./filter/taint-toleration.ts";
import { volumeBinding } from "./filter/volume-binding.ts";
import { volumeRestrictions } from "./filter/volume-restrictions.ts";
import { volumeZone } from "./filter/volume-zone.ts";
import type { FilterPlugin } from "./framework/plugin.ts";
import type { Profile, WeightedScorePlugin } from "./framework/profile.ts";
import { balancedAllocation } from "./score/balanced-allocation.ts";
import { imageLocality } from "./score/image-locality.ts";
import { interPodAffinity as interPodAffinityScore } from "./score/inter-pod-affinity.ts";
import { nodeAffinity as nodeAffinityScore } from "./score/node-affinity.ts";
import { nodeResourcesFit as nodeResourcesFitScore } from "./score/node-resources-fit.ts";
import { podTopologySpread as podTopologySpreadScore } from "./score/pod-topology-spread.ts";
import { taintToleration as taintTolerationScore } from "./score/taint-toleration.ts";

/** In the order of Kubernetes 1.35; pkg/scheduler/apis/config/v1/default_plugins.go. */
export const defaultFilterPlugins: readonly FilterPlugin[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity(),
  nodePorts,
  nodeResourcesFit(),
  volumeRestrictions,
  nodeVolumeLimits,
  volumeBinding,
  volumeZone,
  podTopologySpread(),
  interPodAffinity,
  dynamicResources,
];

/** In the same order; VolumeBinding skips always with the default gates. */
export const defaultScorePlugins: readonly WeightedScorePlugin[] = [
  { plugin: taintTolerationScore, weight: 3 },
  { plugin: nodeAffinityScore(), weight: 2 },
  { plugin: nodeResourcesFitScore(), weight: 1 },
  { plugin: podTopologySpreadScore(), weight: 2 },
  { plugin: interPodAffinityScore(), weight: 2 },
  { plugin: dynamicResources, weight: 2 },
  { plugin: balancedAllocation(), weight: 1 },
  { plugin: imageLocality, weight: 1 },
];

/** The profile of a pod that names no other scheduler. */
export const defaultProfile: Profile = {
  schedulerName: "default-scheduler",
  filterPlugins: defaultFilterPlugins,
  scorePlugins: defaultScorePlugins,
  postFilterPlugins: ["DynamicResources", "DefaultPreemption"],
  preemption: { minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100 },
  bindTimeoutSeconds: 600,
};
