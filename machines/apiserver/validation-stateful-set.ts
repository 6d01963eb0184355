import { isDns1123Label, nameIsDnsLabel } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { StatefulSet, StatefulSetSpec } from "../api/workload-objects.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
} from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { validatePersistentVolumeClaimSpec } from "./validation-claims.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateAnnotations, validateObjectMeta } from "./validation-metadata.ts";
import {
  intOrPercentValue,
  isNotMoreThan100Percent,
  validateNonnegativeField,
  validateNonnegativeFields,
  validatePositiveIntOrPercent,
} from "./validation-numbers.ts";
import { validatePodSpecificAnnotations } from "./validation-pod-annotations.ts";
import {
  isBrokenSelector,
  notSelected,
  shownSelector,
  validatePodTemplateSpec,
  validateRunsForEver,
  validateSelector,
  validateSelects,
} from "./validation-templates.ts";

type Spec = Unchecked<StatefulSetSpec>;

/** What an update leaves alone, or what was wrong before, is not looked at again. */
interface Leniency {
  readonly skipsTemplate?: boolean;
  readonly skipsClaims?: boolean;
  readonly allowsServiceName?: boolean;
}

/** pkg/apis/apps/validation/validation.go ValidateStatefulSet. */
export function validateStatefulSet({ metadata = {}, spec = {} }: Unchecked<StatefulSet>) {
  const rules = { isNamespaced: true, validateName: nameIsDnsLabel };
  return [...validateObjectMeta(metadata, rules), ...validateStatefulSetSpec(spec)];
}

/** ValidateStatefulSetSpec. */
function validateStatefulSetSpec(spec: Spec, leniency: Leniency = {}): FieldError[] {
  const { serviceName = "", template = {}, volumeClaimTemplates = [] } = spec;
  const policy = spec.persistentVolumeClaimRetentionPolicy ?? {};
  const claims = leniency.skipsClaims ? [] : volumeClaimTemplates;
  const name = leniency.allowsServiceName ? "" : serviceName;
  const policyAt = "spec.persistentVolumeClaimRetentionPolicy";
  return [
    ...validatePodManagement(spec.podManagementPolicy ?? ""),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, "spec.updateStrategy"),
    ...validateRetention(policy.whenDeleted ?? "", `${policyAt}.whenDeleted`),
    ...validateRetention(policy.whenScaled ?? "", `${policyAt}.whenScaled`),
    ...claims.flatMap((claim, index) => {
      const at = `spec.volumeClaimTemplates[${index}].spec`;
      return validatePersistentVolumeClaimSpec(claim.spec ?? {}, at);
    }),
    ...validateNonnegativeFields(spec, ["replicas", "minReadySeconds"], "spec"),
    ...validateNonnegativeField(spec.ordinals?.start, "spec.ordinals.start"),
    ...(name === "" ? [] : invalids("spec.serviceName", name, isDns1123Label(name))),
    ...validateSelector(spec.selector, "spec.selector", "statefulset"),
    ...validateTemplate(spec, leniency),
    ...validateRunsForEver(template, "spec.template", "StatefulSet"),
  ];
}

function validatePodManagement(policy: string): FieldError[] {
  const at = "spec.podManagementPolicy";
  if (policy === "") return [required(at)];
  const isKnown = policy === "OrderedReady" || policy === "Parallel";
  return isKnown ? [] : [invalid(at, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateRetention(policy: string, path: string): FieldError[] {
  const known = ["Retain", "Delete"];
  return known.includes(policy) ? [] : [notSupported(path, policy, known)];
}

function validateUpdateStrategy(
  { type = "", rollingUpdate }: NonNullable<Spec["updateStrategy"]>,
  path: string,
): FieldError[] {
  const { partition = 0, maxUnavailable } = rollingUpdate ?? {};
  const values = { Partition: partition, MaxUnavailable: maxUnavailable ?? null };
  const shown = rollingUpdate === undefined ? null : values;
  switch (type) {
    case "":
      return [required(path)];
    case "OnDelete":
      return shown === null ? [] : [invalid(`${path}.rollingUpdate`, shown, onlyFor)];
    case "RollingUpdate":
      return validateRollingUpdate(partition, maxUnavailable, `${path}.rollingUpdate`);
    default:
      return [invalid(path, { Type: type, RollingUpdate: shown }, twoTypes)];
  }
}

const onlyFor = "only allowed for updateStrategy 'RollingUpdate'";
const twoTypes = "must be 'RollingUpdate' or 'OnDelete'";

function validateRollingUpdate(
  partition: number,
  unavailable: number | string | undefined,
  path: string,
): FieldError[] {
  const errors = validateNonnegativeField(partition, `${path}.partition`);
  if (unavailable === undefined) return errors;
  const at = `${path}.maxUnavailable`;
  const isZero = intOrPercentValue(unavailable) === 0;
  return [
    ...errors,
    ...validatePositiveIntOrPercent(unavailable, at),
    ...(isZero ? [invalid(at, unavailable, "cannot be 0")] : []),
    ...isNotMoreThan100Percent(unavailable, at),
  ];
}

/** With what its controller will write: names of its own, and a volume for each claim. */
function validateTemplate(spec: Spec, { skipsTemplate = false }: Leniency): FieldError[] {
  const { selector, template = {}, volumeClaimTemplates = [] } = spec;
  if (isBrokenSelector(selector)) return [invalid("spec.selector", shownSelector(selector), "")];
  const { subdomain: _, hostname: __, ...pod } = template.spec ?? {};
  const claims = volumeClaimTemplates.map(({ metadata = {} }) => metadata.name ?? "");
  const own = (pod.volumes ?? []).filter(({ name = "" }) => !claims.includes(name));
  const added = claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const volumes = [...added, ...own];
  const completed = { ...template, spec: claims.length === 0 ? pod : { ...pod, volumes } };
  const { labels, annotations } = template.metadata ?? {};
  const at = "spec.template";
  return [
    ...(selector === undefined
      ? [notSelected(template, at)]
      : validateSelects(selector, template, at)),
    ...(skipsTemplate ? [] : validatePodTemplateSpec(completed, at)),
    ...validateLabels(labels, `${at}.labels`),
    ...validateAnnotations(annotations, `${at}.annotations`),
    ...validatePodSpecificAnnotations(annotations ?? {}, pod, `${at}.annotations`),
  ];
}

/** What may change of a spec, and whether what it became is valid. */
export function validateStatefulSetSpecUpdate(spec: Spec, old: Spec): FieldError[] {
  const leniency = { allowsServiceName: true, skipsClaims: true };
  const skipsTemplate = validateStatefulSetSpec(old, leniency).length > 0;
  const fixed = (one: Spec) => mutable.reduce((rest, field) => ({ ...rest, [field]: null }), one);
  const isSame = semanticDeepEqual(fixed(spec), fixed(old));
  return [
    ...validateStatefulSetSpec(spec, { ...leniency, skipsTemplate }),
    ...(isSame ? [] : [forbidden("spec", onlyThese)]),
  ];
}

const mutable = [
  "replicas",
  "template",
  "updateStrategy",
  "minReadySeconds",
  "ordinals",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
] as const;

const onlyThese =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
