import { isDns1123Subdomain, nameIsDnsLabel, nameIsDnsSubdomain } from "../api/names.ts";
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
} from "../api/persistent-volume-claim.ts";
import { quantitySign } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
} from "./field-error.ts";
import { validateLabels, validateLabelSelector } from "./validation-labels.ts";
import { validateAnnotations, validateObjectMeta } from "./validation-metadata.ts";

type Spec = Unchecked<PersistentVolumeClaimSpec>;

/** pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaim. */
export function validatePersistentVolumeClaim(
  claim: Unchecked<PersistentVolumeClaim>,
): FieldError[] {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  return [
    ...validateObjectMeta(claim.metadata ?? {}, rules),
    ...validatePersistentVolumeClaimSpec(claim.spec ?? {}, "spec"),
  ];
}

/** Of a pod's ephemeral volume: nothing but labels, annotations and a spec. */
export function validateClaimTemplate(
  { metadata = {}, spec = {} }: Unchecked<PersistentVolumeClaimTemplate>,
  path: string,
): FieldError[] {
  const { annotations, labels, ...others } = metadata;
  const at = `${path}.metadata`;
  return [
    ...validateAnnotations(annotations, `${at}.annotations`),
    ...validateLabels(labels, `${at}.labels`),
    ...Object.keys(others).map((name) => forbidden(`${at}.${name}`, "cannot be set")),
    ...validatePersistentVolumeClaimSpec(spec, `${path}.spec`),
  ];
}

/** ValidatePersistentVolumeClaimSpec. */
export function validatePersistentVolumeClaimSpec(spec: Spec, path: string): FieldError[] {
  const { storageClassName = "", volumeAttributesClassName = "", volumeMode } = spec;
  const isKnownMode = volumeMode === undefined || volumeModes.includes(volumeMode);
  return [
    ...validateAccessModes(spec.accessModes ?? [], spec, path),
    ...validateStorage(spec.resources?.requests?.["storage"], `${path}.resources[storage]`),
    ...validateClassName(storageClassName, `${path}.storageClassName`),
    ...(isKnownMode ? [] : [notSupported(`${path}.volumeMode`, volumeMode, volumeModes)]),
    ...validateDataSources(spec, path),
    ...validateClassName(volumeAttributesClassName, `${path}.volumeAttributesClassName`),
  ];
}

const volumeModes: readonly string[] = ["Block", "Filesystem"];
const accessModes: readonly string[] = [
  "ReadOnlyMany",
  "ReadWriteMany",
  "ReadWriteOnce",
  "ReadWriteOncePod",
];

function validateClassName(name: string, path: string): FieldError[] {
  return name === "" ? [] : invalids(path, name, nameIsDnsSubdomain(name));
}

function validateAccessModes(modes: readonly string[], spec: Spec, path: string): FieldError[] {
  const at = `${path}.accessModes`;
  const known = modes.filter((mode) => accessModes.includes(mode));
  const isMixed =
    known.includes("ReadWriteOncePod") && known.some((mode) => mode !== "ReadWriteOncePod");
  return [
    ...(modes.length === 0 ? [required(at, "at least 1 access mode is required")] : []),
    ...validateLabelSelector(spec.selector, `${path}.selector`),
    ...modes.flatMap((mode) => {
      return accessModes.includes(mode) ? [] : [notSupported(at, mode, accessModes)];
    }),
    ...(isMixed ? [forbidden(at, "may not use ReadWriteOncePod with other access modes")] : []),
  ];
}

function validateStorage(storage: string | number | undefined, path: string): FieldError[] {
  if (storage === undefined) return [required(path)];
  const amount = mustParse(storage);
  const isPositive = quantitySign(amount) > 0;
  return isPositive ? [] : [invalid(path, formatQuantity(amount), "must be greater than zero")];
}

function validateDataSources({ dataSource, dataSourceRef }: Spec, path: string): FieldError[] {
  const namespace = dataSourceRef?.namespace ?? "";
  const at = `${path}.dataSource`;
  const isOther =
    dataSource?.apiGroup !== dataSourceRef?.apiGroup ||
    dataSource?.kind !== dataSourceRef?.kind ||
    dataSource?.name !== dataSourceRef?.name;
  const areBoth = dataSource !== undefined && dataSourceRef !== undefined;
  const refused = "may not be specified when dataSourceRef.namespace is specified";
  return [
    ...(dataSource ? validateDataSource(dataSource, at) : []),
    ...(dataSourceRef ? validateDataSource(dataSourceRef, `${path}.dataSourceRef`) : []),
    ...(namespace === ""
      ? []
      : invalids(`${path}.dataSourceRef.namespace`, namespace, nameIsDnsLabel(namespace))),
    ...(areBoth && namespace !== "" ? [invalid(path, {}, refused)] : []),
    ...(areBoth && namespace === "" && isOther
      ? [invalid(path, {}, "must match dataSourceRef")]
      : []),
  ];
}

function validateDataSource(
  { name = "", kind = "", apiGroup = "" }: NonNullable<Spec["dataSource"]>,
  path: string,
): FieldError[] {
  const isOtherKind = apiGroup === "" && kind !== "PersistentVolumeClaim";
  const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...(name === "" ? [required(`${path}.name`)] : []),
    ...(kind === "" ? [required(`${path}.kind`)] : []),
    ...(isOtherKind ? [invalid(path, kind, detail)] : []),
    ...(apiGroup === ""
      ? []
      : invalids(`${path}.apiGroup`, apiGroup, isDns1123Subdomain(apiGroup))),
  ];
}
