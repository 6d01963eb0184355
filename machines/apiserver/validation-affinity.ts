import type { PodAffinity, PodAffinityTerm } from "../api/affinity.ts";
import { nameIsDnsLabel } from "../api/names.ts";
import type { Affinity } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, required } from "./field-error.ts";
import { validateLabelKeySets } from "./validation-label-keys.ts";
import {
  validateLabelName,
  validateLabelSelector,
  validateNodeSelectorTerm,
} from "./validation-labels.ts";

/** pkg/apis/core/validation/validation.go validateAffinity. */
export function validateAffinity(
  affinity: Unchecked<Affinity> | undefined,
  path: string,
): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${path}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${path}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`) : []),
  ];
}

const requiredField = "requiredDuringSchedulingIgnoredDuringExecution";
const preferredField = "preferredDuringSchedulingIgnoredDuringExecution";

function validateNodeAffinity(
  affinity: NonNullable<Unchecked<Affinity>["nodeAffinity"]>,
  path: string,
): FieldError[] {
  const selector = affinity[requiredField];
  const termsPath = `${path}.${requiredField}.nodeSelectorTerms`;
  const terms = selector?.nodeSelectorTerms ?? [];
  const isEmpty = selector !== undefined && terms.length === 0;
  return [
    ...(isEmpty ? [required(termsPath, "must have at least one node selector term")] : []),
    ...terms.flatMap((term, index) => validateNodeSelectorTerm(term, `${termsPath}[${index}]`)),
    ...(affinity[preferredField] ?? []).flatMap(({ weight, preference }, index) => {
      const at = `${path}.${preferredField}[${index}]`;
      return [
        ...validateWeight(weight ?? 0, at),
        ...validateNodeSelectorTerm(preference ?? {}, `${at}.preference`, true),
      ];
    }),
  ];
}

function validateWeight(weight: number, path: string): FieldError[] {
  const isInside = weight > 0 && weight <= 100;
  return isInside ? [] : [invalid(`${path}.weight`, weight, "must be in the range 1-100")];
}

function validatePodAffinity(affinity: Unchecked<PodAffinity>, path: string): FieldError[] {
  return [
    ...(affinity[requiredField] ?? []).flatMap((term, index) => {
      return validatePodAffinityTerm(term, `${path}.${requiredField}[${index}]`);
    }),
    ...(affinity[preferredField] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
      const at = `${path}.${preferredField}[${index}]`;
      return [
        ...validateWeight(weight ?? 0, at),
        ...validatePodAffinityTerm(podAffinityTerm ?? {}, `${at}.podAffinityTerm`),
      ];
    }),
  ];
}

function validatePodAffinityTerm(term: Unchecked<PodAffinityTerm>, path: string): FieldError[] {
  const { topologyKey = "", namespaces = [], matchLabelKeys, mismatchLabelKeys } = term;
  return [
    ...validateLabelSelector(term.labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`),
    ...namespaces.flatMap((name) => invalids(`${path}.namespace`, name, nameIsDnsLabel(name))),
    ...validateLabelKeySets(path, matchLabelKeys, mismatchLabelKeys, term.labelSelector),
    ...(topologyKey === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...validateLabelName(topologyKey, `${path}.topologyKey`),
  ];
}
