import type { CoverageReport } from "../explore/coverage.ts";
import type { PathStep } from "../explore/path.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { timeText } from "../trace/timeline-text.ts";
import { countText, coverageTable, explorationText, missingText } from "./coverage-text.ts";

/** A suite as somebody reads it: what it covers, then its paths step by step. */
export function suiteText(name: string, suite: Suite): string {
  const { exploration, coverage, paths } = suite;
  const steps = paths.reduce((sum, { moves }) => sum + moves.length, 0);
  const parts = [
    explorationText(name, exploration),
    coverageTable(coverage),
    ...(coverage.missing.length === 0 ? [] : [missingText(coverage.missing)]),
    `${paths.length} paths, ${steps} deliveries`,
    ...paths.map((path) => pathText(path, coverage)),
  ];
  return `${parts.join("\n\n")}\n`;
}

export function pathText(
  path: SuitePath,
  coverage: Pick<CoverageReport, "cover"> = { cover: "transitions" },
): string {
  const { id, description, covers, steps, endMs, endedBy } = path;
  const ends = endings[endedBy] ?? `the ${endedBy} is reached`;
  return [
    `${id}  ${description}`.trimEnd(),
    ...(covers.length === 0 ? [] : [`covers ${countText(covers.length, coverage)}`]),
    ...rowsOf(steps).map((line) => `  ${line}`),
    `  ${timeText(endMs)} ${ends}`,
  ].join("\n");
}

/** Why nothing is told after the last step. */
const endings: Readonly<Record<string, string>> = {
  quiet: "nothing is left to happen",
  moves: "these are all of its moves",
  violated: "here it is violated",
  threw: "here the property throws",
};

/** A line for each choice, step and change of a pod's STATUS, with the Events beside it. */
function rowsOf(steps: readonly PathStep[]): readonly string[] {
  let before = "";
  return steps.flatMap((step) => {
    const status = statusOf(step);
    const words = [
      ...(step.did === undefined ? [] : [step.did]),
      ...step.choices.map(({ name, about, picked }) => `${name} of ${about}: ${picked}`),
      ...step.events.map(({ reason, message }) => `${reason}: ${message}`),
      ...step.deleted.map((key) => `${key} is gone`),
    ];
    if (words.length === 0 && status === before) return [];
    const shown = status === before ? "" : status;
    before = status;
    const [first = "", ...others] = words;
    return [row(step.atMs, shown, first), ...others.map((word) => row(undefined, "", word))];
  });
}

function row(atMs: number | undefined, status: string, word: string): string {
  const time = atMs === undefined ? "" : timeText(atMs);
  return `${time.padEnd(9)} ${status.padEnd(20)} ${word}`.trimEnd();
}

/** The column STATUS, with the pods' names where there are several. */
export function statusOf({ facts }: PathStep): string {
  const pods = Object.entries(facts);
  if (pods.length === 1) return pods[0]?.[1].statusText ?? "";
  return pods
    .map(([key, { statusText }]) => `${key.replace(/^default\//, "")} ${statusText}`)
    .join(", ");
}
