import type { PodAffinityTerm, WeightedPodAffinityTerm } from "../../api/affinity.ts";
import type { Pod } from "../../api/pod.ts";
import {
  type Labels,
  labelSelectorAsSelector,
  type Selector,
  selectorMatches,
} from "../../api/selector.ts";

/** A term of pod affinity, ready to be asked; kube-scheduler framework/types.go AffinityTerm. */
export interface AffinityTerm {
  readonly namespaces: ReadonlySet<string>;
  readonly selector: Selector;
  readonly topologyKey: string;
  readonly namespaceSelector: Selector;
}

export interface WeightedAffinityTerm extends AffinityTerm {
  readonly weight: number;
}

/** The terms of one list, or why Kubernetes cannot use them. */
export interface ParsedTerms<Term> {
  readonly terms: readonly Term[];
  readonly error?: string;
}

/** `GetAffinityTerms`: one malformed selector makes the list empty. */
export function getAffinityTerms(
  pod: Pod,
  terms: readonly PodAffinityTerm[] | undefined,
): ParsedTerms<AffinityTerm> {
  if (terms === undefined || terms.length === 0) return none;
  return parsed(terms.map((term) => newAffinityTerm(pod, term)));
}

/** `GetWeightedAffinityTerms`. */
export function getWeightedAffinityTerms(
  pod: Pod,
  terms: readonly WeightedPodAffinityTerm[] | undefined,
): ParsedTerms<WeightedAffinityTerm> {
  if (terms === undefined || terms.length === 0) return none;
  return parsed(
    terms.map(({ weight, podAffinityTerm }) => {
      const term = newAffinityTerm(pod, podAffinityTerm);
      return "error" in term ? term : { ...term, weight };
    }),
  );
}

/** `Matches`: the labels are those of the pod's namespace, where they are known. */
export function termMatches(
  term: AffinityTerm,
  pod: Pod,
  namespaceLabels: Labels | undefined,
): boolean {
  const isInNamespace =
    term.namespaces.has(pod.metadata.namespace ?? "") ||
    selectorMatches(term.namespaceSelector, namespaceLabels);
  return isInNamespace && selectorMatches(term.selector, pod.metadata.labels);
}

interface TermError {
  readonly error: string;
}

const none = { terms: [] } as const;

function parsed<Term extends AffinityTerm>(
  results: readonly (Term | TermError)[],
): ParsedTerms<Term> {
  const terms: Term[] = [];
  for (const result of results) {
    if ("error" in result) return { terms: [], error: result.error };
    terms.push(result);
  }
  return { terms };
}

function newAffinityTerm(pod: Pod, term: PodAffinityTerm): AffinityTerm | TermError {
  const selector = labelSelectorAsSelector(term.labelSelector);
  if ("error" in selector) return selector;
  const namespaceSelector = labelSelectorAsSelector(term.namespaceSelector);
  if ("error" in namespaceSelector) return namespaceSelector;
  const { namespaces = [], topologyKey } = term;
  const isOwn = namespaces.length === 0 && term.namespaceSelector === undefined;
  return {
    namespaces: new Set(isOwn ? [pod.metadata.namespace ?? ""] : namespaces),
    selector,
    topologyKey,
    namespaceSelector,
  };
}
