import type { Node } from "../../api/node.ts";
import { podMatchesAllAffinityTerms } from "../filter/term-counts.ts";
import type { AffinityTerm } from "../framework/affinity-term.ts";
import type { HintedEvent } from "./change.ts";

/** plugins/interpodaffinity/plugin.go EventsToRegister */
export const interPodAffinityEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["Add", "UpdatePodLabel", "Delete"],
    hint: (podInfo, before, after) => {
      if (podInfo.error !== undefined) return true;
      const isAssigned = [before, after].every((one) => one === undefined || one.spec.nodeName);
      if (!isAssigned) return false;
      const { requiredAffinityTerms: terms, requiredAntiAffinityTerms: antiTerms } = podInfo;
      const isWanted = (one: typeof before) => one && podMatchesAllAffinityTerms(terms, one);
      const isAvoided = (one: typeof before) => one && podMatchesAllAffinityTerms(antiTerms, one);
      if (isWanted(after) === true && isWanted(before) !== true) return true;
      return isAvoided(before) === true && isAvoided(after) !== true;
    },
  },
  {
    kind: "Node",
    actions: ["Add", "UpdateNodeLabel"],
    hint: (podInfo, before, after) => {
      if (podInfo.error !== undefined) return true;
      if (after === undefined) return false;
      const { requiredAffinityTerms: terms, requiredAntiAffinityTerms: antiTerms } = podInfo;
      if (before === undefined) {
        return terms.some((term) => valueOf(after, term) !== undefined) || antiTerms.length > 0;
      }
      return (
        terms.some((term) => isMoved(before, after, term) || isLost(after, before, term)) ||
        antiTerms.some((term) => isMoved(before, after, term) || isLost(before, after, term))
      );
    },
  },
];

function valueOf({ metadata }: Node, { topologyKey }: AffinityTerm): string | undefined {
  return metadata.labels?.[topologyKey];
}

/** The node has the key no more. */
function isLost(before: Node, after: Node, term: AffinityTerm): boolean {
  return valueOf(before, term) !== undefined && valueOf(after, term) === undefined;
}

/** The node belongs to another domain now. */
function isMoved(before: Node, after: Node, term: AffinityTerm): boolean {
  const [old, now] = [valueOf(before, term), valueOf(after, term)];
  return old !== undefined && now !== undefined && old !== now;
}
