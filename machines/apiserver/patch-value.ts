/** A JSON object as a patch sees it. */
export type Fields = Readonly<Record<string, unknown>>;

export type List = readonly unknown[];

/** What a patch makes of an object, or why it cannot be applied, in the words of its library. */
export type Patched = { readonly result: unknown } | { readonly error: string };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is List {
  return Array.isArray(value);
}

/** The Go type that a decoded JSON value has. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return "%!s(<nil>)";
  if (isList(value)) return "[]interface {}";
  if (isFields(value)) return "map[string]interface {}";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : "string";
}

/** Go's `%v` of a decoded JSON value: `map[image:x name:c]`, `[1 2]`, `<nil>`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (isList(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isFields(value)) return String(value);
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `map[${sorted.map(([field, part]) => `${field}:${goText(part)}`).join(" ")}]`;
}

/** A value that is taken as it is; in a list null is a value. */
export function withoutNulls(value: unknown): unknown {
  if (isList(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(kept.map(([field, part]) => [field, withoutNulls(part)]));
}
