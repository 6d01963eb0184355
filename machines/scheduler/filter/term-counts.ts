import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import type { Labels } from "../../api/selector.ts";
import { type AffinityTerm, termMatches } from "../framework/affinity-term.ts";
import type { PodGroup } from "../framework/pod-groups.ts";
import type { Snapshot } from "../framework/snapshot.ts";
import type { Count } from "./topology-counts.ts";

/** A pod that is asked for by all terms at once. */
export function podMatchesAllAffinityTerms(terms: readonly AffinityTerm[], pod: Pod): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, undefined));
}

/** All pods of a group, for each of these terms on each of their nodes. */
export function countGroup(
  { nodes }: PodGroup,
  terms: readonly AffinityTerm[],
  { nodeInfoMap }: Snapshot,
  count: Count,
): void {
  if (terms.length === 0) return;
  for (const [name, pods] of nodes) {
    const node = nodeInfoMap.get(name)?.node;
    if (node === undefined) continue;
    for (const { topologyKey } of terms) count(node, topologyKey, pods);
  }
}

/** `updateWithAffinityTerms` */
export function countIfAllMatch(
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
export function countMatchingTerms(
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
