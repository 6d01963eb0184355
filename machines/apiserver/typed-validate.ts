import { elementText } from "./field-set.ts";
import {
  atomOf,
  deduceAtom,
  fieldType,
  type ListType,
  type MapType,
  type Scalar,
} from "./field-type.ts";
import { goText, goType, isFields, isList } from "./patch-value.ts";
import { pathElementOf } from "./typed-value.ts";

/** Why a value is not of a type, in Go's words; undefined when it is. typed/validate.go */
export function validateTyped(
  value: unknown,
  type: string,
  { allowsDuplicates }: { readonly allowsDuplicates: boolean },
): string | undefined {
  const errors = mistakes(value, type, allowsDuplicates).map(({ path, message }) => {
    return path === "" ? message : `${path}: ${message}`;
  });
  const lines = errors.map((error) => `  ${error}`);
  return errors.length > 1 ? ["errors:", ...lines].join("\n") : errors[0];
}

interface Mistake {
  readonly path: string;
  readonly message: string;
}

function mistakes(value: unknown, type: string, allowsDuplicates: boolean): readonly Mistake[] {
  const found = atomOf(type);
  if (found === undefined) return wrong(`schema error: no type found matching: ${type}`);
  const atom = deduceAtom(found, value);
  if (atom.map !== undefined) return mapMistakes(value, atom.map, allowsDuplicates);
  if (atom.scalar !== undefined) return scalarMistakes(value, atom.scalar);
  return atom.list === undefined ? [] : listMistakes(value, atom.list, allowsDuplicates);
}

function wrong(message: string): readonly Mistake[] {
  return [{ path: "", message }];
}

function below(element: string, inner: readonly Mistake[]): readonly Mistake[] {
  return inner.map(({ path, message }) => ({ path: elementText(element) + path, message }));
}

function mapMistakes(value: unknown, map: MapType, allowsDuplicates: boolean): readonly Mistake[] {
  if (value === null) return [];
  if (!isFields(value)) return wrong(`expected map, got &{${goText(value)}}`);
  const found: Mistake[] = [];
  for (const [field, part] of Object.entries(value)) {
    const type = fieldType(map, field);
    if (type === undefined) {
      return [...found, ...below(`f:${field}`, wrong("field not declared in schema"))];
    }
    found.push(...below(`f:${field}`, mistakes(part, type, allowsDuplicates)));
  }
  return found;
}

function listMistakes(
  value: unknown,
  list: ListType,
  allowsDuplicates: boolean,
): readonly Mistake[] {
  if (value === null) return [];
  if (!isList(value)) return wrong(`expected list, got &{${goText(value)}}`);
  const found: Mistake[] = [];
  const seen = new Set<string>();
  for (const [at, item] of value.entries()) {
    const named = list.isAssociative ? pathElementOf(list, item) : { element: `i:${at}` };
    if ("error" in named) return [...found, ...wrong(`element ${at}: ${named.error}`)];
    const { element } = named;
    if (seen.has(element) && !allowsDuplicates) {
      found.push(...wrong(`duplicate entries for key ${elementText(element)}`));
    }
    seen.add(element);
    found.push(...below(element, mistakes(item, list.element, allowsDuplicates)));
  }
  return found;
}

function scalarMistakes(value: unknown, scalar: Scalar): readonly Mistake[] {
  if (isScalar(value, scalar)) return [];
  switch (scalar) {
    case "numeric":
      return wrong(`expected numeric (int or float), got ${goType(value)}`);
    case "string":
      return wrong(`expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`);
    case "boolean":
      return wrong(`expected boolean, got &{${goText(value)}}`);
    case "untyped":
      return wrong(`expected any scalar, got &{${goText(value)}}`);
  }
}

/** Nothing and null are of every type. */
export function isScalar(value: unknown, scalar: Scalar): boolean {
  if (value === undefined || value === null) return true;
  const type = typeof value;
  if (scalar === "untyped") return type !== "object";
  return type === (scalar === "numeric" ? "number" : scalar);
}

/** Go's `%#v` of a decoded JSON value. */
function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (isList(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (!isFields(value)) return JSON.stringify(value);
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const parts = sorted.map(([field, part]) => `${JSON.stringify(field)}:${goSyntax(part)}`);
  return `map[string]interface {}{${parts.join(", ")}}`;
}
