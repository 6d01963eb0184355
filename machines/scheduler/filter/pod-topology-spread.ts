import { getRequiredNodeAffinity, type RequiredNodeAffinity } from "../../api/node-affinity.ts";
import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { selectorMatches } from "../../api/selector.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { FilterPlugin, NodeFilter } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Snapshot } from "../framework/snapshot.ts";
import {
  errorStatus,
  skip,
  unresolvable,
  unschedulable,
  type Verdict,
} from "../framework/status.ts";
import {
  type Constraint,
  getConstraints,
  hasTopologyKeys,
  isAnyNodeIncluded,
  matchNodeInclusionPolicies,
  podsByNode,
  type SpreadDefaults,
  systemDefaults,
} from "../topology-spread.ts";

/** plugins/podtopologyspread/filtering.go */
export function podTopologySpread(defaults: SpreadDefaults = systemDefaults): FilterPlugin {
  return {
    name: "PodTopologySpread",
    hasPreFilter: true,
    preFilter: ({ pod }, handle) => {
      const constraints = getConstraints(pod, "DoNotSchedule", defaults, handle);
      if ("error" in constraints) {
        return errorStatus(`get constraints from pod: ${constraints.error}`);
      }
      if (constraints.length === 0) return skip;
      const required = getRequiredNodeAffinity(pod.spec);
      return nodeFilter(calPreFilterState(pod, constraints, required, handle.snapshot));
    },
  };
}

/** What was counted, constraint by constraint. */
interface PreFilterState {
  readonly pod: Pod;
  readonly required: RequiredNodeAffinity;
  readonly counted: readonly CountedConstraint[];
  readonly constraints: readonly Constraint[];
}

interface CountedConstraint {
  readonly constraint: Constraint;
  /** 1 when the pod itself would count. */
  readonly selfMatchNum: number;
  /** Pods by value of the topology key. */
  readonly matchNums: ReadonlyMap<string, number>;
  readonly minMatchNum: number;
}

function nodeFilter(state: PreFilterState): NodeFilter {
  return {
    filter: ({ node }) => filter(state.counted, node),
    addPod: (podInfo, nodeInfo) => nodeFilter(updateWithPod(state, podInfo, nodeInfo, 1)),
    removePod: (podInfo, nodeInfo) => nodeFilter(updateWithPod(state, podInfo, nodeInfo, -1)),
  };
}

function filter(counted: readonly CountedConstraint[], { metadata }: Node): Verdict {
  for (const { constraint, selfMatchNum, matchNums, minMatchNum } of counted) {
    const value = metadata.labels?.[constraint.topologyKey];
    if (value === undefined) return missingLabel;
    const skew = (matchNums.get(value) ?? 0) + selfMatchNum - minMatchNum;
    if (skew > constraint.maxSkew) return tooSkewed;
  }
  return undefined;
}

function calPreFilterState(
  pod: Pod,
  constraints: readonly Constraint[],
  required: RequiredNodeAffinity,
  snapshot: Snapshot,
): PreFilterState {
  const values = domainsOf(pod, constraints, required, snapshot);
  const maps = constraints.map((constraint, index) => {
    const counts = new Map([...(values[index] ?? [])].map((value) => [value, 0]));
    for (const [name, count] of podsByNode(constraint, pod, snapshot)) {
      const node = snapshot.nodeInfoMap.get(name)?.node;
      if (node === undefined || !hasTopologyKeys(node, constraints)) continue;
      if (!matchNodeInclusionPolicies(constraint, pod, node, required)) continue;
      const value = node.metadata.labels?.[constraint.topologyKey] ?? "";
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
    return counts;
  });
  const counted = constraints.map((constraint, index) => {
    return countedConstraint(constraint, pod, maps[index] ?? new Map());
  });
  return { pod, required, constraints, counted };
}

/** The values of each constraint's key on nodes that count for it. */
function domainsOf(
  pod: Pod,
  constraints: readonly Constraint[],
  required: RequiredNodeAffinity,
  { nodeInfoList, topology }: Snapshot,
): readonly ReadonlySet<string>[] {
  if (constraints.every((constraint) => isAnyNodeIncluded(constraint, required))) {
    return topology.valuesOf(constraints.map(({ topologyKey }) => topologyKey));
  }
  const values = constraints.map(() => new Set<string>());
  for (const { node } of nodeInfoList) {
    if (!hasTopologyKeys(node, constraints)) continue;
    for (const [index, constraint] of constraints.entries()) {
      if (!matchNodeInclusionPolicies(constraint, pod, node, required)) continue;
      values[index]?.add(node.metadata.labels?.[constraint.topologyKey] ?? "");
    }
  }
  return values;
}

function countedConstraint(
  constraint: Constraint,
  { metadata }: Pod,
  matchNums: ReadonlyMap<string, number>,
): CountedConstraint {
  let least = matchNums.size < constraint.minDomains ? 0 : Number.MAX_SAFE_INTEGER;
  for (const matchNum of matchNums.values()) least = Math.min(least, matchNum);
  const selfMatchNum = selectorMatches(constraint.selector, metadata.labels) ? 1 : 0;
  return { constraint, selfMatchNum, matchNums, minMatchNum: least };
}

/** Only pods of the same namespace count, on nodes that count. */
function updateWithPod(
  state: PreFilterState,
  { pod: updated }: PodInfo,
  { node }: NodeInfo,
  delta: 1 | -1,
): PreFilterState {
  const { pod, required, constraints } = state;
  if ((updated.metadata.namespace ?? "") !== (pod.metadata.namespace ?? "")) return state;
  if (!hasTopologyKeys(node, constraints)) return state;
  const counted = state.counted.map((one) => {
    const { constraint } = one;
    if (!selectorMatches(constraint.selector, updated.metadata.labels)) return one;
    if (!matchNodeInclusionPolicies(constraint, pod, node, required)) return one;
    const value = node.metadata.labels?.[constraint.topologyKey] ?? "";
    const matchNums = new Map(one.matchNums);
    matchNums.set(value, (matchNums.get(value) ?? 0) + delta);
    return countedConstraint(constraint, pod, matchNums);
  });
  return { ...state, counted };
}

const reason = "node(s) didn't match pod topology spread constraints";
const tooSkewed = unschedulable(reason);
const missingLabel = unresolvable(`${reason} (missing required label)`);
