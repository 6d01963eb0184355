import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import type { Labels } from "../../api/selector.ts";
import { type AffinityTerm, termMatches } from "../framework/affinity-term.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { FilterPlugin, NodeFilter } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Snapshot } from "../framework/snapshot.ts";
import {
  type Status,
  skip,
  unresolvable,
  unschedulable,
  type Verdict,
} from "../framework/status.ts";
import { withSelectedNamespaces } from "../namespaces.ts";
import {
  countGroup,
  countIfAllMatch,
  countMatchingTerms,
  podMatchesAllAffinityTerms,
} from "./term-counts.ts";
import { changed, countOf, noCounts, type TopologyCounts } from "./topology-counts.ts";

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
  const existingAntiAffinityCounts = getExistingAntiAffinityCounts(asked, snapshot);
  const hasTerms = asked.affinityTerms.length + asked.antiAffinityTerms.length > 0;
  if (existingAntiAffinityCounts.size === 0 && !hasTerms) return skip;
  const incoming = hasTerms ? getIncomingCounts(asked, snapshot) : {};
  return nodeFilter({ ...asked, ...incoming, existingAntiAffinityCounts });
}

/** Where pods are that do not want this one near. */
function getExistingAntiAffinityCounts(
  { pod, namespaceLabels }: PreFilterState,
  snapshot: Snapshot,
): TopologyCounts {
  return changed(noCounts, (count) => {
    for (const group of snapshot.podGroups().repelling()) {
      const terms = matchingTerms(group.one.requiredAntiAffinityTerms, pod, namespaceLabels);
      countGroup(group, terms, snapshot, count);
    }
  });
}

/** Where pods are that this one wants near, or does not; getIncomingAffinityAntiAffinityCounts. */
function getIncomingCounts(
  { affinityTerms, antiAffinityTerms }: PreFilterState,
  snapshot: Snapshot,
): Pick<PreFilterState, "affinityCounts" | "antiAffinityCounts"> {
  const counted = (termsFor: (pod: Pod) => readonly AffinityTerm[]) => {
    return changed(noCounts, (count) => {
      for (const group of snapshot.podGroups().all()) {
        countGroup(group, termsFor(group.one.pod), snapshot, count);
      }
    });
  };
  return {
    affinityCounts:
      affinityTerms.length === 0
        ? noCounts
        : counted((pod) => (podMatchesAllAffinityTerms(affinityTerms, pod) ? affinityTerms : [])),
    antiAffinityCounts:
      antiAffinityTerms.length === 0
        ? noCounts
        : counted((pod) => matchingTerms(antiAffinityTerms, pod, undefined)),
  };
}

function matchingTerms(
  terms: readonly AffinityTerm[],
  pod: Pod,
  namespaceLabels: Labels | undefined,
): readonly AffinityTerm[] {
  let found: AffinityTerm[] | undefined;
  for (const term of terms) {
    if (termMatches(term, pod, namespaceLabels)) (found ??= []).push(term);
  }
  return found ?? noTerms;
}

const noTerms: readonly AffinityTerm[] = [];

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
  for (const { topologyKey } of state.antiAffinityTerms) {
    const value = metadata.labels?.[topologyKey];
    if (value !== undefined && countOf(state.antiAffinityCounts, topologyKey, value) > 0) {
      return false;
    }
  }
  return true;
}

function satisfyExistingPodsAntiAffinity(state: PreFilterState, { metadata }: Node): boolean {
  const { byKey } = state.existingAntiAffinityCounts;
  for (const [topologyKey, counts] of byKey) {
    const value = metadata.labels?.[topologyKey];
    if (value !== undefined && (counts.get(value) ?? 0) > 0) return false;
  }
  return true;
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
