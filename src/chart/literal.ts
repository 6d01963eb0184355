import type { JsonValue } from "../yaml/node.ts";

/** A JSON value as TypeScript; the same value always gives the same text. */
export function literal(value: JsonValue, indent = 0, before = 0): string {
  const inOneLine = compact(value);
  if (indent + before + inOneLine.length < lineWidth) return inOneLine;
  if (typeof value !== "object" || value === null) return inOneLine;
  const inner = " ".repeat(indent + indentWidth);
  const [open, close, rows] = Array.isArray(value)
    ? ["[", "]", value.map((item: JsonValue) => literal(item, indent + indentWidth))]
    : ["{", "}", Object.entries(value).map(([key, field]) => property(key, field, indent))];
  const lines = rows.map((row) => `${inner}${row},\n`);
  return `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
}

const lineWidth = 100;
const indentWidth = 2;

function property(key: string, value: JsonValue, indent: number): string {
  const name = `${keyText(key)}: `;
  return name + literal(value, indent + indentWidth, name.length);
}

function compact(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(compact).join(", ")}]`;
  const fields = Object.entries(value).map(([key, field]) => `${keyText(key)}: ${compact(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
