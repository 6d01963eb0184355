import type { TopologySpreadConstraint } from "./affinity.ts";
import type { Affinity } from "./pod.ts";

/** What a kube-scheduler reads at its start, as far as modelled; config/v1/types.go. */
export interface KubeSchedulerConfiguration {
  readonly apiVersion: string;
  readonly kind: "KubeSchedulerConfiguration";
  readonly parallelism?: number;
  readonly percentageOfNodesToScore?: number;
  readonly podInitialBackoffSeconds?: number;
  readonly podMaxBackoffSeconds?: number;
  readonly profiles?: readonly KubeSchedulerProfile[];
  readonly extenders?: readonly object[];
}

/** One scheduler: pods ask for it by `schedulerName`. */
export interface KubeSchedulerProfile {
  readonly schedulerName?: string;
  readonly percentageOfNodesToScore?: number;
  readonly plugins?: Readonly<Partial<Record<ExtensionPoint | "multiPoint", PluginSet>>>;
  readonly pluginConfig?: readonly PluginConfig[];
}

/** Where a plugin is asked. */
export type ExtensionPoint =
  | "preEnqueue"
  | "queueSort"
  | "preFilter"
  | "filter"
  | "postFilter"
  | "preScore"
  | "score"
  | "reserve"
  | "permit"
  | "preBind"
  | "bind"
  | "postBind";

export interface PluginSet {
  readonly enabled?: readonly EnabledPlugin[];
  /** `*` stands for all. */
  readonly disabled?: readonly { readonly name: string }[];
}

export interface EnabledPlugin {
  readonly name: string;
  readonly weight?: number;
}

export interface PluginConfig {
  readonly name: string;
  readonly args?: PluginArgs;
}

/** The arguments of all plugins; each has its own of them. */
export interface PluginArgs {
  readonly minCandidateNodesPercentage?: number;
  readonly minCandidateNodesAbsolute?: number;
  readonly hardPodAffinityWeight?: number;
  readonly ignorePreferredTermsOfExistingPods?: boolean;
  readonly addedAffinity?: Affinity["nodeAffinity"];
  readonly resources?: readonly WeightedResource[];
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
  readonly scoringStrategy?: {
    readonly type?: string;
    readonly resources?: readonly WeightedResource[];
    readonly requestedToCapacityRatio?: { readonly shape?: readonly ShapePoint[] };
  };
  readonly defaultConstraints?: readonly TopologySpreadConstraint[];
  readonly defaultingType?: string;
  readonly bindTimeoutSeconds?: number;
  readonly shape?: readonly ShapePoint[];
}

export interface WeightedResource {
  readonly name: string;
  readonly weight?: number;
}

export interface ShapePoint {
  readonly utilization: number;
  readonly score: number;
}
