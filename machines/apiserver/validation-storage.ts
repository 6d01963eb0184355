import { nameIsDnsSubdomain } from "../api/names.ts";
import { quantitySign } from "../api/quantity.ts";
import { formatQuantity } from "../api/quantity-text.ts";
import { quantities } from "../api/resources.ts";
import type { PersistentVolume, PersistentVolumeSpec } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
  validateChoice,
} from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { validateNodeSelectorTerm } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import { sourceErrors } from "./validation-persistent-volume-source.ts";

type AnyVolume = Unchecked<PersistentVolume>;
type Spec = Unchecked<PersistentVolumeSpec>;

const rules = { isNamespaced: false, validateName: nameIsDnsSubdomain };
const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/** pkg/apis/core/validation/validation.go ValidatePersistentVolume. */
export function validatePersistentVolume({ metadata = {}, spec = {} }: AnyVolume): FieldError[] {
  const { storageClassName: name = "", volumeAttributesClassName: attributes } = spec;
  const { persistentVolumeReclaimPolicy: policy = "" } = spec;
  const at = "spec.volumeAttributesClassName";
  const ofNothing = attributes === "" ? [required(at, "an empty string is disallowed")] : [];
  const needsDriver = "has to be specified when using volumeAttributesClassName";
  const isRoot = /^\/+(?:\.?\/*)*$/.test(spec.hostPath?.path ?? "");
  const noRecycling = "may not be 'recycle' for a hostPath mount of '/'";
  return [
    ...validateObjectMeta(metadata, rules),
    ...validateAccessModes(spec),
    ...validateCapacity(spec),
    ...validateChoice(policy || undefined, policies, "spec.persistentVolumeReclaimPolicy"),
    ...validateNodeAffinity(spec),
    ...sourceErrors(spec, metadata.name ?? ""),
    ...(isRoot && policy === "Recycle"
      ? [forbidden("spec.persistentVolumeReclaimPolicy", noRecycling)]
      : []),
    ...(name === "" ? [] : invalids("spec.storageClassName", name, nameIsDnsSubdomain(name))),
    ...validateChoice(spec.volumeMode, ["Block", "Filesystem"], "spec.volumeMode"),
    ...ofNothing,
    ...(attributes ? invalids(at, attributes, nameIsDnsSubdomain(attributes)) : []),
    ...(attributes !== undefined && spec.csi === undefined
      ? [required("spec.csi", needsDriver)]
      : []),
  ];
}

const policies = ["Delete", "Recycle", "Retain"];

function validateAccessModes({ accessModes: modes = [] }: Spec): FieldError[] {
  const at = "spec.accessModes";
  const known = modes.filter((mode) => accessModes.includes(mode));
  const isAlone = !known.includes("ReadWriteOncePod") || known.every((one) => one === known[0]);
  return [
    ...(modes.length === 0 ? [required(at)] : []),
    ...modes.flatMap((mode) => {
      return accessModes.includes(mode) ? [] : [notSupported(at, mode, accessModes)];
    }),
    ...(isAlone ? [] : [forbidden(at, "may not use ReadWriteOncePod with other access modes")]),
  ];
}

function validateCapacity({ capacity = {} }: Spec): FieldError[] {
  const names = Object.keys(capacity);
  const isStorage = names.length === 1 && names[0] === "storage";
  const shown = names.length === 0 ? null : capacity;
  return [
    ...(names.length === 0 ? [required("spec.capacity")] : []),
    ...(isStorage ? [] : [notSupported("spec.capacity", shown, ["storage"])]),
    ...[...quantities(capacity)].flatMap(([name, amount]) => {
      const at = `spec.capacity[${name}]`;
      const detail = "must be greater than zero";
      return quantitySign(amount) > 0 ? [] : [invalid(at, formatQuantity(amount), detail)];
    }),
  ];
}

function validateNodeAffinity({ nodeAffinity }: Spec): FieldError[] {
  if (nodeAffinity === undefined) return [];
  const at = "spec.nodeAffinity.required";
  if (nodeAffinity.required === undefined) {
    return [required(at, "must specify required node constraints")];
  }
  const { nodeSelectorTerms: terms = [] } = nodeAffinity.required;
  const none = "must have at least one node selector term";
  return [
    ...(terms.length === 0 ? [required(`${at}.nodeSelectorTerms`, none)] : []),
    ...terms.flatMap((term, index) => {
      return validateNodeSelectorTerm(term, `${at}.nodeSelectorTerms[${index}]`);
    }),
  ];
}

/** Where it is stays; the diff that upstream adds to the message is of Go's own structs. */
export function validatePersistentVolumeUpdate(volume: AnyVolume, old: AnyVolume): FieldError[] {
  const [spec, before] = [volume.spec ?? {}, old.spec ?? {}];
  const isSame = semanticDeepEqual(sourceOf(spec), sourceOf(before), "spec");
  const fixed = "spec.persistentvolumesource is immutable after creation";
  const attributes = "volumeAttributesClassName";
  const isUnset = before[attributes] !== undefined && spec[attributes] === undefined;
  const toNil = "update from non-nil value to nil is forbidden";
  return [
    ...validatePersistentVolume(volume),
    ...(isSame ? [] : [forbidden("spec.persistentvolumesource", fixed)]),
    ...validateImmutableField(spec.volumeMode, before.volumeMode, "volumeMode"),
    ...(before.nodeAffinity === undefined
      ? []
      : validateImmutableField(spec.nodeAffinity, before.nodeAffinity, "nodeAffinity")),
    ...(isUnset ? [forbidden(`spec.${attributes}`, toNil)] : []),
  ];
}

function sourceOf(spec: Spec): object {
  const own = new Set<string>([
    ..."capacity accessModes persistentVolumeReclaimPolicy storageClassName".split(" "),
    ..."mountOptions volumeMode volumeAttributesClassName claimRef nodeAffinity".split(" "),
  ]);
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !own.has(field)));
}
