import { type Issue, pathText, type Position } from "../yaml/issue.ts";
import type { FieldPath } from "./model.ts";

/** One mistake of a chart, before it is said of which file. */
export interface Finding {
  readonly at: Position;
  readonly path: FieldPath;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string | undefined;
}

/** The finding as all issues are written. */
export function issueOf({ at, path, expected, got, hint }: Finding, file: string): Issue {
  const { line, column } = at;
  const issue = { file, line, column, path: pathText(path), expected, got };
  return hint === undefined ? issue : { ...issue, hint };
}
