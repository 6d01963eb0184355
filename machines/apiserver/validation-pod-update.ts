import type { Container, Pod, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid, required } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { validateObjectMetaUpdate } from "./validation-metadata-update.ts";
import { validatePodMetadataAndSpec } from "./validation-pod.ts";
import {
  validatePodSpecificAnnotations,
  validatePodSpecificAnnotationUpdates,
} from "./validation-pod-annotations.ts";
import { formerPlaces, validateGatedMutations } from "./validation-pod-gated.ts";
import { validateTolerations } from "./validation-tolerations.ts";

type AnyPod = Unchecked<Pod>;
type AnyPodSpec = Unchecked<PodSpec>;

/** What may become of a pod; pkg/apis/core/validation/validation.go ValidatePodUpdate. */
export function validatePodUpdate(pod: AnyPod, old: AnyPod): FieldError[] {
  const { metadata = {}, spec = {} } = pod;
  const { metadata: oldMetadata = {}, spec: oldSpec = {} } = old;
  const annotations = metadata.annotations ?? {};
  const errors = [
    ...validateObjectMetaUpdate(metadata, oldMetadata),
    ...withoutOldMistakes(validatePodMetadataAndSpec(pod), old),
    ...validatePodSpecificAnnotationUpdates(annotations, oldMetadata.annotations ?? {}),
    ...validatePodSpecificAnnotations(annotations, spec, "metadata.annotations"),
  ];
  for (const kind of ["containers", "initContainers"] as const) {
    const [containers, before] = [spec[kind] ?? [], oldSpec[kind] ?? []];
    if (containers.length !== before.length) {
      return [...errors, forbidden(`spec.${kind}`, "pod updates may not add or remove containers")];
    }
    errors.push(...validateImages(containers, `spec.${kind}`));
  }
  const deadline = validateDeadline(spec.activeDeadlineSeconds, oldSpec.activeDeadlineSeconds);
  errors.push(...deadline.errors);
  if (deadline.isLast) return errors;
  errors.push(...validateOnlyAddedTolerations(spec, oldSpec));
  errors.push(...validateOnlyDeletedSchedulingGates(spec, oldSpec));
  if (!semanticDeepEqual(spec, oldSpec)) errors.push(...validateImmutableSpec(spec, oldSpec));
  return errors;
}

/**
 * What older Kubernetes let through is not held against a pod that has it already;
 * pkg/api/pod/util.go GetValidationOptionsFromPodSpecAndMeta.
 */
function withoutOldMistakes(errors: readonly FieldError[], old: AnyPod): readonly FieldError[] {
  if (!errors.some(isLetThrough)) return errors;
  const before = validatePodMetadataAndSpec(old).filter(isLetThrough);
  const known = letThrough.filter((kind) => before.some(({ field }) => kind.test(field)));
  return errors.filter((one) => !isLetThrough(one) || !known.some((kind) => kind.test(one.field)));
}

/** Fields whose values were not always looked at. */
const letThrough: readonly RegExp[] = [
  /^spec\.affinity\.nodeAffinity\.required\w+\.nodeSelectorTerms\[\d+\]\.matchExp.*\.values\[/,
  /^spec\.affinity\.pod(Anti)?Affinity\..*elector\.matchExpressions\[\d+\]\.values\[/,
  /^spec\.topologySpreadConstraints\[\d+\]\.labelSelector\b/,
  /^spec\.volumes\[\d+\]\.projected\.sources\[\d+\]\.serviceAccountToken\.path$/,
];

function isLetThrough({ type, field }: FieldError): boolean {
  return type === "FieldValueInvalid" && letThrough.some((kind) => kind.test(field));
}

/** Everything but what may be changed must be as it was. */
function validateImmutableSpec(spec: AnyPodSpec, old: AnyPodSpec): FieldError[] {
  const { terminationGracePeriodSeconds: grace } = old;
  const isRepaired = (grace ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  const isGated = (old.schedulingGates ?? []).length > 0;
  const munged = {
    ...spec,
    containers: withImages(spec.containers, old.containers),
    initContainers: withImages(spec.initContainers, old.initContainers),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    terminationGracePeriodSeconds: isRepaired ? grace : spec.terminationGracePeriodSeconds,
    ...(isGated && formerPlaces(spec, old)),
  };
  const errors = isGated ? validateGatedMutations(spec, old) : [];
  if (semanticDeepEqual(munged, old)) return errors;
  return [
    ...errors,
    forbidden("spec", `pod updates may not change fields other than ${updatable}`),
  ];
}

const updatable = [
  "`spec.containers[*].image`",
  "`spec.initContainers[*].image`",
  "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");

type AnyContainers = readonly Unchecked<Container>[];

function withImages(containers: AnyContainers = [], old: AnyContainers = []): readonly object[] {
  return containers.map((container, at) => ({ ...container, image: old[at]?.image }));
}

function validateImages(containers: AnyContainers, path: string): FieldError[] {
  const blanks = "must not have leading or trailing whitespace";
  return containers.flatMap(({ image = "" }, index) => {
    const at = `${path}[${index}].image`;
    if (image === "") return [required(at)];
    return image.trim() === image ? [] : [invalid(at, image, blanks)];
  });
}

/** It may be set, and become shorter. */
function validateDeadline(
  seconds: number | null | undefined,
  old: number | null | undefined,
): { readonly errors: readonly FieldError[]; readonly isLast: boolean } {
  const path = "spec.activeDeadlineSeconds";
  const wrong = (detail: string) => [invalid(path, seconds ?? null, detail)];
  if (seconds === undefined || seconds === null) {
    const isTaken = old !== undefined && old !== null;
    const detail = "must not update from a positive integer to nil value";
    return { errors: isTaken ? wrong(detail) : [], isLast: false };
  }
  if (seconds < 0 || seconds > maxInt32) {
    return { errors: wrong(`must be between 0 and ${maxInt32}, inclusive`), isLast: true };
  }
  if (old !== undefined && old !== null && old < seconds) {
    return { errors: wrong("must be less than or equal to previous value"), isLast: true };
  }
  return { errors: [], isLast: false };
}

const maxInt32 = 2 ** 31 - 1;

function validateOnlyAddedTolerations(spec: AnyPodSpec, old: AnyPodSpec): FieldError[] {
  const path = "spec.tolerations";
  const tolerations = spec.tolerations ?? [];
  const isKept = (old.tolerations ?? []).every((before) => {
    return tolerations.some((now) => {
      const { tolerationSeconds } = now;
      return semanticDeepEqual({ ...before, tolerationSeconds }, now);
    });
  });
  const detail = "existing toleration can not be modified except its tolerationSeconds";
  return isKept ? validateTolerations(tolerations, path) : [forbidden(path, detail)];
}

function validateOnlyDeletedSchedulingGates(spec: AnyPodSpec, old: AnyPodSpec): FieldError[] {
  const known = (old.schedulingGates ?? []).map(({ name }) => name);
  return (spec.schedulingGates ?? []).flatMap(({ name = "" }, index) => {
    if (known.includes(name)) return [];
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [forbidden(`spec.schedulingGates[${index}].name`, detail)];
  });
}
