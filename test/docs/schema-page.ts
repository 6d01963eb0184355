import { code, generatedBy, page, table } from "./markdown.ts";

/** The part of JSON Schema that the shipped schemas use. */
interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The files that package.json ships, by the name of their page. */
function schemaFiles(read: Read): readonly (readonly [name: string, file: string])[] {
  const { exports }: { exports: Readonly<Record<string, unknown>> } = JSON.parse(
    read("package.json"),
  );
  return Object.entries(exports).flatMap(([entry, file]) => {
    const [, name] = /^\.\/(.+)\.schema\.json$/.exec(entry) ?? [];
    return name === undefined ? [] : [[name, String(file).replace("./", "")] as const];
  });
}

type Read = (path: string) => string;

/** docs/schemas/README.md */
export function schemaIndex(read: Read): string {
  const rows = schemaFiles(read).map(([name, file]) => {
    const { title = name, description = "" }: Schema = JSON.parse(read(file));
    const entry = file.split("/").at(-1) ?? "";
    return [`[${title}](${name}.md)`, description, code(`kubechart/${entry}`)];
  });
  return page(
    generatedBy("npm run docs"),
    "# The forms of the files",
    "Each form has a JSON Schema, which the package ships; editors complete such a file when it begins with `# yaml-language-server: $schema=` and the path of the schema.",
    table(["form", "what it holds", "schema"], rows),
  );
}

/** docs/schemas/<name>.md */
export function schemaPages(read: Read): readonly (readonly [string, string])[] {
  return schemaFiles(read).map(([name, file]) => {
    const schema: Schema = JSON.parse(read(file));
    return [`docs/schemas/${name}.md`, schemaPage(schema, file)] as const;
  });
}

function schemaPage(schema: Schema, file: string): string {
  const { title = "", description = "", definitions = {} } = schema;
  return page(
    generatedBy("npm run docs"),
    `# ${title}`,
    description,
    `Schema: [${file}](../../${file}). A field in bold must be given.`,
    fieldTable(schema),
    ...Object.entries(definitions).flatMap(([name, definition]) => {
      const rows = fieldsOf(definition, "");
      const about = definition.description ?? typeText(definition);
      return [`## ${name}`, rows.length === 0 ? about : `${about}\n\n${fieldTable(definition)}`];
    }),
  );
}

function fieldTable(schema: Schema): string {
  return table(["field", "is", "what it says"], fieldsOf(schema, ""));
}

/** A row for each field, those inside of it below it. */
function fieldsOf(schema: Schema, above: string): readonly (readonly string[])[] {
  const { properties = {}, required = [] } = schema;
  const own = Object.entries(properties).flatMap(([key, field]) => {
    const path = above === "" ? key : `${above}.${key}`;
    const name = required.includes(key) ? `**${code(path)}**` : code(path);
    return [[name, typeText(field), meaningOf(field)], ...insideOf(field, path)];
  });
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return [...own, ...alternatives.flatMap((one) => fieldsOf(one, above))];
}

function insideOf(field: Schema, path: string): readonly (readonly string[])[] {
  const { items, additionalProperties } = field;
  const values = typeof additionalProperties === "object" ? additionalProperties : undefined;
  return [
    ...fieldsOf(field, path),
    ...(items === undefined ? [] : insideOf(items, `${path}[]`)),
    ...(values === undefined ? [] : insideOf(values, `${path}.<name>`)),
  ];
}

function meaningOf({ description = "", oneOf = [], anyOf = [] }: Schema): string {
  const words = [...oneOf, ...anyOf].flatMap((one) =>
    one.const === undefined ? [] : [`${code(String(one.const))}: ${one.description ?? ""}`],
  );
  return [description, ...words].filter((one) => one !== "").join("<br>");
}

function typeText(schema: Schema): string {
  const { type, items, $ref, enum: words, oneOf, anyOf, allOf, minimum } = schema;
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (words !== undefined) return words.map((word) => code(JSON.stringify(word))).join(", ");
  if ($ref !== undefined) return refText($ref);
  if (items !== undefined) return `list of ${typeText(items)}`;
  const alternatives = oneOf ?? anyOf ?? allOf;
  if (alternatives !== undefined) return alternativesText(alternatives);
  const name = Array.isArray(type) ? type.join(" or ") : String(type ?? "anything");
  return minimum === undefined ? name : `${name} from ${minimum}`;
}

function alternativesText(alternatives: readonly Schema[]): string {
  if (alternatives.every((one) => one.const !== undefined)) return "one of these words";
  return [...new Set(alternatives.map(typeText))].join(" or ");
}

/** `#/definitions/state` is a section of the same page. */
function refText(ref: string): string {
  const name = ref.split("/").at(-1) ?? "";
  if (ref === "#") return "the same again";
  return `[${name}](#${name.toLowerCase()})`;
}
