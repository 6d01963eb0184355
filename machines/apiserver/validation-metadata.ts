import type { ObjectMeta, OwnerReference } from "../api/meta.ts";
import { isQualifiedName, type Messages, nameIsDnsLabel, utf8Length } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid, invalids, required, tooLong } from "./field-error.ts";
import { validateLabels } from "./validation-labels.ts";

/** What a kind asks of its metadata. */
export interface MetadataRules {
  readonly isNamespaced: boolean;
  /** With `isPrefix` for what a name is generated from. */
  readonly validateName: (name: string, isPrefix: boolean) => Messages;
}

type Meta = Unchecked<ObjectMeta>;

/** apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMeta, and the finalizers' names. */
export function validateObjectMeta(
  meta: Meta,
  { isNamespaced, validateName }: MetadataRules,
  path = "metadata",
): FieldError[] {
  const { name = "", generateName = "", generation = 0, finalizers = [] } = meta;
  const ofPrefix = generateName === "" ? [] : validateName(generateName, true);
  return [
    ...invalids(`${path}.generateName`, generateName, ofPrefix),
    ...(name === ""
      ? [required(`${path}.name`, "name or generateName is required")]
      : invalids(`${path}.name`, name, validateName(name, false))),
    ...validateNamespace(meta.namespace ?? "", isNamespaced, `${path}.namespace`),
    ...(generation < 0 ? [invalid(`${path}.generation`, generation, isNegative)] : []),
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences ?? [], `${path}.ownerReferences`),
    ...validateFinalizers(finalizers, `${path}.finalizers`),
    ...finalizers.flatMap((finalizer, index) => {
      return validateKubeFinalizerName(finalizer, `${path}.finalizers[${index}]`);
    }),
  ];
}

/** The message for a number below zero. */
export const isNegative = "must be greater than or equal to 0";

function validateNamespace(namespace: string, isNamespaced: boolean, path: string): FieldError[] {
  if (!isNamespaced) return namespace === "" ? [] : [forbidden(path, "not allowed on this type")];
  if (namespace === "") return [required(path)];
  return invalids(path, namespace, nameIsDnsLabel(namespace));
}

/** Keys as labels have them but for their case; 256 kB in all. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const entries = Object.entries(annotations ?? {}).toSorted();
  const sizes = entries.map(([key, value]) => utf8Length(key) + utf8Length(value));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [
    ...entries.flatMap(([key]) => invalids(path, key, isQualifiedName(key.toLowerCase()))),
    ...(total > maxAnnotationsLength ? [tooLong(path, maxAnnotationsLength)] : []),
  ];
}

const maxAnnotationsLength = 256 * 1024;

type Owner = Unchecked<OwnerReference>;

export function validateOwnerReferences(owners: readonly Owner[], path: string): FieldError[] {
  let controller: string | undefined;
  return owners.flatMap((owner) => {
    const errors = validateOwnerReference(owner, path);
    if (owner.controller !== true) return errors;
    const name = `${owner.kind ?? ""}/${owner.name ?? ""}`;
    if (controller === undefined) controller = name;
    else errors.push(invalid(path, owners.map(ordered), `${onlyOne} ${controller} and ${name}`));
    return errors;
  });
}

const onlyOne =
  'Only one reference can have Controller set to true. Found "true" in references for';

function validateOwnerReference(owner: Owner, path: string): FieldError[] {
  const { apiVersion = "", kind = "", name = "", uid = "" } = owner;
  const parts = apiVersion.split("/");
  const version = parts.length > 2 ? "" : (parts.at(-1) ?? "");
  const isEvent = parts.length === 1 && version === "v1" && kind === "Event";
  const mustBeThere = "must not be empty";
  return [
    ...(version === ""
      ? [invalid(`${path}.apiVersion`, apiVersion, "version must not be empty")]
      : []),
    ...(kind === "" ? [invalid(`${path}.kind`, kind, mustBeThere)] : []),
    ...(name === "" ? [invalid(`${path}.name`, name, mustBeThere)] : []),
    ...(uid === "" ? [invalid(`${path}.uid`, uid, mustBeThere)] : []),
    ...(isEvent
      ? [invalid(path, ordered(owner), "/v1, Kind=Event is disallowed from being an owner")]
      : []),
  ];
}

/** In the order of Go's struct, which is how the message shows it. */
function ordered({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: Owner): object {
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}

function validateFinalizers(finalizers: readonly string[], path: string): FieldError[] {
  const [orphan, foreground] = ["orphan", "foregroundDeletion"];
  const areBoth = finalizers.includes(orphan) && finalizers.includes(foreground);
  return [
    ...finalizers.flatMap((finalizer) => invalids(path, finalizer, isQualifiedName(finalizer))),
    ...(areBoth
      ? [invalid(path, finalizers, `finalizer ${orphan} and ${foreground} cannot be both set`)]
      : []),
  ];
}

/** pkg/apis/core/validation/validation.go validateKubeFinalizerName. */
function validateKubeFinalizerName(finalizer: string, path: string): FieldError[] {
  const isStandard = ["kubernetes", "orphan", "foregroundDeletion"].includes(finalizer);
  if (finalizer.includes("/") || isStandard) return [];
  const detail = "name is neither a standard finalizer name nor is it fully qualified";
  return [invalid(path, finalizer, detail)];
}
