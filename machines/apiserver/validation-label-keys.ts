import type { LabelSelector } from "../api/label-selector.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid } from "./field-error.ts";
import { validateLabelName } from "./validation-labels.ts";

/** The selector holds what the keys stood for; ValidateMatchLabelKeysAndMismatchLabelKeys. */
export function validateLabelKeySets(
  path: string,
  matchLabelKeys: readonly string[] = [],
  mismatchLabelKeys: readonly string[] = [],
  selector?: Unchecked<LabelSelector>,
): FieldError[] {
  const both = matchLabelKeys.flatMap((key, index) => {
    const at = `${path}.matchLabelKeys[${index}]`;
    const detail = "exists in both matchLabelKeys and mismatchLabelKeys";
    return mismatchLabelKeys.includes(key) ? [invalid(at, key, detail)] : [];
  });
  return [
    ...validateLabelKeys(`${path}.matchLabelKeys`, matchLabelKeys, selector),
    ...validateLabelKeys(`${path}.mismatchLabelKeys`, mismatchLabelKeys, selector),
    ...keysUsedTwice(path, matchLabelKeys, selector),
    ...both,
  ];
}

function validateLabelKeys(
  path: string,
  keys: readonly string[],
  selector: Unchecked<LabelSelector> | undefined,
): FieldError[] {
  if (keys.length === 0) return [];
  if (selector === undefined) {
    return [forbidden(path, "must not be specified when labelSelector is not set")];
  }
  return keys.flatMap((key, index) => validateLabelName(key, `${path}[${index}]`));
}

function keysUsedTwice(
  path: string,
  matchLabelKeys: readonly string[],
  selector: Unchecked<LabelSelector> | undefined,
): FieldError[] {
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}));
  return (selector?.matchExpressions ?? []).flatMap(({ key = "" }) => {
    const index = matchLabelKeys.lastIndexOf(key);
    const isSecond = index >= 0 && seen.has(key);
    seen.add(key);
    const detail = "exists in both matchLabelKeys and labelSelector";
    return isSecond ? [invalid(`${path}[${index}]`, key, detail)] : [];
  });
}
