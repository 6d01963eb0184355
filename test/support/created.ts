import { beforeCreate, type Created, setObjectDefaults } from "../../machines/apiserver/create.ts";
import { beforeUpdate, type Updated } from "../../machines/apiserver/update.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { AnyObject } from "../../machines/api/objects.ts";
import { newInvalid } from "../../machines/apiserver/invalid-status.ts";
import { decode } from "../../src/manifest/decode.ts";
import { apiKinds } from "../../src/manifest/schema/kinds.ts";
import { readYaml } from "../../src/yaml/read.ts";

/** What came of a POST in the namespace `default`; the server has given it that uid. */
export function createObject(object: object, uid = "u"): Created {
  return beforeCreate(readObject(object, uid));
}

/** What came of a PUT over an object in the namespace `default`. */
export function updateObject(object: object, old: object): Updated {
  return beforeUpdate(readObject(object), readObject(old));
}

/** With its defaults, as it is read from a request. */
function readObject(object: object, uid = "u"): AnyObject {
  const [node] = readYaml(JSON.stringify(object), "in", "1.1").documents;
  if (node === undefined) throw new Error("no document");
  const decoded = decode({ file: "in", node, path: [] }, apiKinds);
  if (!("object" in decoded)) throw new Error(JSON.stringify(decoded.issues));
  const { kind, object: sent } = decoded;
  const namespace = kind.isNamespaced ? { namespace: "default" } : {};
  const named: AnyObject = { ...sent, metadata: { ...namespace, uid, ...sent.metadata } };
  return setObjectDefaults(named);
}

/** As the API server has it once it is decoded; an object of no known kind stays as it is. */
export function readDefaulted(object: KubeObject): KubeObject {
  const defaulted = setObjectDefaults(object);
  return isWhole(defaulted) ? defaulted : object;
}

function isWhole(object: AnyObject): object is AnyObject & KubeObject {
  return object.kind !== undefined && object.metadata !== undefined;
}

/** The answer as the vectors word it. */
export function answerOf({ object, errors, warnings }: Created): object {
  const warned = warnings.length === 0 ? {} : { warnings };
  return errors.length === 0
    ? { valid: true, ...warned }
    : { valid: false, ...newInvalid(object, errors), ...warned };
}

/** The answer to a PUT. The diff that Kubernetes adds to one message is of Go's own structs. */
export function updateAnswerOf(updated: Updated): object {
  if ("refusal" in updated) return { valid: false, ...updated.refusal, causes: [] };
  const { object, errors, warnings } = updated;
  const warned = warnings.length === 0 ? {} : { warnings };
  const generation = object.metadata?.generation ?? 0;
  if (errors.length === 0) return { valid: true, generation, ...warned };
  const status = newInvalid(object, errors);
  const cut = /^[^]*(?: previously negative\)|for bound claims\n)/.exec(status.message);
  if (cut === null) return { valid: false, ...status };
  return { valid: false, ...status, message: cut[0], cutBeforeDiff: true };
}
