import type { ExtensionPoint } from "../../api/scheduler-configuration.ts";

/** Go's name for the plugins of each point, in the order in which upstream goes through them. */
export const extensionPoints: readonly (readonly [ExtensionPoint, string])[] = [
  ["preFilter", "PreFilterPlugin"],
  ["filter", "FilterPlugin"],
  ["postFilter", "PostFilterPlugin"],
  ["reserve", "ReservePlugin"],
  ["preScore", "PreScorePlugin"],
  ["score", "ScorePlugin"],
  ["preBind", "PreBindPlugin"],
  ["bind", "BindPlugin"],
  ["postBind", "PostBindPlugin"],
  ["permit", "PermitPlugin"],
  ["preEnqueue", "PreEnqueuePlugin"],
  ["queueSort", "QueueSortPlugin"],
];

const filters: readonly ExtensionPoint[] = ["preFilter", "filter"];
const scores: readonly ExtensionPoint[] = ["preScore", "score"];

/** The plugins of a default 1.35 and where each is asked; framework/plugins/registry.go. */
export const inTreePlugins: ReadonlyMap<string, readonly ExtensionPoint[]> = new Map(
  Object.entries<readonly ExtensionPoint[]>({
    SchedulingGates: ["preEnqueue"],
    PrioritySort: ["queueSort"],
    NodeUnschedulable: ["filter"],
    NodeName: ["filter"],
    TaintToleration: ["filter", ...scores],
    NodeAffinity: [...filters, ...scores],
    NodePorts: filters,
    NodeResourcesFit: [...filters, ...scores],
    VolumeRestrictions: filters,
    NodeVolumeLimits: filters,
    VolumeBinding: [...filters, "reserve", "preBind", ...scores],
    VolumeZone: filters,
    PodTopologySpread: [...filters, ...scores],
    InterPodAffinity: [...filters, ...scores],
    DynamicResources: ["preEnqueue", ...filters, "postFilter", "reserve", "preBind", "score"],
    DefaultPreemption: ["preEnqueue", "postFilter"],
    NodeResourcesBalancedAllocation: scores,
    ImageLocality: ["score"],
    DefaultBinder: ["bind"],
  }),
);

/** Those that are enabled at all of their points; apis/config/v1/default_plugins.go. */
export const defaultMultiPoint = [...inTreePlugins.keys()].map((name) => {
  const weight = defaultWeights().get(name);
  return weight === undefined ? { name } : { name, weight };
});

function defaultWeights(): ReadonlyMap<string, number> {
  return new Map([
    ["TaintToleration", 3],
    ["NodeAffinity", 2],
    ["NodeResourcesFit", 1],
    ["PodTopologySpread", 2],
    ["InterPodAffinity", 2],
    ["DynamicResources", 2],
    ["NodeResourcesBalancedAllocation", 1],
    ["ImageLocality", 1],
  ]);
}
