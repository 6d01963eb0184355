import { sortedPairs } from "./labels.ts";
import { alignTabs } from "./tab-writer.ts";
import { escapeTerminal } from "./table-layout.ts";
import { formatRFC1123Z, parseTime } from "./time.ts";

/** A line of a description, two blanks further in by level; its tabs become columns in the end. */
export function line(level: number, text: string): string {
  return `${"  ".repeat(level)}${text}\n`;
}

/** Several values under one title, or `<none>`; printLabelsMultiline. */
export function multiline(title: string, values: readonly string[]): string {
  const shown = values.length === 0 ? ["<none>"] : values;
  return shown.map((value, at) => `${at === 0 ? `${title}:` : ""}\t${value}\n`).join("");
}

/** `key=value` of each, sorted by key. */
export function pairTexts(map: Readonly<Record<string, string>> | undefined): readonly string[] {
  return sortedPairs(map).map(([key, value]) => `${key}=${value}`);
}

/** Annotations line by line; a long one takes lines of its own; printAnnotationsMultiline. */
export function annotationLines(
  annotations: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  return sortedPairs(annotations).flatMap(([key, text]) => {
    if (key === lastAppliedConfigAnnotation) return [];
    const value = text.endsWith("\n") ? text.slice(0, -1) : text;
    const isShort = byteLength(value) + byteLength(key) + 2 <= maxAnnotationBytes;
    if (isShort && !value.includes("\n")) return [`${key}: ${value}`];
    const parts = value.split("\n").map((part) => `  ${shorten(part, maxAnnotationBytes - 2)}`);
    return [`${key}:`, ...parts];
  });
}

const lastAppliedConfigAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** The finished text; kubectl/pkg/describe tabbedString. */
export function tabbedString(text: string): string {
  return alignTabs(escapeTerminal(text), { minWidth: 0, padding: 2 }).text;
}

/** A moment, which is the year 1 where the object has none. */
export function timeText(timestamp: string | null | undefined): string {
  return formatRFC1123Z(parseTime(timestamp || "0001-01-01T00:00:00Z"));
}

/** The longest line that an annotation or attribute may take; maxAnnotationLen. */
export const maxAnnotationBytes = 140;

/** A text cut to so many bytes; `...` says so. */
export function shorten(text: string, maxBytes: number): string {
  return byteLength(text) > maxBytes ? `${firstBytes(text, maxBytes)}...` : text;
}

/** Go's len: bytes of UTF-8. */
function byteLength(text: string): number {
  return [...text].reduce((sum, character) => sum + bytesOf(character), 0);
}

function firstBytes(text: string, maxBytes: number): string {
  let [end, bytes] = [0, 0];
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
