import { isConfigMapKey } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { failed, type Failure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";

/** Values of `--from-literal` and `--from-file`. */
export function configData(
  call: Invocation,
  name: string,
  kind: "ConfigMap" | "Secret",
): Readonly<Record<string, string>> | Failure {
  const [files, literals] = [call.list("from-file"), call.list("from-literal")];
  const env = call.list("from-env-file");
  if (env.length > 0 && (files.length > 0 || literals.length > 0)) {
    return failed("from-env-file cannot be combined with from-file or from-literal");
  }
  const data = new Map<string, string>();
  for (const literal of literals) {
    const at = literal.indexOf("=");
    if (at <= 0) return failed(`invalid literal source ${literal}, expected key=value`);
    const mistake = keyMistake(literal.slice(0, at), data, name, kind);
    if (mistake !== undefined) return mistake;
    data.set(literal.slice(0, at), literal.slice(at + 1));
  }
  for (const file of files) {
    const wrong = addFile(call, file, data, name, kind);
    if (wrong !== undefined) return wrong;
  }
  for (const file of env) {
    const text = call.around.file(file);
    if (text === undefined) return failed(`error reading ${file}: no such file or directory`);
    for (const line of text.split("\n").filter((one) => /^[^#\s]/.test(one))) {
      const at = line.indexOf("=");
      data.set(at < 0 ? line : line.slice(0, at), at < 0 ? "" : line.slice(at + 1));
    }
  }
  return Object.fromEntries(data);
}

/** kubectl/pkg/util/hash ParseFileSource */
function addFile(
  call: Invocation,
  source: string,
  data: Map<string, string>,
  name: string,
  kind: "ConfigMap" | "Secret",
): Failure | undefined {
  const parts = source.split("=");
  const [key = "", path = key] = parts;
  if (parts.length > 2) return failed("key names or file paths cannot contain '='");
  if (parts.length === 2 && key === "") return failed(`key name for file path ${path} missing`);
  if (parts.length === 2 && path === "") return failed(`file path for key name ${key} missing`);
  const text = call.around.file(path);
  if (text === undefined) return failed(`error reading ${path}: no such file or directory`);
  const own = parts.length === 2 ? key : path.slice(path.lastIndexOf("/") + 1);
  const mistake = keyMistake(own, data, name, kind);
  if (mistake === undefined) data.set(own, text);
  return mistake;
}

function keyMistake(
  key: string,
  data: ReadonlyMap<string, string>,
  name: string,
  kind: "ConfigMap" | "Secret",
): Failure | undefined {
  const errors = isConfigMapKey(key);
  if (kind === "ConfigMap") {
    if (errors.length > 0) {
      return failed(`${quote(key)} is not a valid key name for a ConfigMap: ${errors.join(",")}`);
    }
    const where = `already exists in Data for ConfigMap ${quote(name)}`;
    return data.has(key)
      ? failed(`cannot add key ${quote(key)}, another key by that name ${where}`)
      : undefined;
  }
  if (errors.length > 0) {
    return failed(`${quote(key)} is not valid key name for a Secret ${errors.join(";")}`);
  }
  return data.has(key)
    ? failed(`cannot add key ${key}, another key by that name already exists`)
    : undefined;
}
