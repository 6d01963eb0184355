import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import type { Labels } from "../../api/selector.ts";
import { type AffinityTerm, termMatches } from "../framework/affinity-term.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { FilterPlugin, NodeFilter } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import {
  type Status,
  skip,
  unresolvable,
  unschedulable,
  type Verdict,
} from "../framework/status.ts";
import { withSelectedNamespaces } from "../namespaces.ts";
import { type Count, changed, countOf, noCounts, type TopologyCounts } from "./topology-counts.ts";

/** plugins/interpodaffinity/filtering.go */
export const interPodAffinity: FilterPlugin = {
  name: "InterPodAffinity",
  hasPreFilter: true,
  preFilter,
};

interface PreFilterState {
  readonly pod: Pod;
  readonly namespaceLabels: Labels | undefined;
  readonly affinityTerms: readonly AffinityTerm[];
  readonly antiAffinityTerms: readonly AffinityTerm[];
  readonly existingAntiAffinityCounts: TopologyCounts;
  readonly affinityCounts: TopologyCounts;
  readonly antiAffinityCounts: TopologyCounts;
}

function preFilter(podInfo: PodInfo, { snapshot, namespaces }: Handle): NodeFilter | Status {
  if (podInfo.error !== undefined) return unresolvable(`parsing pod: ${podInfo.error}`);
  const { pod } = podInfo;
  const asked: PreFilterState = {
    pod,
    namespaceLabels: namespaces.get(pod.metadata.namespace ?? ""),
    affinityTerms: withSelectedNamespaces(podInfo.requiredAffinityTerms, namespaces),
    antiAffinityTerms: withSelectedNamespaces(podInfo.requiredAntiAffinityTerms, namespaces),
    existingAntiAffinityCounts: noCounts,
    affinityCounts: noCounts,
    antiAffinityCounts: noCounts,
  };
  const existingAntiAffinityCounts = getExistingAntiAffinityCounts(
    asked,
    snapshot.havePodsWithRequiredAntiAffinityNodeInfoList,
  );
  const hasTerms = asked.affinityTerms.length + asked.antiAffinityTerms.length > 0;
  if (existingAntiAffinityCounts.size === 0 && !hasTerms) return skip;
  const incoming = hasTerms ? getIncomingCounts(asked, snapshot.nodeInfoList) : {};
  return nodeFilter({ ...asked, ...incoming, existingAntiAffinityCounts });
}

/** Where pods are that do not want this one near. */
function getExistingAntiAffinityCounts(
  { pod, namespaceLabels }: PreFilterState,
  nodes: readonly NodeInfo[],
): TopologyCounts {
  return changed(noCounts, (count) => {
    for (const { node, podsWithRequiredAntiAffinity } of nodes) {
      for (const { requiredAntiAffinityTerms } of podsWithRequiredAntiAffinity) {
        countMatchingTerms(requiredAntiAffinityTerms, pod, namespaceLabels, node, 1, count);
      }
    }
  });
}

/** Where pods are that this one wants near, or does not; getIncomingAffinityAntiAffinityCounts. */
function getIncomingCounts(
  { affinityTerms, antiAffinityTerms }: PreFilterState,
  nodes: readonly NodeInfo[],
): Pick<PreFilterState, "affinityCounts" | "antiAffinityCounts"> {
  const counted = (visit: (node: Node, pod: Pod, count: Count) => void) => {
    return changed(noCounts, (count) => {
      for (const { node, pods } of nodes) for (const { pod } of pods) visit(node, pod, count);
    });
  };
  return {
    affinityCounts:
      affinityTerms.length === 0
        ? noCounts
        : counted((node, pod, count) => countIfAllMatch(affinityTerms, pod, node, 1, count)),
    antiAffinityCounts:
      antiAffinityTerms.length === 0
        ? noCounts
        : counted((node, pod, count) => {
            countMatchingTerms(antiAffinityTerms, pod, undefined, node, 1, count);
          }),
  };
}

