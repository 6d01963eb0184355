import { setObjectDefaults } from "../../../machines/apiserver/create.ts";
import { decode } from "../../../src/manifest/decode.ts";
import { apiKinds } from "../../../src/manifest/schema/kinds.ts";
import { encode } from "../../../src/manifest/write.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import { withoutEmptyStructs } from "../../support/empty-structs.ts";

interface Input {
  readonly object: object;
}

/** What decoding and the scheme's defaults make of an object. */
export function run({ object }: Input): unknown {
  const [node] = readYaml(JSON.stringify(object), "in", "1.1").documents;
  if (node === undefined) return { issues: "no document" };
  const decoded = decode({ file: "in", node, path: [] }, apiKinds);
  if (!("object" in decoded)) return decoded;
  return { object: withoutEmptyStructs(encode(setObjectDefaults(decoded.object))) };
}
