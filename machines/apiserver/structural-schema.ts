import type { JsonSchema } from "../api/extension-objects.ts";
import { type Fields, isFields, isList } from "./patch-value.ts";

/** An object as its schema leaves it, and the fields that were not known. */
export interface Pruned {
  readonly object: Fields;
  /** `spec.foo`, in order of the object. */
  readonly unknown: readonly string[];
}

/**
 * Takes away what the schema does not know, and fills in what it says.
 * apiextensions-apiserver/pkg/apiserver/schema/{pruning,defaulting}
 */
export function pruneAndDefault(object: Fields, schema: JsonSchema | undefined): Pruned {
  const unknown: string[] = [];
  const root = { ...schema, properties: { ...schema?.properties, ...typeMeta } };
  const pruned = schema === undefined ? object : prune(object, root, "", unknown);
  const made = schema === undefined ? pruned : defaulted(withoutNulls(pruned, root), root);
  return { object: isFields(made) ? made : object, unknown };
}

/** Every object has these, whatever its schema says. */
const open: JsonSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const typeMeta = { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: open };

function isOpen(schema: JsonSchema): boolean {
  return schema["x-kubernetes-preserve-unknown-fields"] === true;
}

function partOf(schema: JsonSchema, name: string): JsonSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  if (additionalProperties === true) return open;
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

function prune(value: unknown, schema: JsonSchema, path: string, unknown: string[]): unknown {
  if (isList(value)) {
    const { items } = schema;
    return items === undefined
      ? value
      : value.map((part, at) => prune(part, items, `${path}[${at}]`, unknown));
  }
  if (!isFields(value)) return value;
  const isEmbedded = schema["x-kubernetes-embedded-resource"] === true;
  const whole = isEmbedded
    ? { ...schema, properties: { ...schema.properties, ...typeMeta } }
    : schema;
  const kept = Object.entries(value).flatMap(([name, part]) => {
    const own = partOf(whole, name);
    const inside = path === "" ? name : `${path}.${name}`;
    if (own !== undefined) return [[name, prune(part, own, inside, unknown)] as const];
    if (isOpen(whole)) return [[name, part] as const];
    unknown.push(inside);
    return [];
  });
  return Object.fromEntries(kept);
}

/** A null stays where the schema allows one; PruneNonNullableNulls. */
function withoutNulls(value: unknown, schema: JsonSchema): unknown {
  if (isList(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((part) => withoutNulls(part, items));
  }
  if (!isFields(value)) return value;
  const kept = Object.entries(value).flatMap(([name, part]) => {
    const own = partOf(schema, name);
    if (own === undefined) return [[name, part] as const];
    if (part === null && own.nullable !== true && own !== open) return [];
    return [[name, withoutNulls(part, own)] as const];
  });
  return Object.fromEntries(kept);
}

function defaulted(value: unknown, schema: JsonSchema): unknown {
  if (isList(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((part) => defaulted(part, items));
  }
  if (!isFields(value)) return value;
  const { properties = {} } = schema;
  const missing = Object.entries(properties).filter(([name, own]) => {
    return !Object.hasOwn(value, name) && own.default !== undefined;
  });
  const filled = {
    ...value,
    ...Object.fromEntries(missing.map(([name, own]) => [name, own.default])),
  };
  const parts = Object.entries(filled).map(([name, part]) => {
    const own = partOf(schema, name);
    return [name, own === undefined ? part : defaulted(part, own)] as const;
  });
  return Object.fromEntries(parts);
}
