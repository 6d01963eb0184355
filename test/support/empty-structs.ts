/** The recorded objects leave out null members and these structs when they are empty. */
const leftOut = new Set([
  "resources",
  "status",
  "strategy",
  "updateStrategy",
  "state",
  "lastState",
  "loadBalancer",
  "nodeInfo",
  "daemonEndpoints",
]);

/** An object as the recorded ones are written. */
export function withoutEmptyStructs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyStructs);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutEmptyStructs(inner)]);
  return Object.fromEntries(entries.filter(([key, inner]) => !isLeftOut(String(key), inner)));
}

function isLeftOut(key: string, value: unknown): boolean {
  if (value === null) return true;
  return leftOut.has(key) && typeof value === "object" && Object.keys(value ?? {}).length === 0;
}
