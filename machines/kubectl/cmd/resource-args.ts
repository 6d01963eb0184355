import { failed, type Failure } from "./failure.ts";
import { categoryAll } from "./mapping.ts";

export interface Parsed {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tuples: readonly (readonly [string, string])[];
}

/** Builder.ResourceTypeOrNameArgs */
export function parseArgs(args: readonly string[]): Parsed | Failure {
  const words = spread(args);
  const slashes = words.filter((word) => word.includes("/")).length;
  if (slashes === 0) {
    const [types, ...names] = words;
    return { types: types === undefined ? [] : typesIn(types), names, tuples: [] };
  }
  if (slashes !== words.length) return failed(mixed);
  const tuples = words.map((word) => word.split("/"));
  for (const [type = "", name = "", more] of tuples) {
    if (more !== undefined) {
      return failed("arguments in resource/name form may not have more than one slash");
    }
    if (type === "" || name === "" || type.includes(",")) {
      return failed("arguments in resource/name form must have a single resource and name");
    }
  }
  const pairs = tuples.map(([type = "", name = ""]) => [type, name] as const);
  return { types: [], names: [], tuples: pairs };
}

const mixed =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

/** `a,b c` is `a/c b/c`. normalizeMultipleResourcesArgs */
function spread(args: readonly string[]): readonly string[] {
  const [first = "", ...names] = args;
  const types = [...new Set(first.split(","))];
  if (args.length < 2 || types.length < 2) return args;
  return types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

function typesIn(word: string): readonly string[] {
  const words = word.split(",").flatMap((one) => (one === "all" ? categoryAll : one));
  return [...new Set(words)];
}
