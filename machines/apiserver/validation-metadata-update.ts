import type { ObjectMeta } from "../api/meta.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid } from "./field-error.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateAnnotations, validateOwnerReferences } from "./validation-metadata.ts";

type Meta = Unchecked<ObjectMeta>;

/** apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMetaUpdate */
export function validateObjectMetaUpdate(meta: Meta, old: Meta, path = "metadata"): FieldError[] {
  const immutable = immutables.flatMap((field) => {
    const [value, before] = [meta[field], old[field]];
    const shown = value ?? (field === "uid" || field === "namespace" ? "" : null);
    return value === before ? [] : [invalid(`${path}.${field}`, shown, "field is immutable")];
  });
  return [
    ...(old.deletionTimestamp === undefined ? [] : validateNoNewFinalizers(meta, old, path)),
    ...immutable,
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences ?? [], `${path}.ownerReferences`),
  ];
}

const immutables = [
  "name",
  "namespace",
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
] as const;

function validateNoNewFinalizers(meta: Meta, old: Meta, path: string): FieldError[] {
  const known = old.finalizers ?? [];
  const extra = [...new Set(meta.finalizers ?? [])].filter((one) => !known.includes(one));
  if (extra.length === 0) return [];
  const list = `[]string{${extra.toSorted().map(quote).join(", ")}}`;
  const why = "no new finalizers can be added if the object is being deleted";
  return [forbidden(`${path}.finalizers`, `${why}, found new finalizers ${list}`)];
}
