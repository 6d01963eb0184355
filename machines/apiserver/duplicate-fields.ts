/**
 * The fields that a JSON text says twice, each once, as `metadata.name` or `items[0].a`; of a text
 * that is no JSON as far as it is. sigs.k8s.io/json UnmarshalStrict
 */
export function duplicateFields(json: string): readonly string[] {
  const found = new Set<string>();
  const open: Container[] = [];
  let word: string | undefined;
  for (const [token] of json.matchAll(tokens)) {
    const inner = open.at(-1);
    switch (token) {
      case "{":
        open.push({ path: pathIn(inner), keys: new Set(), key: undefined, index: -1 });
        break;
      case "[":
        open.push({ path: pathIn(inner), keys: undefined, key: undefined, index: 0 });
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        if (inner?.keys === undefined && inner !== undefined) inner.index += 1;
        break;
      case ":":
        if (inner !== undefined && word !== undefined) said(inner, word, found);
        break;
      default:
        word = token.startsWith('"') ? textOf(token) : undefined;
    }
  }
  return [...found];
}

/** An object or a list that is being read. */
interface Container {
  readonly path: string;
  /** Undefined of a list. */
  readonly keys: Set<string> | undefined;
  key: string | undefined;
  index: number;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function said(object: Container, key: string, found: Set<string>): void {
  object.key = key;
  if (object.keys?.has(key) === true) found.add(pathIn(object));
  object.keys?.add(key);
}

function pathIn(container: Container | undefined): string {
  if (container === undefined) return "";
  const { path, keys, key = "", index } = container;
  if (keys === undefined) return `${path}[${index}]`;
  return path === "" ? key : `${path}.${key}`;
}

function textOf(token: string): string {
  const value: unknown = JSON.parse(token);
  return typeof value === "string" ? value : token;
}
