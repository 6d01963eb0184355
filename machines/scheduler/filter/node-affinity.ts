import {
  getRequiredNodeAffinity,
  type NodeSelector,
  newNodeSelector,
  nodeSelectorMatches,
  requiredNodeAffinityMatches,
} from "../../api/node-affinity.ts";
import type { Affinity, NodeSelectorTerm, PodSpec } from "../../api/pod.ts";
import type { FilterPlugin, NodeFilter } from "../framework/plugin.ts";
import { type Status, skip, unresolvable } from "../framework/status.ts";

/** What a profile may add to the affinity of every pod; NodeAffinityArgs. */
export type AddedAffinity = NonNullable<Affinity["nodeAffinity"]>;

/** plugins/nodeaffinity/node_affinity.go PreFilter and Filter. */
export function nodeAffinity(added: AddedAffinity = {}): FilterPlugin {
  const enforced = added.requiredDuringSchedulingIgnoredDuringExecution;
  const selector = enforced && newNodeSelector(enforced.nodeSelectorTerms);
  return {
    name: "NodeAffinity",
    hasPreFilter: true,
    preFilter: ({ pod: { spec } }) => preFilter(spec, selector),
  };
}

function preFilter(spec: PodSpec, added: NodeSelector | undefined): NodeFilter | Status {
  const own = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (own === undefined && added === undefined && spec.nodeSelector === undefined) return skip;
  const nodeNames = getNodeNames(own?.nodeSelectorTerms ?? []);
  if (nodeNames?.size === 0) return unresolvable("pod affinity terms conflict");
  const required = getRequiredNodeAffinity(spec);
  return {
    ...(nodeNames && { nodeNames }),
    filter: ({ node }) => {
      if (added !== undefined && !nodeSelectorMatches(added, node)) return notEnforced;
      return requiredNodeAffinityMatches(required, node) ? undefined : notMatching;
    },
    signature: JSON.stringify([required, added]),
  };
}

/** The only nodes that can match, when every term names its nodes; undefined otherwise. */
function getNodeNames(terms: readonly NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  if (terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const named = matchFields.filter(({ key, operator }) => {
      return key === "metadata.name" && operator === "In";
    });
    const [first, ...others] = named.map(({ values = [] }) => values);
    if (first === undefined) return undefined;
    const common = first.filter((name) => others.every((values) => values.includes(name)));
    for (const name of common) names.add(name);
  }
  return names;
}

const notMatching = unresolvable("node(s) didn't match Pod's node affinity/selector");
const notEnforced = unresolvable("node(s) didn't match scheduler-enforced node affinity");
