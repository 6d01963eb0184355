import type { Issue } from "../yaml/issue.ts";
import { describeNode, textOf, valueAt, type YamlMap, type YamlNode } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";

/** A text that is one map with an `id`; whether it is a good chart is the linter's question. */
export interface ChartText {
  readonly id: string;
  readonly root: YamlMap;
}

/** The chart of a text, unless it is too broken to be one; and what is wrong with its YAML. */
export function readChart(
  text: string,
  file: string,
): { readonly chart?: ChartText; readonly issues: readonly Issue[] } {
  const { documents, issues, isWellFormed } = readYaml(text, file);
  if (!isWellFormed) return { issues };
  const root = documents[0];
  if (root?.kind !== "map" || documents.length !== 1) {
    const extra = documents[1];
    const got = extra === undefined ? describeNode(root) : `${documents.length} documents`;
    const { line, column } = extra ?? root ?? { line: 1, column: 1 };
    const issue = { file, line, column, path: "", expected: "one chart, a map of fields", got };
    return { issues: [...issues, issue] };
  }
  const id = chartId(root);
  if (id !== undefined) return { chart: { id, root }, issues };
  const at: YamlNode = valueAt(root, "id") ?? root;
  const expected = "a word of letters and digits, the name of the machine";
  const got = describeNode(valueAt(root, "id"));
  return {
    issues: [...issues, { file, line: at.line, column: at.column, path: "id", expected, got }],
  };
}

function chartId(root: YamlMap): string | undefined {
  const id = textOf(valueAt(root, "id"));
  return id !== undefined && /^[A-Za-z]\w*$/.test(id) ? id : undefined;
}
