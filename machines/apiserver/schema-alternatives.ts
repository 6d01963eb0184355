import type { JsonSchema } from "../api/extension-objects.ts";
import { quote } from "../api/quote.ts";
import { type FieldError, invalid } from "./field-error.ts";
import { isFields, isList } from "./patch-value.ts";
import { isKnownFormat } from "./validation-formats.ts";

/** What a schema refuses of a value. */
export type Validate = (value: unknown, schema: JsonSchema, path: string) => readonly FieldError[];

/**
 * What `anyOf`, `oneOf`, `allOf` and `not` refuse: of alternatives that all fail the errors of the
 * nearest are told, too. kube-openapi/pkg/validation/validate/schema_props.go Validate
 */
export function alternativeMistakes(
  value: unknown,
  schema: JsonSchema,
  path: string,
  validate: Validate,
): readonly FieldError[] {
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  const told = (words: string) => said(path, words);
  const all = allOf.map((one) => validate(value, one, path));
  const failed = all.filter((errors) => errors.length > 0).length;
  return [
    ...anyMistakes(value, anyOf, path, validate),
    ...oneMistakes(value, oneOf, path, validate),
    ...all.flat(),
    ...(failed === 0
      ? []
      : told(`all the schemas (allOf)${failed === all.length ? ". None validated" : ""}`)),
    ...(not !== undefined && validate(value, not, path).length === 0
      ? [invalid("<nil>", "", `${quote(path)} must not validate the schema (not)`)]
      : []),
  ];
}

/** It is of no field, and has no value. */
function said(path: string, words: string): readonly FieldError[] {
  return [invalid("<nil>", "", `${quote(path)} must validate ${words}`)];
}

type Alternatives = readonly JsonSchema[];

function anyMistakes(value: unknown, schemas: Alternatives, path: string, validate: Validate) {
  const tried = schemas.map((one) => validate(value, one, path));
  if (tried.length === 0 || tried.some((errors) => errors.length === 0)) return [];
  return [
    ...said(path, "at least one schema (anyOf)"),
    ...nearest(value, schemas, tried, validate),
  ];
}

function oneMistakes(value: unknown, schemas: Alternatives, path: string, validate: Validate) {
  const tried = schemas.map((one) => validate(value, one, path));
  const valid = tried.filter((errors) => errors.length === 0).length;
  if (tried.length === 0 || valid === 1) return [];
  const found = valid === 0 ? "Found none valid" : `Found ${valid} valid alternatives`;
  return [
    ...said(path, `one and only one schema (oneOf). ${found}`),
    ...(valid === 0 ? nearest(value, schemas, tried, validate) : []),
  ];
}

/** The errors of the first of those of which most holds. */
function nearest(
  value: unknown,
  schemas: Alternatives,
  tried: readonly (readonly FieldError[])[],
  validate: Validate,
): readonly FieldError[] {
  const counts = schemas.map((one) => matchCount(value, one, validate));
  return tried[counts.indexOf(Math.max(...counts))] ?? [];
}

/** How many checks apply and hold; Result.MatchCount of a SchemaValidator. */
function matchCount(value: unknown, schema: JsonSchema, validate: Validate): number {
  const { type, format } = schema;
  const isTyped = type !== undefined || schema["x-kubernetes-int-or-string"] === true;
  const isRight = validate(value, typeOnly(schema), "").length === 0;
  if (value === null) return isRight ? 1 : 0;
  const asTyped = isTyped || isKnownFormat(format) ? 1 + (isRight ? 1 : 0) : 0;
  return (
    ended + asTyped + ofAlternatives(value, schema, validate) + ofKind(value, schema, validate)
  );
}

/** The end, the alternatives with theirs, and what every schema may say: enum. */
const ended = 4;

function typeOnly(schema: JsonSchema): JsonSchema {
  const { type, format, nullable } = schema;
  const isEither = schema["x-kubernetes-int-or-string"];
  return {
    ...(type !== undefined && { type }),
    ...(format !== undefined && { format }),
    ...(nullable !== undefined && { nullable }),
    ...(isEither !== undefined && { "x-kubernetes-int-or-string": isEither }),
  };
}

/** Those whose results are taken over: of several the first that holds, else the nearest. */
function ofAlternatives(value: unknown, schema: JsonSchema, validate: Validate): number {
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  const holds = (one: JsonSchema) => validate(value, one, "").length === 0;
  const count = (one: JsonSchema) => matchCount(value, one, validate);
  const taken = (schemas: Alternatives): number => {
    const first = schemas.find(holds);
    return first === undefined ? Math.max(0, ...schemas.map(count)) : count(first);
  };
  const isAmbiguous = oneOf.filter(holds).length > 1;
  const together = allOf.reduce((sum, one) => sum + count(one), 0);
  return taken(anyOf) + (isAmbiguous ? 0 : taken(oneOf)) + together;
}

function ofKind(value: unknown, schema: JsonSchema, validate: Validate): number {
  if (typeof value === "string") return isKnownFormat(schema.format) ? 2 : 1;
  if (typeof value === "number") return 2;
  if (isList(value)) {
    const { items } = schema;
    const parts = items === undefined ? [] : value;
    return parts.reduce((sum: number, one) => sum + matchCount(one, items ?? {}, validate), 2);
  }
  if (!isFields(value)) return 0;
  const { properties = {}, additionalProperties } = schema;
  return Object.entries(value).reduce((sum, [name, part]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return typeof own === "object" ? sum + matchCount(part, own, validate) : sum;
  }, 1);
}
