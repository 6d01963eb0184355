import type { JsonSchema } from "../api/extension-objects.ts";
import { goJson } from "../api/go-json.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from "./field-error.ts";
import { type Fields, isFields, isList, type List } from "./patch-value.ts";
import { typeMistake } from "./schema-types.ts";
import { alternativeMistakes } from "./schema-alternatives.ts";

/**
 * What an object's schema refuses, in the words of kube-openapi's validator.
 * apiextensions-apiserver/pkg/apiserver/validation/validation.go ValidateCustomResource
 */
export function validateCustomResource(object: Fields, schema: JsonSchema): readonly FieldError[] {
  const { metadata: _, ...rest } = object;
  return [...once(mistakes(rest, schema, "")), ...listMistakes(rest, schema, "")];
}

/** What alternatives say alike is told once; result.go AddErrors. */
function once(errors: readonly FieldError[]): readonly FieldError[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const text = goJson({ ...error });
    return !seen.has(text) && seen.add(text);
  });
}

/** In the order of the validators of schema.go NewSchemaValidator. */
function mistakes(value: unknown, schema: JsonSchema, path: string): readonly FieldError[] {
  if (value === null && schema.nullable === true) return [];
  const wrong = typeMistake(value, schema, path);
  const listed = enumMistake(value, schema, path);
  if (value === null) return [...(wrong === undefined ? [] : [wrong]), ...listed];
  const others = alternativeMistakes(value, schema, path, mistakes);
  if (wrong !== undefined) return [wrong, ...others, ...listed];
  if (typeof value === "string")
    return [...others, ...stringMistakes(value, schema, path), ...listed];
  if (typeof value === "number")
    return [...others, ...numberMistakes(value, schema, path), ...listed];
  if (isList(value)) return [...others, ...arrayMistakes(value, schema, path), ...listed];
  const inside = isFields(value) ? objectMistakes(value, schema, path) : [];
  return [...others, ...listed, ...inside];
}

function enumMistake(value: unknown, schema: JsonSchema, path: string): readonly FieldError[] {
  const { enum: values } = schema;
  if (values === undefined || values.some((one) => goJson(one) === goJson(value))) return [];
  const words = values.map((one) => (typeof one === "string" ? one : goJson(one)));
  return [notSupported(path, value, words)];
}

function said(path: string, value: unknown, words: string): FieldError {
  return invalid(path, value, `${path} in body should ${words}`);
}

function stringMistakes(value: string, schema: JsonSchema, path: string): readonly FieldError[] {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  const length = [...value].length;
  return [
    ...(length > maxLength ? [tooLong(path, maxLength)] : []),
    ...(length < minLength ? [said(path, value, `be at least ${minLength} chars long`)] : []),
    ...(pattern === undefined || matches(pattern, value)
      ? []
      : [said(path, value, `match '${pattern}'`)]),
  ];
}

/**
 * A pattern that JavaScript does not read holds nothing back, nor one that may take for ever: a
 * repeated group that repeats inside, which Go's linear search has no trouble with.
 */
function matches(pattern: string, value: string): boolean {
  if (/\([^()]*[*+{][^()]*\)[*+{]/.test(pattern) && value.length > longestSlow) return true;
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}

/** Characters that even such a pattern goes through at once. */
const longestSlow = 20;

function numberMistakes(value: number, schema: JsonSchema, path: string): readonly FieldError[] {
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = schema;
  const { exclusiveMinimum = false, exclusiveMaximum = false } = schema;
  const isBig = exclusiveMaximum ? value >= maximum : value > maximum;
  const isSmall = exclusiveMinimum ? value <= minimum : value < minimum;
  const most = exclusiveMaximum ? "less than" : "less than or equal to";
  const least = exclusiveMinimum ? "greater than" : "greater than or equal to";
  const isOdd = multipleOf !== undefined && !Number.isInteger(value / multipleOf);
  return [
    ...(isOdd ? [said(path, value, `be a multiple of ${multipleOf}`)] : []),
    ...(isBig ? [said(path, value, `be ${most} ${maximum}`)] : []),
    ...(isSmall ? [said(path, value, `be ${least} ${minimum}`)] : []),
  ];
}

function arrayMistakes(value: List, schema: JsonSchema, path: string): readonly FieldError[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  const count = value.length;
  return [
    ...(items === undefined
      ? []
      : value.flatMap((part, at) => mistakes(part, items, `${path}[${at}]`))),
    ...(count < minItems ? [said(path, count, `have at least ${minItems} items`)] : []),
    ...(count > maxItems ? [tooMany(path, count, maxItems)] : []),
  ];
}

function objectMistakes(value: Fields, schema: JsonSchema, path: string): readonly FieldError[] {
  const { minProperties = 0, maxProperties = Infinity, properties = {} } = schema;
  const { additionalProperties, required: needed = [] } = schema;
  const count = Object.keys(value).length;
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  const parts = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...(count < minProperties
      ? [said(path, count, `have at least ${minProperties} properties`)]
      : []),
    ...(count > maxProperties ? [tooMany(path, count, maxProperties)] : []),
    ...needed.filter((name) => !Object.hasOwn(value, name)).map((name) => required(inside(name))),
    ...parts.flatMap(([name, part]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return typeof own === "object" ? mistakes(part, own, inside(name)) : [];
    }),
  ];
}

/** Sets and maps have each element once; apiserver/schema/listtype. */
function listMistakes(value: unknown, schema: JsonSchema, path: string): readonly FieldError[] {
  if (isFields(value)) {
    const { properties = {}, additionalProperties } = schema;
    return Object.entries(value).flatMap(([name, part]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      const inside = path === "" ? name : `${path}.${name}`;
      return typeof own === "object" ? listMistakes(part, own, inside) : [];
    });
  }
  const { items } = schema;
  if (!isList(value) || items === undefined) return [];
  const below = value.flatMap((part, at) => listMistakes(part, items, `${path}[${at}]`));
  return [...repeated(value, schema, path), ...below];
}

function repeated(value: List, schema: JsonSchema, path: string): readonly FieldError[] {
  const type = schema["x-kubernetes-list-type"];
  if (type !== "set" && type !== "map") return [];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  for (const [at, part] of value.entries()) {
    const own = type === "set" ? part : keysOf(part, keys);
    const text = goJson(own);
    if (seen.has(text)) errors.push(duplicate(`${path}[${at}]`, own));
    seen.add(text);
  }
  return errors;
}

function keysOf(part: unknown, keys: readonly string[]): Fields {
  const fields = isFields(part) ? part : {};
  const own = keys.filter((key) => Object.hasOwn(fields, key));
  return Object.fromEntries(own.map((key) => [key, fields[key]]));
}
