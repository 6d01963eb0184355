import { beforeCreate, setObjectDefaults } from "../../../machines/apiserver/create.ts";
import { newInvalid } from "../../../machines/apiserver/invalid-status.ts";
import { decode } from "../../../src/manifest/decode.ts";
import { readYaml } from "../../../src/yaml/read.ts";

interface Input {
  readonly object: object;
}

/** What the API server answers to the creation of a pod in the namespace `default`. */
export function run({ object }: Input): unknown {
  const [node] = readYaml(JSON.stringify(object), "in", "1.1").documents;
  if (node === undefined) return { issues: "no document" };
  const decoded = decode({ file: "in", node, path: [] });
  if (!("object" in decoded)) return decoded;
  const { metadata } = decoded.object;
  const named = { ...decoded.object, metadata: { namespace: "default", ...metadata } };
  const created = beforeCreate(setObjectDefaults(named));
  return created.errors.length === 0
    ? { valid: true }
    : { valid: false, ...newInvalid(created.object, created.errors) };
}
