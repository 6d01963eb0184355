import type { LabelSelector } from "../api/label-selector.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { type FieldError, forbidden, invalid, notSupported, required } from "./field-error.ts";
import { validateLabels, validateLabelSelector } from "./validation-labels.ts";
import { validateAnnotations } from "./validation-metadata.ts";
import {
  validatePodSpecificAnnotations,
  validateProfileAnnotationsMatch,
} from "./validation-pod-annotations.ts";
import { validatePodSpec } from "./validation-pod.ts";

type Template = Unchecked<PodTemplateSpec>;
type AnySelector = Unchecked<LabelSelector>;

/** What pods are made from; pkg/apis/core/validation/validation.go ValidatePodTemplateSpec. */
export function validatePodTemplateSpec(template: Template, path: string): FieldError[] {
  const { metadata = {}, spec = {} } = template;
  const { annotations = {} } = metadata;
  const isDebugged = (spec.ephemeralContainers ?? []).length > 0;
  const detail = "ephemeral containers not allowed in pod template";
  return [
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validatePodSpecificAnnotations(annotations, spec, `${path}.annotations`),
    ...validatePodSpec(spec, "", {}, `${path}.spec`),
    ...validateProfileAnnotationsMatch(annotations, spec, `${path}.spec`),
    ...(isDebugged ? [forbidden(`${path}.spec.ephemeralContainers`, detail)] : []),
  ];
}

/** Pods of a set run for ever. */
export function validateRunsForEver(template: Template, path: string, kind: string): FieldError[] {
  const { restartPolicy = "", activeDeadlineSeconds } = template.spec ?? {};
  const detail = `activeDeadlineSeconds in ${kind} is not Supported`;
  return [
    ...(restartPolicy === "Always"
      ? []
      : [notSupported(`${path}.spec.restartPolicy`, restartPolicy, ["Always"])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${path}.spec.activeDeadlineSeconds`, detail)]),
  ];
}

/** A selector that must be there and select something. */
export function validateSelector(
  selector: AnySelector | undefined,
  path: string,
  kind: string,
): FieldError[] {
  if (selector === undefined) return [required(path)];
  const detail = `empty selector is invalid for ${kind}`;
  return [
    ...validateLabelSelector(selector, path),
    ...(isEmpty(selector) ? [invalid(path, {}, detail)] : []),
  ];
}

/** The selector selects the pods that are made; one that is empty is not asked. */
export function validateSelects(
  selector: AnySelector | undefined,
  template: Template,
  path: string,
): FieldError[] {
  if (selector === undefined || isEmpty(selector)) return [];
  return isSelected(selector, template) ? [] : [notSelected(template, path)];
}

/** Whether the pods that are made are selected; an absent selector selects nothing. */
export function isSelected(selector: AnySelector | undefined, template: Template): boolean {
  const asked = labelSelectorAsSelector(asLabelSelector(selector));
  return "error" in asked || selectorMatches(asked, template.metadata?.labels);
}

/** Whether it can be asked at all. */
export function isBrokenSelector(selector: AnySelector | undefined): boolean {
  return "error" in labelSelectorAsSelector(asLabelSelector(selector));
}

export function notSelected(template: Template, path: string): FieldError {
  const detail = "`selector` does not match template `labels`";
  return invalid(`${path}.metadata.labels`, shownMap(template.metadata?.labels), detail);
}

/** As Go writes a map: in the order of its keys. */
export function shownMap(map: Readonly<Record<string, string>> | undefined): unknown {
  if (map === undefined) return null;
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** As Go writes the struct. */
export function shownSelector(selector: AnySelector | undefined): unknown {
  if (selector === undefined) return null;
  const { matchLabels, matchExpressions } = selector;
  return {
    ...(matchLabels && { matchLabels: shownMap(matchLabels) }),
    ...(matchExpressions && {
      matchExpressions: matchExpressions.map(({ key = "", operator = "", values }) => {
        return { key, operator, ...(values && { values }) };
      }),
    }),
  };
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: AnySelector): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

type Operator = NonNullable<LabelSelector["matchExpressions"]>[number]["operator"];

/** An operator that is none makes the selector broken, whatever word it is. */
function asLabelSelector(selector: AnySelector | undefined): LabelSelector | undefined {
  if (selector === undefined) return undefined;
  const { matchLabels, matchExpressions } = selector;
  const known: readonly Operator[] = ["In", "NotIn", "Exists", "DoesNotExist"];
  return {
    ...(matchLabels && { matchLabels }),
    ...(matchExpressions && {
      matchExpressions: matchExpressions.map(({ key = "", operator, values }) => {
        const word = known.find((one) => one === operator);
        const broken = { key: "", operator: "In" } as const;
        return word === undefined ? broken : { key, operator: word, ...(values && { values }) };
      }),
    }),
  };
}
