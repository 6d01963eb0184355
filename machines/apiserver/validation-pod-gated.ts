import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";

type AnyPodSpec = Unchecked<PodSpec>;
type AnyTerm = Unchecked<NodeSelectorTerm>;

/** While scheduling gates are there, a pod may be kept from more nodes than before. */
export function validateGatedMutations(spec: AnyPodSpec, old: AnyPodSpec): FieldError[] {
  return [
    ...validateNodeSelectorMutation(spec.nodeSelector ?? {}, old.nodeSelector ?? {}),
    ...validateNodeAffinityMutation(spec, old),
  ];
}

/** The parts of a spec that say where a gated pod may run, as they were before. */
export function formerPlaces(spec: AnyPodSpec, old: AnyPodSpec): object {
  const { nodeSelector } = old;
  const { nodeAffinity, ...others } = spec.affinity ?? {};
  const before = old.affinity?.nodeAffinity;
  if (semanticDeepEqual(nodeAffinity, before)) return { nodeSelector };
  const affinity = before === undefined ? others : { ...others, nodeAffinity: before };
  const isNone = old.affinity === undefined && Object.keys(affinity).length === 0;
  return { nodeSelector, affinity: isNone ? undefined : affinity };
}

type Labels = Readonly<Record<string, string>>;

function validateNodeSelectorMutation(selector: Labels, old: Labels): FieldError[] {
  const isKept = Object.entries(old).every(([key, value]) => selector[key] === value);
  if (isKept) return [];
  const shown = Object.fromEntries(Object.entries(selector).toSorted());
  const detail = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
  const value = Object.keys(shown).length === 0 ? null : shown;
  return [invalid("spec.nodeSelector", value, detail)];
}

/** Of terms that are there only requirements may be added, and no term. */
function validateNodeAffinityMutation(spec: AnyPodSpec, old: AnyPodSpec): FieldError[] {
  const path = `spec.affinity.nodeAffinity.${required}.nodeSelectorTerms`;
  const [terms, before] = [termsOf(spec), termsOf(old)];
  if (before.length === 0) return [];
  if (before.length !== terms.length) {
    const detail = "no additions/deletions to non-empty NodeSelectorTerms list are allowed";
    return [invalid(path, terms.length === 0 ? null : terms.map(goTerm), detail)];
  }
  return terms.flatMap((term, index) => {
    if (hasOnlyAdditions(term, before[index] ?? {})) return [];
    const detail = "only additions are allowed (no mutations or deletions)";
    return [invalid(`${path}[${index}]`, goTerm(term), detail)];
  });
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";

function termsOf({ affinity }: AnyPodSpec): readonly AnyTerm[] {
  return affinity?.nodeAffinity?.[required]?.nodeSelectorTerms ?? [];
}

/** validateNodeSelectorTermHasOnlyAdditions; an empty term, which selects nothing, stays so. */
function hasOnlyAdditions(term: AnyTerm, old: AnyTerm): boolean {
  const fields = ["matchExpressions", "matchFields"] as const;
  const isEmpty = fields.every((field) => (old[field] ?? []).length === 0);
  if (isEmpty) return fields.every((field) => (term[field] ?? []).length === 0);
  return fields.every((field) => {
    const before = old[field] ?? [];
    return semanticDeepEqual((term[field] ?? []).slice(0, before.length), before);
  });
}

/** As Go prints its own struct. */
function goTerm({ matchExpressions, matchFields }: AnyTerm): object {
  return {
    MatchExpressions: matchExpressions?.map(goRequirement) ?? null,
    MatchFields: matchFields?.map(goRequirement) ?? null,
  };
}

function goRequirement({ key, operator, values }: Unchecked<NodeSelectorRequirement>): object {
  return { Key: key ?? "", Operator: operator ?? "", Values: values ?? null };
}
