import {
  type AnyObject,
  beforeCreate,
  type Created,
  setObjectDefaults,
} from "../../machines/apiserver/create.ts";
import { newInvalid } from "../../machines/apiserver/invalid-status.ts";
import { decode } from "../../src/manifest/decode.ts";
import { readYaml } from "../../src/yaml/read.ts";

/** What came of a POST in the namespace `default`. */
export function createObject(object: object): Created {
  const [node] = readYaml(JSON.stringify(object), "in", "1.1").documents;
  if (node === undefined) throw new Error("no document");
  const decoded = decode({ file: "in", node, path: [] });
  if (!("object" in decoded)) throw new Error(JSON.stringify(decoded.issues));
  const { kind, object: sent } = decoded;
  const namespace = kind.isNamespaced ? { namespace: "default" } : {};
  const named: AnyObject = { ...sent, metadata: { ...namespace, ...sent.metadata } };
  return beforeCreate(setObjectDefaults(named));
}

/** The answer as the vectors word it. */
export function answerOf({ object, errors, warnings }: Created): object {
  const warned = warnings.length === 0 ? {} : { warnings };
  return errors.length === 0
    ? { valid: true, ...warned }
    : { valid: false, ...newInvalid(object, errors), ...warned };
}
