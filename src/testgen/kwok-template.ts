/** A text of a template, parts of which KWOK works out. */
export class GoText {
  readonly parts: readonly (string | GoExpression)[];

  constructor(parts: readonly (string | GoExpression)[]) {
    this.parts = parts;
  }
}

/** A number that KWOK works out. */
export class GoNumber {
  readonly expression: GoExpression;

  constructor(expression: GoExpression) {
    this.expression = expression;
  }
}

/** What stands between `{{` and `}}`: Go's text/template with the functions of sprig and KWOK. */
export interface GoExpression {
  readonly go: string;
}

export function go(expression: string): GoExpression {
  return { go: expression };
}

/** YAML in block form, as a template of KWOK. */
export function templateText(value: object): string {
  return `${linesOf(value).join("\n")}\n`;
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : value.flatMap(itemLines);
  if (!isMap(value)) return [scalarText(value)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ["{}"] : entries.flatMap(([key, one]) => entryLines(key, one));
}

function itemLines(value: unknown): readonly string[] {
  return linesOf(value).map((line, nth) => `${nth === 0 ? "- " : "  "}${line}`);
}

function entryLines(key: string, value: unknown): readonly string[] {
  const name = /^[$\w][\w./-]*$/.test(key) ? key : JSON.stringify(key);
  const lines = linesOf(value);
  const isBlock = (isMap(value) || Array.isArray(value)) && Object.keys(value).length > 0;
  if (!isBlock) return [`${name}: ${lines[0]}`];
  const pad = Array.isArray(value) ? "" : "  ";
  return [`${name}:`, ...lines.map((line) => `${pad}${line}`)];
}

function isMap(value: unknown): value is object {
  const isText = value instanceof GoText || value instanceof GoNumber;
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isText;
}

function scalarText(value: unknown): string {
  if (value instanceof GoNumber) return braced(value.expression);
  if (value instanceof GoText) return `"${value.parts.map(partText).join("")}"`;
  return typeof value === "string" ? `"${partText(value)}"` : String(value);
}

/** Between quotes; braces that are meant as such are an expression of their own. */
function partText(part: string | GoExpression): string {
  if (typeof part !== "string") return braced(part);
  return JSON.stringify(part).slice(1, -1).replaceAll("{{", '{{ "{{" }}');
}

function braced({ go: expression }: GoExpression): string {
  return `{{ ${expression} }}`;
}
