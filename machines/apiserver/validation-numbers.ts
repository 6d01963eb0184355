import { isValidPercent } from "../api/names.ts";
import type { IntOrString } from "../api/workload-objects.ts";
import { type FieldError, invalid, invalids } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { isNegative } from "./validation-metadata.ts";

/** pkg/apis/core/validation/validation.go ValidateNonnegativeField; nothing is fine. */
export function validateNonnegativeField(value: number | undefined, path: string): FieldError[] {
  return value !== undefined && value < 0 ? [invalid(path, value, isNegative)] : [];
}

/** Of each of some fields of a struct. */
export function validateNonnegativeFields<Name extends string>(
  struct: { readonly [Key in Name]?: number },
  names: readonly Name[],
  path: string,
): FieldError[] {
  return names.flatMap((name) => validateNonnegativeField(struct[name], `${path}.${name}`));
}

/** ValidateImmutableField; `shown` is how Go writes the value, where that differs. */
export function validateImmutableField(
  value: unknown,
  old: unknown,
  path: string,
  shown: unknown = value ?? null,
): FieldError[] {
  const field = path.split(".").at(-1) ?? "";
  return semanticDeepEqual(value, old, field) ? [] : [invalid(path, shown, isImmutable)];
}

/** The message for what may not change. */
export const isImmutable = "field is immutable";

/** pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent. */
export function validatePositiveIntOrPercent(value: IntOrString, path: string): FieldError[] {
  if (typeof value === "number") return validateNonnegativeField(value, path);
  return invalids(path, value, isValidPercent(value));
}

/** IsNotMoreThan100Percent. */
export function isNotMoreThan100Percent(value: IntOrString, path: string): FieldError[] {
  const percent = percentOf(value);
  const isFine = percent === undefined || percent <= 100;
  return isFine ? [] : [invalid(path, value, "must not be greater than 100%")];
}

/** Both numbers and shares as a number; what is neither is 0. */
export function intOrPercentValue(value: IntOrString): number {
  if (typeof value === "number") return value;
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : 0;
  return percentOf(value) ?? number;
}

function percentOf(value: IntOrString): number | undefined {
  if (typeof value === "number" || isValidPercent(value).length > 0) return undefined;
  return Number(value.slice(0, -1));
}
