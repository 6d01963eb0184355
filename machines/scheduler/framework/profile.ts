import type { FilterPlugin, ScorePlugin } from "./plugin.ts";

/** A scheduler by its name: which plugins it asks; pkg/scheduler/profile. */
export interface Profile {
  readonly schedulerName: string;
  /** Filter plugins in the order in which they are asked. */
  readonly filterPlugins: readonly FilterPlugin[];
  readonly scorePlugins: readonly WeightedScorePlugin[];
  /** By name, in the order in which they are asked when a pod fits nowhere. */
  readonly postFilterPlugins: readonly string[];
  /** How many candidates for a preemption are looked for; DefaultPreemptionArgs. */
  readonly preemption: {
    readonly minCandidateNodesPercentage: number;
    readonly minCandidateNodesAbsolute: number;
  };
  /** How long a pod waits for its claims once its node is chosen; VolumeBindingArgs. */
  readonly bindTimeoutSeconds: number;
  /** Overrides that of the whole scheduler; 0 adapts to the size of the cluster. */
  readonly percentageOfNodesToScore?: number;
}

/** A score plugin and how often its scores count. */
export interface WeightedScorePlugin {
  readonly plugin: ScorePlugin;
  readonly weight: number;
}
