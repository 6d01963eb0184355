/** A place in a text; both counts start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a text that somebody wrote: where it is, what belongs there and what is there. */
export interface Issue extends Position {
  readonly file: string;
  /** The field, as `spec.containers[0].image`; empty for a whole document. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  /** What to do about it: `did you mean "pulling"?` */
  readonly hint?: string;
}

/** One line that an editor can jump to: `pod.yaml:3:7: spec.nodeName: expected …, got …`. */
export function formatIssue({ file, line, column, path, expected, got, hint }: Issue): string {
  const place = path === "" ? "" : `${path}: `;
  const advice = hint === undefined ? "" : `; ${hint}`;
  return `${file}:${line}:${column}: ${place}expected ${expected}, got ${got}${advice}`;
}

/** The order in which somebody reads the files from top to bottom. */
export function compareIssues(a: Issue, b: Issue): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** `["on", "image.pulled", 0]` as `on["image.pulled"][0]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    if (!plainKey.test(step)) return `${before}[${JSON.stringify(step)}]`;
    return before === "" ? step : `${before}.${step}`;
  }, "");
}

const plainKey = /^[\w$/-]+$/;
