import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes `machines/controllers/deployment/pod-template-fields*.ts`, the fields of a pod template in
 * the order of Kubernetes' Go types:
 * `node dist/test/support/go-fields-from-go.js <folder of the k8s.io modules> <their version>`.
 */
function main(modules: string, version: string): void {
  const read = (path: string): string => readFileSync(`${modules}/${path}`, "utf8");
  const structs = new Map([
    ...structsOf(read(`apimachinery@${version}/pkg/apis/meta/v1/types.go`)),
    ...structsOf(read(`api@${version}/core/v1/types.go`)),
  ]);
  const volumes = reachable("Volume", structs, new Set());
  const others = reachable("PodTemplateSpec", structs, new Set(volumes.map(({ name }) => name)));
  write("pod-template-fields", "podTemplateFields", "A pod template", others);
  write("pod-template-fields-volumes", "volumeFields", "Its volumes", volumes);
}

interface Field {
  readonly go: string;
  /** Absent where the fields of the struct are written as if they were its own. */
  readonly json?: string;
  readonly type: string;
}

interface Struct {
  readonly name: string;
  readonly fields: readonly Field[];
}

function structsOf(source: string): ReadonlyMap<string, Struct> {
  const found = new Map<string, Struct>();
  for (const [, name = "", body = ""] of source.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)) {
    const lines = [...body.matchAll(/^\s*(?:(\w+)\s+)?([\w.[\]*]+)\s+`[^`]*json:"([^"]*)"/gm)];
    const fields = lines.map(([, field = "", type = "", tag = ""]): Field => {
      const [json = "", ...flags] = tag.split(",");
      const plain = type.replaceAll("metav1.", "");
      const go = field === "" ? plain.replace(/^.*[.*]/, "") : field;
      return flags.includes("inline") ? { go, type: plain } : { go, json, type: plain };
    });
    found.set(name, { name, fields });
  }
  return found;
}

function reachable(
  name: string,
  structs: ReadonlyMap<string, Struct>,
  taken: Set<string>,
): readonly Struct[] {
  const struct = structs.get(name);
  if (struct === undefined || taken.has(name) || byHand.has(name)) return [];
  taken.add(name);
  const types = struct.fields.map(({ type }) => type.replace(/^.*[\]*]/, ""));
  return [struct, ...types.flatMap((type) => reachable(type, structs, taken))];
}

/** Those that their reader dumps by rules of their own. */
const byHand = new Set(["Time", "FieldsV1"]);

function write(file: string, name: string, about: string, structs: readonly Struct[]): void {
  const lines = structs.flatMap(({ name: struct, fields }) => {
    return wrapped([struct, ...fields.map(fieldText)]);
  });
  writeFileSync(
    `machines/controllers/deployment/${file}.ts`,
    `/** ${about}, as in Go v1.35.4; written by test/support/go-fields-from-go.ts. */
export const ${name} = \`
${lines.join("\n")}
\`;
`,
  );
}

/** \`name:string\`, \`TTY=tty:bool\`, and \`+VolumeSource\` for what is inline. */
function fieldText({ go, json, type }: Field): string {
  if (json === undefined) return `+${go}`;
  const usual = go.charAt(0).toLowerCase() + go.slice(1);
  return json === usual ? `${json}:${type}` : `${go}=${json}:${type}`;
}

function wrapped(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < lineWidth) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(line === undefined ? word : `  ${word}`);
  }
  return lines;
}

const lineWidth = 99;

main(process.argv[2] ?? "", process.argv[3] ?? "");
