import { isEmptySelector, type Labels, selectorMatches } from "../api/selector.ts";
import type { AffinityTerm } from "./framework/affinity-term.ts";

/**
 * Terms of the pod to schedule, with the namespaces that their selector selects now. The selector
 * stays, as it does upstream, where pods are then asked without the labels of their namespace.
 * plugins/interpodaffinity/plugin.go mergeAffinityTermNamespacesIfNotEmpty
 */
export function withSelectedNamespaces<Term extends AffinityTerm>(
  terms: readonly Term[],
  namespaces: ReadonlyMap<string, Labels>,
): readonly Term[] {
  return terms.map((term) => {
    const { namespaceSelector } = term;
    if (isEmptySelector(namespaceSelector)) return term;
    const selected = [...namespaces].filter(([, labels]) => {
      return selectorMatches(namespaceSelector, labels);
    });
    const names = selected.map(([name]) => name);
    return { ...term, namespaces: new Set([...term.namespaces, ...names]) };
  });
}
