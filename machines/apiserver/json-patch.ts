import { added, edited, got, lookedUp, removed } from "./json-patch-document.ts";
import { replacedAt } from "./json-patch-list.ts";
import { type Fields, isFields, isList, type Patched } from "./patch-value.ts";

/**
 * RFC 6902 as the API server applies it: negative indices count from the end, `replace` of a field
 * that is not there adds it, an absent value is null. Nothing is applied when an operation fails.
 * gopkg.in/evanphx/json-patch.v4 patch.go Patch.Apply
 */
export function jsonPatch(object: unknown, patch: unknown): Patched {
  if (patch === null) return { result: object };
  if (!isList(patch)) return { error: notOperations(patch, "jsonpatch.Patch") };
  let result = object;
  for (const operation of patch) {
    if (!isFields(operation)) return { error: notOperations(operation, "jsonpatch.Operation") };
    const done = apply(result, operation);
    if ("error" in done) return done;
    result = done.result;
  }
  return { result };
}

function notOperations(value: unknown, wanted: string): string {
  const kind = isFields(value) ? "object" : isList(value) ? "array" : typeof value;
  const type = kind === "boolean" ? "bool" : kind;
  return `json: cannot unmarshal ${type} into Go value of type ${wanted}`;
}

function apply(document: unknown, operation: Fields): Patched {
  const { op } = operation;
  switch (op) {
    case "add":
      return add(document, operation);
    case "remove":
      return remove(document, operation);
    case "replace":
      return replace(document, operation);
    case "move":
      return move(document, operation);
    case "test":
      return test(document, operation);
    case "copy":
      return copy(document, operation);
    default:
      return { error: `Unexpected kind: ${typeof op === "string" ? op : "unknown"}` };
  }
}

function add(document: unknown, { path, value = null }: Fields): Patched {
  if (typeof path !== "string") {
    return { error: "add operation failed to decode path: missing value" };
  }
  return (
    edited(document, path, (container, key) =>
      wrapped(`error in add for path: '${path}'`, added(container, key, value)),
    ) ?? { error: `add operation does not apply: doc is missing path: "${path}": missing value` }
  );
}

function remove(document: unknown, { path }: Fields): Patched {
  if (typeof path !== "string") {
    return { error: "remove operation failed to decode path: missing value" };
  }
  return (
    edited(document, path, (container, key) =>
      wrapped(`error in remove for path: '${path}'`, removed(container, key)),
    ) ?? { error: `remove operation does not apply: doc is missing path: "${path}": missing value` }
  );
}

function replace(document: unknown, { path, value = null }: Fields): Patched {
  if (typeof path !== "string") return { error: undecoded("replace", "path") };
  if (path === "") {
    if (isFields(value) || isList(value)) return { result: value };
    return { error: "replace operation value must be object or array: %!w(<nil>)" };
  }
  const missing = `replace operation does not apply: doc is missing`;
  return (
    edited(document, path, (container, key) => {
      if ("error" in got(container, key)) {
        return { error: `${missing} key: ${path}: missing value` };
      }
      return isList(container) ? replacedAt(container, key, value) : added(container, key, value);
    }) ?? { error: `${missing} path: ${path}: missing value` }
  );
}

function move(document: unknown, { from, path }: Fields): Patched {
  if (typeof from !== "string") return { error: undecoded("move", "from") };
  const moved: { value: unknown } = { value: null };
  const left = edited(document, from, (container, key) => {
    const found = got(container, key);
    if ("error" in found) return wrapped(`error in move for path: '${key}'`, found);
    moved.value = found.result ?? null;
    return wrapped(`error in move for path: '${key}'`, removed(container, key));
  });
  if (left === undefined) {
    return {
      error: `move operation does not apply: doc is missing from path: ${from}: missing value`,
    };
  }
  if ("error" in left) return left;
  if (typeof path !== "string") return { error: undecoded("move", "path") };
  return (
    edited(left.result, path, (container, key) =>
      wrapped(`error in move for path: '${path}'`, added(container, key, moved.value)),
    ) ?? { error: missingDestination("move", path) }
  );
}

function copy(document: unknown, { from, path }: Fields): Patched {
  if (typeof from !== "string") return { error: undecoded("copy", "from") };
  const found = lookedUp(document, from);
  if (found === undefined) {
    return {
      error: `copy operation does not apply: doc is missing from path: ${from}: missing value`,
    };
  }
  if ("error" in found) return wrapped(`error in copy for from: '${from}'`, found);
  if (typeof path !== "string") {
    return { error: "copy operation failed to decode path: missing value" };
  }
  const value = found.result ?? null;
  return (
    edited(document, path, (container, key) =>
      wrapped("error while adding value during copy", added(container, key, value)),
    ) ?? { error: missingDestination("copy", path) }
  );
}

function missingDestination(op: string, path: string): string {
  return `${op} operation does not apply: doc is missing destination path: ${path}: missing value`;
}

/** A missing field equals null. */
function test(document: unknown, { path, value = null }: Fields): Patched {
  if (typeof path !== "string") return { error: undecoded("test", "path") };
  const found = path === "" ? { result: document } : lookedUp(document, path);
  if (found === undefined) {
    return { error: `test operation does not apply: is missing path: ${path}: missing value` };
  }
  if ("error" in found) return wrapped(`error in test for path: '${path}'`, found);
  const isSame = isEqual(found.result ?? null, value);
  return isSame ? { result: document } : { error: `testing value ${path} failed: test failed` };
}

function undecoded(op: string, field: "path" | "from"): string {
  const missing =
    field === "path" ? "operation missing path field" : "operation, missing from field";
  return `${op} operation failed to decode ${field}: ${missing}: missing value`;
}

function wrapped(context: string, patched: Patched): Patched {
  return "error" in patched ? { error: `${context}: ${patched.error}` } : patched;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((one, index) => isEqual(one, b[index]));
  }
  if (!isFields(a) || !isFields(b)) return a === b;
  const fields = Object.keys(a);
  if (fields.length !== Object.keys(b).length) return false;
  return fields.every((field) => Object.hasOwn(b, field) && isEqual(a[field], b[field]));
}
