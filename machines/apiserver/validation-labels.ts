import type { LabelSelector, LabelSelectorRequirement } from "../api/label-selector.ts";
import { isQualifiedName, isValidLabelValue, nameIsDnsSubdomain } from "../api/names.ts";
import type { NodeSelectorRequirement, NodeSelectorTerm } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid, invalids, required } from "./field-error.ts";

/** Keys and values; both are reported under the map, not under the key. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  return Object.entries(labels ?? {})
    .toSorted()
    .flatMap(([key, value]) => [
      ...validateLabelName(key, path),
      ...invalids(path, value, isValidLabelValue(value)),
    ]);
}

/** A key alone, as topology keys and taints have it. */
export function validateLabelName(name: string, path: string): FieldError[] {
  return invalids(path, name, isQualifiedName(name));
}

/** An absent selector is fine; apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector. */
export function validateLabelSelector(
  selector: Unchecked<LabelSelector> | undefined,
  path: string,
): FieldError[] {
  const requirements = selector?.matchExpressions ?? [];
  return [
    ...validateLabels(selector?.matchLabels, `${path}.matchLabels`),
    ...requirements.flatMap((requirement, index) => {
      return validateLabelSelectorRequirement(requirement, `${path}.matchExpressions[${index}]`);
    }),
  ];
}

function validateLabelSelectorRequirement(
  { key = "", operator = "", values = [] }: Unchecked<LabelSelectorRequirement>,
  path: string,
): FieldError[] {
  return [
    ...validateSetOperator(operator, values, path),
    ...validateLabelName(key, `${path}.key`),
    ...validateLabelValues(values, `${path}.values`),
  ];
}

function validateSetOperator(
  operator: string,
  values: readonly string[],
  path: string,
  isOther = false,
): FieldError[] {
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length > 0 ? [] : [required(`${path}.values`, mustHaveValues)];
    case "Exists":
    case "DoesNotExist":
      return values.length === 0 ? [] : [forbidden(`${path}.values`, mayNotHaveValues)];
    default:
      return isOther ? [] : [invalid(`${path}.operator`, operator, notAnOperator)];
  }
}

const mustHaveValues = "must be specified when `operator` is 'In' or 'NotIn'";
const mayNotHaveValues = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
const notAnOperator = "not a valid selector operator";

function validateLabelValues(values: readonly string[], path: string): FieldError[] {
  return values.flatMap((value, index) => {
    return invalids(`${path}[${index}]`, value, isValidLabelValue(value));
  });
}

/** A preference may name values that no label can have: it only never matches. */
export function validateNodeSelectorTerm(
  term: Unchecked<NodeSelectorTerm>,
  path: string,
  allowsInvalidValues = false,
): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((requirement, index) => {
      const at = `${path}.matchExpressions[${index}]`;
      return validateNodeSelectorRequirement(requirement, at, allowsInvalidValues);
    }),
    ...(term.matchFields ?? []).flatMap((requirement, index) => {
      return validateNodeFieldSelectorRequirement(requirement, `${path}.matchFields[${index}]`);
    }),
  ];
}

type Requirement = Unchecked<NodeSelectorRequirement>;

function validateNodeSelectorRequirement(
  { key = "", operator = "", values = [] }: Requirement,
  path: string,
  allowsInvalidValues: boolean,
): FieldError[] {
  const compares = operator === "Gt" || operator === "Lt";
  const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
  return [
    ...(compares && values.length !== 1 ? [required(`${path}.values`, detail)] : []),
    ...validateSetOperator(operator, values, path, compares),
    ...validateLabelName(key, `${path}.key`),
    ...(allowsInvalidValues ? [] : validateLabelValues(values, `${path}.values`)),
  ];
}

function validateNodeFieldSelectorRequirement(
  { key = "", operator = "", values = [] }: Requirement,
  path: string,
): FieldError[] {
  const isKnown = operator === "In" || operator === "NotIn";
  const detail =
    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  return [
    ...(isKnown && values.length !== 1 ? [required(`${path}.values`, detail)] : []),
    ...(isKnown ? [] : [invalid(`${path}.operator`, operator, notAnOperator)]),
    ...(key === "metadata.name"
      ? values.flatMap((value, index) => {
          return invalids(`${path}.values[${index}]`, value, nameIsDnsSubdomain(value));
        })
      : [invalid(`${path}.key`, key, "not a valid field selector key")]),
  ];
}
