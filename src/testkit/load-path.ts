import { readFileSync } from "node:fs";

import { readPathDocument } from "../testgen/path-document.ts";
import { formatIssue } from "../yaml/issue.ts";
import { type CoverOptions, pathOfLife, type SystemPath } from "./cover.ts";
import { systemOfText } from "./load-system.ts";

/** A life that `kubechart explore --out` has written down, as a path that a test can run. */
export function loadPath(
  file: string,
  options: Pick<CoverOptions, "callbackTimeoutMs"> = {},
): SystemPath {
  const read = readPathDocument(readFileSync(file, "utf8"));
  if ("mistake" in read) throw new Error(`${file}: ${read.mistake}`);
  const { document, moves } = read;
  const { system, issues } = systemOfText(document.system.file, document.system.text);
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  const path = pathOfLife(system, moves, options);
  if (path.id === document.id) return path;
  throw new Error(`${file}: this is not the life ${document.id}: the charts have changed since`);
}
