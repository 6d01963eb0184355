import { elementAt, insertedAt, replacedAt, withoutElement } from "./json-patch-list.ts";
import { type Fields, isFields, isList, type List, type Patched } from "./patch-value.ts";

type Container = Fields | List;

/** The document with another container at the path's end; undefined when there is none. */
export function edited(
  document: unknown,
  path: string,
  change: (container: Container, key: string) => Patched,
): Patched | undefined {
  const [, ...keys] = path.split("/").map(decodePatchKey);
  return keys.length === 0 ? undefined : editedAt(document, keys, change);
}

function editedAt(
  document: unknown,
  [key = "", ...rest]: readonly string[],
  change: (container: Container, key: string) => Patched,
): Patched | undefined {
  if (!isContainer(document)) return undefined;
  if (rest.length === 0) return change(document, key);
  const part = got(document, key);
  if ("error" in part) return undefined;
  const inner = editedAt(part.result, rest, change);
  if (inner === undefined || "error" in inner) return inner;
  return isList(document)
    ? replacedAt(document, key, inner.result)
    : added(document, key, inner.result);
}

/** What is at the path; undefined when there is no container for it. */
export function lookedUp(document: unknown, path: string): Patched | undefined {
  const [, ...keys] = path.split("/").map(decodePatchKey);
  const last = keys.pop();
  let at = document;
  for (const key of keys) {
    const part = isContainer(at) ? got(at, key) : undefined;
    if (part === undefined || "error" in part) return undefined;
    at = part.result;
  }
  return last !== undefined && isContainer(at) ? got(at, last) : undefined;
}

function isContainer(value: unknown): value is Container {
  return isFields(value) || isList(value);
}

/** A field that is not there is undefined. */
export function got(container: Container, key: string): Patched {
  return isList(container) ? elementAt(container, key) : { result: container[key] };
}

/** The container with one field or element more. */
export function added(container: Container, key: string, value: unknown): Patched {
  return isList(container)
    ? insertedAt(container, key, value)
    : { result: { ...container, [key]: value } };
}

/** The container without a field or element. */
export function removed(container: Container, key: string): Patched {
  if (isList(container)) return withoutElement(container, key);
  if (!Object.hasOwn(container, key)) {
    return { error: `Unable to remove nonexistent key: ${key}: missing value` };
  }
  const { [key]: _, ...kept } = container;
  return { result: kept };
}

/** rfc6901: `~1` is a slash and `~0` a tilde. */
function decodePatchKey(key: string): string {
  return key.replaceAll(/~[01]/g, (escape) => (escape === "~1" ? "/" : "~"));
}
