import { parseInt64 } from "../api/selector.ts";
import type { List, Patched } from "./patch-value.ts";

/** The element of that index; negative ones count from the end. partialArray.get */
export function elementAt(list: List, key: string): Patched {
  const at = indexIn(key, list.length - 1);
  return typeof at === "number" ? { result: list[at] } : at;
}

/** The list with another element there. partialArray.set */
export function replacedAt(list: List, key: string, value: unknown): Patched {
  const at = indexIn(key, list.length - 1);
  return typeof at === "number" ? { result: list.with(at, value) } : at;
}

/** The list with one element more; `-` is its end. partialArray.add */
export function insertedAt(list: List, key: string, value: unknown): Patched {
  if (key === "-") return { result: [...list, value] };
  const index = atoi(key);
  if (typeof index !== "number") {
    return { error: `value was not a proper array index: '${key}': ${index.error}` };
  }
  const at = indexIn(key, list.length);
  return typeof at === "number" ? { result: list.toSpliced(at, 0, value) } : at;
}

/** partialArray.remove */
export function withoutElement(list: List, key: string): Patched {
  const at = indexIn(key, list.length - 1);
  return typeof at === "number" ? { result: list.toSpliced(at, 1) } : at;
}

function indexIn(key: string, last: number): number | { readonly error: string } {
  const index = atoi(key);
  if (typeof index !== "number") return index;
  const at = index < 0 ? index + last + 1 : index;
  if (at >= 0 && at <= last) return at;
  return { error: `Unable to access invalid index: ${index}: invalid index referenced` };
}

/** Go's strconv.Atoi: a sign and leading zeros are allowed. */
function atoi(text: string): number | { readonly error: string } {
  const value = parseInt64(text);
  if (value !== undefined) return Number(value);
  const reason = /^[+-]?\d+$/.test(text) ? "value out of range" : "invalid syntax";
  return { error: `strconv.Atoi: parsing ${JSON.stringify(text)}: ${reason}` };
}
