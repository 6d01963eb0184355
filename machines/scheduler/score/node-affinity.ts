import { isEmptyTerm, nodeSelectorTermMatches, termErrors } from "../../api/node-affinity.ts";
import type { Node } from "../../api/node.ts";
import type { NodeSelectorTerm } from "../../api/pod.ts";
import { aggregate } from "../../api/selector.ts";
import type { AddedAffinity } from "../filter/node-affinity.ts";
import type { ScorePlugin } from "../framework/plugin.ts";
import { errorStatus, skip } from "../framework/status.ts";
import { defaultNormalizeScore } from "./normalize-score.ts";

/** plugins/nodeaffinity/node_affinity.go Score: the weights of all preferences that are met. */
export function nodeAffinity(added: AddedAffinity = {}): ScorePlugin {
  const addedTerms = added.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return {
    name: "NodeAffinity",
    hasPreScore: true,
    preScore: ({ pod: { spec } }) => {
      const own = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
      const error = aggregate((own ?? []).flatMap(preferenceErrors));
      if (error !== undefined) return errorStatus(error);
      if (own === undefined && addedTerms.length === 0) return skip;
      const terms = [...addedTerms, ...(own ?? [])].filter(isCounted);
      return {
        score: ({ node }) => sumOfWeights(terms, node),
        signature: JSON.stringify(terms),
        normalizeScore: (scores) => defaultNormalizeScore(scores, false),
      };
    },
  };
}

interface Preference {
  readonly weight: number;
  readonly preference: NodeSelectorTerm;
}

function sumOfWeights(terms: readonly Preference[], node: Node): number {
  let sum = 0;
  for (const { weight, preference } of terms) {
    if (nodeSelectorTermMatches(preference, node)) sum += weight;
  }
  return sum;
}

function isCounted({ weight, preference }: Preference): boolean {
  return weight !== 0 && !isEmptyTerm(preference);
}

function preferenceErrors(term: Preference, index: number): readonly string[] {
  return isCounted(term) ? termErrors(term.preference, `[${index}].`) : [];
}
