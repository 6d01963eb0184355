import { getRequiredNodeAffinity } from "../../api/node-affinity.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { maxNodeScore, type NodeScorer, type ScorePlugin } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Snapshot } from "../framework/snapshot.ts";
import { errorStatus, type Status, skip } from "../framework/status.ts";
import {
  type Constraint,
  getConstraints,
  hasTopologyKeys,
  matchNodeInclusionPolicies,
  podsByNode,
  type SpreadDefaults,
  systemDefaults,
} from "../topology-spread.ts";

/** plugins/podtopologyspread/scoring.go: the fewer matching pods around, the better. */
export function podTopologySpread(defaults: SpreadDefaults = systemDefaults): ScorePlugin {
  return {
    name: "PodTopologySpread",
    hasPreScore: true,
    preScore: (podInfo, handle, nodes) => preScore(podInfo, handle, nodes, defaults),
  };
}

function preScore(
  { pod }: PodInfo,
  handle: Handle,
  nodes: readonly NodeInfo[],
  defaults: SpreadDefaults,
): NodeScorer | Status {
  if (handle.snapshot.nodeInfoList.length === 0) return skip;
  const constraints = getConstraints(pod, "ScheduleAnyway", defaults, handle);
  if ("error" in constraints) {
    return errorStatus(`calculating preScoreState: ${constraints.error}`);
  }
  if (constraints.length === 0) return skip;
  const hasOwn = (pod.spec.topologySpreadConstraints ?? []).length > 0;
  const requireAllTopologies = hasOwn || !defaults.isSystem;
  const { snapshot } = handle;
  const isIgnored = requireAllTopologies ? ignoring(constraints, snapshot) : undefined;
  const counted = isIgnored ? nodes.filter((nodeInfo) => !isIgnored(nodeInfo)) : nodes;
  const terms = constraints.map((constraint) => {
    return newTerm(constraint, counted, podsByNode(constraint, pod, snapshot));
  });
  const required = getRequiredNodeAffinity(pod.spec);
  for (const { constraint, podCounts, podsOf } of terms) {
    if (podCounts.size === 0) continue;
    for (const [name, count] of podsOf) {
      const nodeInfo = snapshot.nodeInfoMap.get(name);
      if (nodeInfo === undefined || isIgnored?.(nodeInfo) === true) continue;
      if (!matchNodeInclusionPolicies(constraint, pod, nodeInfo.node, required)) continue;
      const value = nodeInfo.node.metadata.labels?.[constraint.topologyKey] ?? "";
      const present = podCounts.get(value);
      if (present !== undefined) podCounts.set(value, present + count);
    }
  }
  return {
    score: (nodeInfo) => (isIgnored?.(nodeInfo) === true ? 0 : scoreOf(terms, nodeInfo)),
    normalizeScore: (scores, all) => normalizeScore(scores, isIgnored && all.map(isIgnored)),
  };
}

/** Which nodes lack a key; undefined when none does. */
function ignoring(
  constraints: readonly Constraint[],
  { topology }: Snapshot,
): ((nodeInfo: NodeInfo) => boolean) | undefined {
  if (topology.isEverywhere(constraints.map(({ topologyKey }) => topologyKey))) return undefined;
  return ({ node }) => !hasTopologyKeys(node, constraints);
}

/** A constraint, and how many pods there are in each domain of the feasible nodes. */
interface Term {
  readonly constraint: Constraint;
  /** Empty for the host's own name: its pods are counted node by node. */
  readonly podCounts: Map<string, number>;
  /** By name of the node. */
  readonly podsOf: ReadonlyMap<string, number>;
  readonly weight: number;
}

function newTerm(
  constraint: Constraint,
  counted: readonly NodeInfo[],
  podsOf: ReadonlyMap<string, number>,
): Term {
  const podCounts = new Map<string, number>();
  const isHostname = constraint.topologyKey === hostname;
  if (!isHostname) {
    for (const { node } of counted) {
      podCounts.set(node.metadata.labels?.[constraint.topologyKey] ?? "", 0);
    }
  }
  const size = isHostname ? counted.length : podCounts.size;
  return { constraint, podCounts, podsOf, weight: Math.log(size + 2) };
}

function scoreOf(terms: readonly Term[], { node, name }: NodeInfo): number {
  let score = 0;
  for (const { constraint, podCounts, podsOf, weight } of terms) {
    const value = node.metadata.labels?.[constraint.topologyKey];
    if (value === undefined) continue;
    const count =
      constraint.topologyKey === hostname ? (podsOf.get(name) ?? 0) : (podCounts.get(value) ?? 0);
    score += count * weight + (constraint.maxSkew - 1);
  }
  return Math.round(score);
}

/** The best of those that are not ignored becomes 100, the worst not necessarily 0. */
function normalizeScore(
  scores: readonly number[],
  ignored: readonly boolean[] = [],
): readonly number[] {
  let most = 0;
  let least = Number.MAX_SAFE_INTEGER;
  for (let index = 0; index < scores.length; index++) {
    if (ignored[index] === true) continue;
    const score = scores[index] ?? 0;
    most = Math.max(most, score);
    least = Math.min(least, score);
  }
  return scores.map((score, index) => {
    if (ignored[index] === true) return 0;
    if (most === 0) return maxNodeScore;
    return Math.trunc((maxNodeScore * (most + least - score)) / most);
  });
}

const hostname = "kubernetes.io/hostname";
