import type { PriorityClass, RuntimeClass } from "../api/configuration-objects.ts";
import { isQualifiedName, nameIsDnsLabel, nameIsDnsSubdomain } from "../api/names.ts";
import type {
  Lease,
  Namespace,
  PodDisruptionBudget,
  ServiceAccount,
} from "../api/policy-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  validateChoice,
} from "./field-error.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { isNegative, validateObjectMeta } from "./validation-metadata.ts";
import {
  isNotMoreThan100Percent,
  validateImmutableField,
  validatePositiveIntOrPercent,
} from "./validation-numbers.ts";
import { shownSelector } from "./validation-templates.ts";

const named = { isNamespaced: true, validateName: nameIsDnsSubdomain };

/** pkg/apis/core/validation/validation.go ValidateNamespace. */
export function validateNamespace({ metadata = {}, spec = {} }: Unchecked<Namespace>) {
  return [
    ...validateObjectMeta(metadata, { isNamespaced: false, validateName: nameIsDnsLabel }),
    ...(spec.finalizers ?? []).flatMap((one) => validateFinalizerName(one, "spec.finalizers")),
  ];
}

/** Of its own subresource; ValidateNamespaceFinalizeUpdate. */
export function validateNamespaceFinalizeUpdate(
  object: Unchecked<Namespace>,
  old: Unchecked<Namespace>,
): FieldError[] {
  return [
    ...metadataUpdateErrors(object, old),
    ...(object.spec?.finalizers ?? []).flatMap((finalizer, index) => {
      return validateFinalizerName(finalizer, `spec.finalizers[${index}]`);
    }),
  ];
}

function validateFinalizerName(finalizer: string, path: string): FieldError[] {
  const standard = ["kubernetes", "orphan", "foregroundDeletion"];
  const detail = "name is neither a standard finalizer name nor is it fully qualified";
  const isFine = finalizer.includes("/") || standard.includes(finalizer);
  return [
    ...invalids(path, finalizer, isQualifiedName(finalizer)),
    ...(isFine ? [] : [invalid(path, finalizer, detail)]),
  ];
}

/** ValidateServiceAccount. */
export function validateServiceAccount({ metadata = {} }: Unchecked<ServiceAccount>) {
  return validateObjectMeta(metadata, named);
}

/** pkg/apis/policy/validation/validation.go; its metadata is looked at like any other's. */
export function validatePodDisruptionBudget({
  spec = {},
}: Unchecked<PodDisruptionBudget>): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  const both = "minAvailable and maxUnavailable cannot be both set";
  const shown = {
    MinAvailable: minAvailable ?? null,
    Selector: shownSelector(selector),
    MaxUnavailable: maxUnavailable ?? null,
    UnhealthyPodEvictionPolicy: policy ?? null,
  };
  const known = ["AlwaysAllow", "IfHealthyBudget"];
  return [
    ...(minAvailable === undefined || maxUnavailable === undefined
      ? []
      : [invalid("spec", shown, both)]),
    ...(["minAvailable", "maxUnavailable"] as const).flatMap((field) => {
      const value = spec[field];
      const path = `spec.${field}`;
      if (value === undefined) return [];
      return [
        ...validatePositiveIntOrPercent(value, path),
        ...isNotMoreThan100Percent(value, path),
      ];
    }),
    ...validateLabelSelector(selector, "spec.selector"),
    ...validateChoice(policy, known, "spec.unhealthyPodEvictionPolicy"),
  ];
}

/** pkg/apis/coordination/validation/validation.go ValidateLease. */
export function validateLease({ metadata = {}, spec = {} }: Unchecked<Lease>): FieldError[] {
  return [...validateObjectMeta(metadata, named), ...validateLeaseSpec(spec)];
}

/** ValidateLeaseSpec. */
export function validateLeaseSpec(spec: NonNullable<Unchecked<Lease>["spec"]>): FieldError[] {
  const { leaseDurationSeconds: duration, leaseTransitions: transitions, strategy } = spec;
  const isAlone = Boolean(spec.preferredHolder) && !strategy;
  return [
    ...(duration !== undefined && duration <= 0
      ? [invalid("spec.leaseDurationSeconds", duration, "must be greater than 0")]
      : []),
    ...(transitions !== undefined && transitions < 0
      ? [invalid("spec.leaseTransitions", transitions, isNegative)]
      : []),
    ...(strategy === undefined ? [] : validateStrategy(strategy)),
    ...(isAlone
      ? [forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined")]
      : []),
  ];
}

/** ValidateCoordinatedLeaseStrategy. */
function validateStrategy(strategy: string): FieldError[] {
  const path = "spec.strategy.strategy";
  if (!strategy.includes("/")) {
    const known = ["OldestEmulationVersion"];
    return known.includes(strategy) ? [] : [notSupported(path, strategy, known)];
  }
  return invalids(path, strategy, isQualifiedName(strategy));
}

/** pkg/apis/scheduling/validation/validation.go ValidatePriorityClassUpdate. */
export function validatePriorityClassUpdate(
  object: Unchecked<PriorityClass>,
  old: Unchecked<PriorityClass>,
): FieldError[] {
  const isSame = (object.value ?? 0) === (old.value ?? 0);
  const { preemptionPolicy: policy } = object;
  return [
    ...metadataUpdateErrors(object, old),
    ...(isSame ? [] : [forbidden("value", "may not be changed in an update.")]),
    ...validateImmutableField(policy, old.preemptionPolicy, "preemptionPolicy"),
  ];
}

/** pkg/apis/node/validation/validation.go ValidateRuntimeClassUpdate. */
export function validateRuntimeClassUpdate(
  object: Unchecked<RuntimeClass>,
  old: Unchecked<RuntimeClass>,
): FieldError[] {
  return [
    ...metadataUpdateErrors(object, old),
    ...validateImmutableField(object.handler, old.handler, "handler"),
  ];
}
