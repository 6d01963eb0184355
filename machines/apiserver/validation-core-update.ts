import type { ConfigMap, Secret } from "../api/configuration-objects.ts";
import type { Node } from "../api/node.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import { cmpQuantity, type Quantity } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { duplicate, type FieldError, forbidden } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validatePersistentVolumeClaim } from "./validation-claims.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import { validateConfigMap, validateNode } from "./validation-objects.ts";
import { validateSecret } from "./validation-secret.ts";
import { validateNodeTaints } from "./validation-tolerations.ts";

const frozen = "field is immutable when `immutable` is set";

function frozenErrors<Kind extends Unchecked<ConfigMap> | Unchecked<Secret>>(
  object: Kind,
  old: Kind,
  fields: readonly (keyof Kind & string)[],
): FieldError[] {
  if (old.immutable !== true) return [];
  return [
    ...(object.immutable === true ? [] : [forbidden("immutable", frozen)]),
    ...fields.flatMap((field) => {
      return semanticDeepEqual(object[field], old[field], "data") ? [] : [forbidden(field, frozen)];
    }),
  ];
}

/** pkg/apis/core/validation/validation.go ValidateConfigMapUpdate. */
export function validateConfigMapUpdate(
  object: Unchecked<ConfigMap>,
  old: Unchecked<ConfigMap>,
): FieldError[] {
  return [
    ...metadataUpdateErrors(object, old),
    ...frozenErrors(object, old, ["data", "binaryData"]),
    ...validateConfigMap(object),
  ];
}

/** ValidateSecretUpdate. */
export function validateSecretUpdate(
  object: Unchecked<Secret>,
  old: Unchecked<Secret>,
): FieldError[] {
  return [
    ...metadataUpdateErrors(object, old),
    ...validateImmutableField(object.type, old.type, "type"),
    ...frozenErrors(object, old, ["data"]),
    ...validateSecret(object),
  ];
}

type AnyNode = Unchecked<Node>;

/** pkg/registry/core/node/strategy.go ValidateUpdate: both validations, one after the other. */
export function validateNodeUpdate(node: AnyNode, old: AnyNode): FieldError[] {
  const [spec, before] = [node.spec ?? {}, old.spec ?? {}];
  const { podCIDRs = [], providerID } = before;
  const fixedCidrs = podCIDRs.length > 0 && !semanticDeepEqual(spec.podCIDRs, podCIDRs);
  const fixedProvider = Boolean(providerID) && spec.providerID !== providerID;
  const addresses = (node.status?.addresses ?? []).map(({ type = "", address = "" }) => {
    return { Type: type, Address: address };
  });
  const keys = addresses.map((address) => JSON.stringify(address));
  return [
    ...validateNode(node),
    ...metadataUpdateErrors(node, old),
    ...addresses.flatMap((address, index) => {
      const isSecond = keys.indexOf(keys[index] ?? "") < index;
      return isSecond ? [duplicate(`status.addresses[${index}]`, address)] : [];
    }),
    ...(fixedCidrs ? [forbidden("spec.podCIDRs", onlyOnce("podCIDR"))] : []),
    ...(fixedProvider ? [forbidden("spec.providerID", onlyOnce("providerID"))] : []),
    ...validateNodeTaints(spec.taints ?? [], "metadata.taints"),
  ];
}

function onlyOnce(field: string): string {
  return `node updates may not change ${field} except from "" to valid`;
}

type Claim = Unchecked<PersistentVolumeClaim>;

/**
 * ValidatePersistentVolumeClaimUpdate: what is asked for can grow once it is bound. The diff that
 * upstream adds to one message is of Go's own structs.
 */
export function validatePersistentVolumeClaimUpdate(claim: Claim, old: Claim): FieldError[] {
  const [spec, before] = [claim.spec ?? {}, old.spec ?? {}];
  const isBound = claim.status?.phase === "Bound";
  const [size, oldSize] = [storageOf(spec), storageOf(before)];
  const capacity = amountOf(old.status?.capacity?.["storage"]);
  const isSame = semanticDeepEqual(
    fixedPart(spec, before, isBound),
    fixedPart(before, before, isBound),
  );
  const isSmaller = cmpQuantity(size, oldSize) < 0 && cmpQuantity(size, capacity) <= 0;
  const sizeAt = "spec.resources.requests.storage";
  return [
    ...metadataUpdateErrors(claim, old),
    ...validatePersistentVolumeClaim(claim),
    ...(isSame ? [] : [forbidden("spec", onlyThese)]),
    ...(isSmaller ? [forbidden(sizeAt, "field can not be less than status.capacity")] : []),
    ...validateImmutableField(spec.volumeMode, before.volumeMode, "volumeMode"),
    ...validateAttributesClass(spec, old),
  ];
}

/** Once a class of attributes has been applied, there is always one. */
function validateAttributesClass(
  { volumeAttributesClassName: name }: NonNullable<Claim["spec"]>,
  { status, spec }: Claim,
): FieldError[] {
  const isSame = name === spec?.volumeAttributesClassName;
  if (isSame || name || status?.currentVolumeAttributesClassName === undefined) return [];
  const to = name === undefined ? "nil" : "empty string";
  const when = "is forbidden when status.currentVolumeAttributesClassName is not nil";
  return [forbidden("spec.volumeAttributesClassName", `update to ${to} ${when}`)];
}

/** What comes before the diff. */
export const onlyThese =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n";

function storageOf({ resources }: NonNullable<Claim["spec"]>): Quantity {
  return amountOf(resources?.requests?.["storage"]);
}

function amountOf(text: string | number = "0"): Quantity {
  return mustParse(text);
}

function fixedPart(
  spec: NonNullable<Claim["spec"]>,
  before: NonNullable<Claim["spec"]>,
  isBound: boolean,
): object {
  const { volumeName, volumeAttributesClassName: attributes, resources, ...kept } = spec;
  const { storageClassName, ...others } = kept;
  const { storage: _, ...requests } = resources?.requests ?? {};
  const limits = resources?.limits;
  return {
    ...others,
    ...(before.volumeName && { volumeName }),
    ...(before.storageClassName === undefined ? {} : { storageClassName }),
    resources: isBound ? { requests, ...(limits && { limits }) } : resources,
    ...(isBound ? {} : { volumeAttributesClassName: attributes }),
  };
}
