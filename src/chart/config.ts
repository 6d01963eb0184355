import type { JsonValue } from "../yaml/node.ts";

/**
 * What XState's `createMachine` is given for a chart: `events` and `emits`, which only the linter
 * uses, are left out; `source` and a transition's `gate`, `since` and `until` move into `meta`.
 */
export function chartConfig(chart: JsonValue): JsonValue {
  if (!isObject(chart)) return chart;
  return stateConfig(withoutKeys(chart, lintKeys));
}

const lintKeys = new Set(["events", "emits"]);
const metaKeys = new Set(["source", "gate", "since", "until"]);

function stateConfig(state: JsonValue): JsonValue {
  if (!isObject(state)) return state;
  const fields = Object.entries(withMeta(state));
  return Object.fromEntries(fields.map(([key, value]) => [key, stateField(key, value)]));
}

function stateField(key: string, value: JsonValue): JsonValue {
  if (key === "states") return mapValues(value, stateConfig);
  if (key === "on" || key === "after") return mapValues(value, transitionsConfig);
  return key === "always" ? transitionsConfig(value) : value;
}

function transitionsConfig(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(branchConfig);
  return isObject(value) ? withMeta(value) : value;
}

/** In a list, XState 5 takes a bare target in `on` and `always`, but not in `after`. */
function branchConfig(branch: JsonValue): JsonValue {
  return isObject(branch) ? withMeta(branch) : { target: branch };
}

/** The meta stands where the chart has the first key that moves into it. */
function withMeta(node: JsonObject): JsonObject {
  const moved = Object.entries(node).filter(([key]) => metaKeys.has(key));
  if (moved.length === 0) return node;
  const given = node["meta"];
  const meta = { ...Object.fromEntries(moved), ...(isObject(given) ? given : {}) };
  const renamed = Object.entries(node).map(([key, value]) =>
    metaKeys.has(key) || key === "meta" ? (["meta", meta] as const) : ([key, value] as const),
  );
  return Object.fromEntries(renamed);
}

function withoutKeys(node: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !keys.has(key)));
}

function mapValues(node: JsonValue, change: (value: JsonValue) => JsonValue): JsonValue {
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value)]));
}

interface JsonObject {
  readonly [key: string]: JsonValue;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
