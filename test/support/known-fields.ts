import { fieldsOf, unmarked } from "../../src/manifest/schema/kinds.ts";

/** The first name of a path that a kind does not have; undefined where it has all. */
export function unknownField(kind: string, path: readonly string[]): string | undefined {
  let struct = kind;
  for (const name of path) {
    const type = fieldsOf(struct)?.get(name);
    if (type === undefined) return name;
    struct = unmarked(type).replace(/^(\[\]|\{\})+/, "");
  }
  return undefined;
}
