import type {
  KubeSchedulerConfiguration,
  KubeSchedulerProfile,
  PluginArgs,
  WeightedResource,
} from "../../api/scheduler-configuration.ts";
import { assert } from "../../assert.ts";
import { dynamicResources } from "../dynamic-resources.ts";
import { nodeAffinity } from "../filter/node-affinity.ts";
import { nodeResourcesFit } from "../filter/node-resources-fit.ts";
import { podTopologySpread } from "../filter/pod-topology-spread.ts";
import type { FilterPlugin, ScorePlugin } from "../framework/plugin.ts";
import type { Profile } from "../framework/profile.ts";
import { defaultFilterPlugins } from "../plugins.ts";
import { balancedAllocation } from "../score/balanced-allocation.ts";
import { imageLocality } from "../score/image-locality.ts";
import { interPodAffinity as interPodAffinityScore } from "../score/inter-pod-affinity.ts";
import { nodeAffinity as nodeAffinityScore } from "../score/node-affinity.ts";
import { nodeResourcesFit as fitScore, type ScoringStrategy } from "../score/node-resources-fit.ts";
import { podTopologySpread as spreadScore } from "../score/pod-topology-spread.ts";
import type { ResourceSpec } from "../score/resource-allocation.ts";
import { taintToleration as taintTolerationScore } from "../score/taint-toleration.ts";
import { type SpreadDefaults, systemDefaults } from "../topology-spread.ts";
import { pluginListsOf } from "./plugin-lists.ts";

/** The schedulers of a validated configuration, by name. */
export function profilesOf(config: KubeSchedulerConfiguration): ReadonlyMap<string, Profile> {
  const { profiles = [{}] } = config;
  return new Map(profiles.map(profileOf).map((profile) => [profile.schedulerName, profile]));
}

function profileOf(config: KubeSchedulerProfile): Profile {
  const {
    schedulerName = "default-scheduler",
    pluginConfig = [],
    percentageOfNodesToScore,
  } = config;
  const lists = pluginListsOf(config);
  assert(!("error" in lists), "a profile is made of plugins that are there");
  const argsOf = (plugin: string) => pluginConfig.find(({ name }) => name === plugin)?.args ?? {};
  const filters = filterPluginsWith(argsOf);
  const scores = scorePluginsWith(argsOf);
  const filterNames = lists.at.get("filter") ?? [];
  const scoreNames = lists.at.get("score") ?? [];
  return {
    schedulerName,
    filterPlugins: filterNames.flatMap((name) => filters.get(name) ?? []),
    scorePlugins: scoreNames.flatMap((name) => {
      const plugin = scores.get(name);
      return plugin === undefined ? [] : [{ plugin, weight: lists.weights.get(name) ?? 1 }];
    }),
    postFilterPlugins: lists.at.get("postFilter") ?? [],
    preemption: candidatesOf(argsOf("DefaultPreemption")),
    bindTimeoutSeconds: argsOf("VolumeBinding").bindTimeoutSeconds ?? 600,
    ...(percentageOfNodesToScore !== undefined && { percentageOfNodesToScore }),
  };
}

type ArgsOf = (plugin: string) => PluginArgs;

/** apis/config/v1/defaults.go SetDefaults_DefaultPreemptionArgs */
function candidatesOf(args: PluginArgs): Profile["preemption"] {
  const { minCandidateNodesPercentage = 10, minCandidateNodesAbsolute = 100 } = args;
  return { minCandidateNodesPercentage, minCandidateNodesAbsolute };
}

function filterPluginsWith(argsOf: ArgsOf): ReadonlyMap<string, FilterPlugin> {
  const { ignoredResources = [], ignoredResourceGroups = [] } = argsOf("NodeResourcesFit");
  const own = [
    nodeAffinity(argsOf("NodeAffinity").addedAffinity),
    nodeResourcesFit({ ignoredResources, ignoredResourceGroups }),
    podTopologySpread(spreadDefaultsOf(argsOf("PodTopologySpread"))),
  ];
  return new Map([...defaultFilterPlugins, ...own].map((plugin) => [plugin.name, plugin]));
}

/** VolumeBinding skips always with the default gates. */
function scorePluginsWith(argsOf: ArgsOf): ReadonlyMap<string, ScorePlugin> {
  const { hardPodAffinityWeight = 1, ...affinity } = argsOf("InterPodAffinity");
  const { ignorePreferredTermsOfExistingPods = false } = affinity;
  const plugins = [
    taintTolerationScore,
    nodeAffinityScore(argsOf("NodeAffinity").addedAffinity),
    fitScore(strategyOf(argsOf("NodeResourcesFit"))),
    spreadScore(spreadDefaultsOf(argsOf("PodTopologySpread"))),
    interPodAffinityScore({ hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }),
    dynamicResources,
    balancedAllocation(resourcesOf(argsOf("NodeResourcesBalancedAllocation").resources)),
    imageLocality,
  ];
  return new Map(plugins.map((plugin) => [plugin.name, plugin]));
}

function spreadDefaultsOf({ defaultConstraints, defaultingType }: PluginArgs): SpreadDefaults {
  if (defaultingType !== "List") return systemDefaults;
  return { isSystem: false, constraints: defaultConstraints ?? [] };
}

function strategyOf({ scoringStrategy = {} }: PluginArgs): ScoringStrategy {
  const resources = resourcesOf(scoringStrategy.resources);
  switch (scoringStrategy.type) {
    case "MostAllocated":
      return { type: "MostAllocated", resources };
    case "RequestedToCapacityRatio": {
      const { shape = [] } = scoringStrategy.requestedToCapacityRatio ?? {};
      return { type: "RequestedToCapacityRatio", resources, shape };
    }
    default:
      return { type: "LeastAllocated", resources };
  }
}

/** CPU and memory alike where nothing is said; no weight is a weight of 1. */
function resourcesOf(resources: readonly WeightedResource[] = []): readonly ResourceSpec[] {
  const given = resources.length === 0 ? [{ name: "cpu" }, { name: "memory" }] : resources;
  return given.map(({ name, weight = 0 }: WeightedResource) => {
    return { name, weight: weight === 0 ? 1 : weight };
  });
}
