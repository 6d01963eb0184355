import type { Handle } from "./handle.ts";
import type { NodeInfo } from "./node-info.ts";
import type { PodInfo } from "./pod-info.ts";
import type { Status, Verdict } from "./status.ts";

/** A plugin with a Filter; kube-scheduler framework/interface.go FilterPlugin, PreFilterPlugin. */
export interface FilterPlugin {
  readonly name: string;
  /** Some have no PreFilter: then `preFilter` only makes the filter, and never refuses. */
  readonly hasPreFilter: boolean;
  /** A status instead of a filter: the pod is refused, or nothing is to be filtered (Skip). */
  readonly preFilter: (podInfo: PodInfo, handle: Handle) => NodeFilter | Status;
}

/** What a plugin asks of nodes once it has looked at the pod: its part of the cycle state. */
export interface NodeFilter {
  readonly filter: (nodeInfo: NodeInfo) => Verdict;
  /**
   * All that the verdict depends on beside the node's info; absent when that cannot be said, or
   * when it depends on more nodes than the one. Pods of the same signature are answered alike.
   */
  readonly signature?: string;
  /** PreFilterResult: no other node has to be looked at. */
  readonly nodeNames?: ReadonlySet<string>;
  /** PreFilterExtensions: the same filter, were the pod on the node. */
  readonly addPod?: (podInfo: PodInfo, nodeInfo: NodeInfo) => NodeFilter;
  /** PreFilterExtensions: the same filter, were the pod gone from the node. */
  readonly removePod?: (podInfo: PodInfo, nodeInfo: NodeInfo) => NodeFilter;
}

/** A plugin with a Score; kube-scheduler framework/interface.go ScorePlugin, PreScorePlugin. */
export interface ScorePlugin {
  readonly name: string;
  /** Some have no PreScore: then `preScore` only makes the scorer, and never skips. */
  readonly hasPreScore: boolean;
  readonly preScore: (
    podInfo: PodInfo,
    handle: Handle,
    nodes: readonly NodeInfo[],
  ) => NodeScorer | Status;
}

/** What a plugin says of feasible nodes. */
export interface NodeScorer {
  readonly score: (nodeInfo: NodeInfo) => number;
  /** All that the raw score depends on beside the node's info, as a filter says it. */
  readonly signature?: string;
  /** The scores of all these nodes from 0 to 100; absent where they are so already. */
  readonly normalizeScore?: (
    scores: readonly number[],
    nodes: readonly NodeInfo[],
  ) => readonly number[];
}

/** kube-scheduler framework/interface.go MaxNodeScore */
export const maxNodeScore = 100;