/** `updateWithAffinityTerms` */
function countIfAllMatch(
  terms: readonly AffinityTerm[],
  pod: Pod,
  node: Node,
  by: 1 | -1,
  count: Count,
): void {
  if (!podMatchesAllAffinityTerms(terms, pod)) return;
  for (const { topologyKey } of terms) count(node, topologyKey, by);
}

/** `updateWithAntiAffinityTerms` */
function countMatchingTerms(
  terms: readonly AffinityTerm[],
  pod: Pod,
  namespaceLabels: Labels | undefined,
  node: Node,
  by: 1 | -1,
  count: Count,
): void {
  for (const term of terms) {
    if (termMatches(term, pod, namespaceLabels)) count(node, term.topologyKey, by);
  }
}

function nodeFilter(state: PreFilterState): NodeFilter {
  return {
    filter: (nodeInfo) => filter(state, nodeInfo),
    addPod: (podInfo, { node }) => nodeFilter(updateWithPod(state, podInfo, node, 1)),
    removePod: (podInfo, { node }) => nodeFilter(updateWithPod(state, podInfo, node, -1)),
  };
}

function filter(state: PreFilterState, { node }: NodeInfo): Verdict {
  if (!satisfyPodAffinity(state, node)) return affinityRefusal;
  if (!satisfyPodAntiAffinity(state, node)) return antiAffinityRefusal;
  return satisfyExistingPodsAntiAffinity(state, node) ? undefined : existingRefusal;
}

/** The first pod of a group that is drawn to itself may go anywhere. */
function satisfyPodAffinity(state: PreFilterState, { metadata }: Node): boolean {
  const { affinityTerms, affinityCounts, pod } = state;
  let podsExist = true;
  for (const { topologyKey } of affinityTerms) {
    const value = metadata.labels?.[topologyKey];
    if (value === undefined) return false;
    if (countOf(affinityCounts, topologyKey, value) <= 0) podsExist = false;
  }
  return podsExist || (affinityCounts.size === 0 && podMatchesAllAffinityTerms(affinityTerms, pod));
}

function satisfyPodAntiAffinity(state: PreFilterState, { metadata }: Node): boolean {
  if (state.antiAffinityCounts.size === 0) return true;
  return state.antiAffinityTerms.every(({ topologyKey }) => {
    const value = metadata.labels?.[topologyKey];
    return value === undefined || countOf(state.antiAffinityCounts, topologyKey, value) <= 0;
  });
}

function satisfyExistingPodsAntiAffinity(state: PreFilterState, { metadata }: Node): boolean {
  const { byKey } = state.existingAntiAffinityCounts;
  for (const [topologyKey, counts] of byKey) {
    const value = metadata.labels?.[topologyKey];
    if (value !== undefined && (counts.get(value) ?? 0) > 0) return false;
  }
  return true;
}

/** A pod that is asked for by all terms at once. */
export function podMatchesAllAffinityTerms(terms: readonly AffinityTerm[], pod: Pod): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, undefined));
}

function updateWithPod(
  state: PreFilterState,
  { pod: updated, requiredAntiAffinityTerms }: PodInfo,
  node: Node,
  by: 1 | -1,
): PreFilterState {
  const { pod, namespaceLabels, affinityTerms, antiAffinityTerms } = state;
  return {
    ...state,
    existingAntiAffinityCounts: changed(state.existingAntiAffinityCounts, (count) => {
      countMatchingTerms(requiredAntiAffinityTerms, pod, namespaceLabels, node, by, count);
    }),
    affinityCounts: changed(state.affinityCounts, (count) => {
      countIfAllMatch(affinityTerms, updated, node, by, count);
    }),
    antiAffinityCounts: changed(state.antiAffinityCounts, (count) => {
      countMatchingTerms(antiAffinityTerms, updated, undefined, node, by, count);
    }),
  };
}

const affinityRefusal = unresolvable("node(s) didn't match pod affinity rules");
const antiAffinityRefusal = unschedulable("node(s) didn't match pod anti-affinity rules");
const existingRefusal = unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");
