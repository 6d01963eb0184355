import type { JsonSchema } from "../api/extension-objects.ts";
import { goJson } from "../api/go-json.ts";
import { type FieldError, invalid } from "./field-error.ts";
import { isList } from "./patch-value.ts";
import { isKnownFormat, isOfFormat } from "./validation-formats.ts";

/** The type is told in the value's place. validate/type.go, formats.go */
export function typeMistake(
  value: unknown,
  schema: JsonSchema,
  path: string,
): FieldError | undefined {
  const isEither = schema["x-kubernetes-int-or-string"] === true;
  const { type = isEither ? "integer,string" : undefined } = schema;
  const format = isKnownFormat(schema.format) ? schema.format : "";
  const own = typeOfValue(value);
  const types = type?.split(",") ?? [];
  const isRight = types.includes(own) || (own === "integer" && types.includes("number"));
  if (value !== null && format !== "") {
    if (own === "string" && !types.some(isNumeric)) return formatMistake(value, format, path);
    if (own !== "array" && !isRight)
      return ofType(path, formats[own] ?? "", format, formats[own] ?? "");
    if (own === "array" && !types.some(isNumeric)) return undefined;
  }
  if (type === undefined || isRight) return undefined;
  return ofType(path, own, type, own);
}

function isNumeric(type: string): boolean {
  return type === "number" || type === "integer";
}

function formatMistake(value: unknown, format: string, path: string): FieldError | undefined {
  return isOfFormat(format, String(value))
    ? undefined
    : invalid(path, value, `${path} in body must be of type ${format}: ${goJson(value)}`);
}

function ofType(path: string, value: unknown, expected: string, told: string): FieldError {
  return invalid(path, value, `${path} in body must be of type ${expected}: "${told}"`);
}

/** schemaInfoForType */
const formats: Readonly<Record<string, string>> = { integer: "int64", number: "float64" };

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  if (isList(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
