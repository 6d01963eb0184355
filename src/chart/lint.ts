import { compareIssues, type Issue } from "../yaml/issue.ts";
import { textOf, valueAt, type YamlMap } from "../yaml/node.ts";
import { branchFindings } from "./branches.ts";
import { type Finding, issueOf } from "./finding.ts";
import { chartStates, type ChartState, withDescendants } from "./model.ts";
import { eventFindings, type Implementation, implementationFindings } from "./names.ts";
import { reachFindings } from "./reach.ts";
import { readChart } from "./read.ts";
import { shapeFindings } from "./shape.ts";
import { sourceFindings } from "./source.ts";
import { targetFindings } from "./targets.ts";

/** Every mistake of a chart, in the order of its text. */
export function lintChart(
  text: string,
  file: string,
  implementation?: Implementation,
): readonly Issue[] {
  const { chart, issues } = readChart(text, file);
  if (chart === undefined) return issues;
  const root = chartStates(chart.root);
  const findings = [
    ...schemaLineFindings(text),
    ...shapeFindings(chart.root),
    ...descriptionFindings(root),
    ...targetFindings(root),
    ...reachFindings(root),
    ...branchFindings(root),
    ...sourceFindings(root),
    ...eventFindings(root, eventsOf(chart.root)),
    ...(implementation === undefined ? [] : implementationFindings(root, implementation)),
  ];
  return [...issues, ...findings.map((one) => issueOf(one, file))].toSorted(compareIssues);
}

/** Editors complete and check a chart whose first line names the schema. */
function schemaLineFindings(text: string): readonly Finding[] {
  const [line = ""] = text.split("\n", 1);
  if (/^# yaml-language-server: \$schema=\S*\bchart\.schema\.json\s*$/.test(line)) return [];
  const expected = "the first line # yaml-language-server: $schema=…/chart.schema.json";
  return [{ at: { line: 1, column: 1 }, path: [], expected, got: JSON.stringify(line) }];
}

function descriptionFindings(root: ChartState): readonly Finding[] {
  return withDescendants(root).flatMap(({ at, path, parent, hasDescription }) => {
    if (parent === undefined || hasDescription) return [];
    const expected = "a description, the sentence that diagrams and pages show";
    return [{ at, path: [...path, "description"], expected, got: "nothing" }];
  });
}

function eventsOf(root: YamlMap): readonly string[] {
  const events = valueAt(root, "events");
  if (events?.kind !== "list") return [];
  return events.items.flatMap((item) => textOf(item) ?? []);
}
