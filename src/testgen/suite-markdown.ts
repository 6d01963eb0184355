import type { CoverageReport } from "../explore/coverage.ts";
import type { PathStep } from "../explore/path.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { timeText } from "../trace/timeline-text.ts";
import { countText, coverageTable, explorationText, missingText } from "./coverage-text.ts";
import { statusOf } from "./suite-text.ts";

/** A suite as a page. */
export function suiteMarkdown(name: string, { exploration, coverage, paths }: Suite): string {
  const missing = coverage.missing.length === 0 ? [] : [fenced(missingText(coverage.missing))];
  const parts = [
    `# ${name}`,
    explorationText(name, exploration),
    fenced(coverageTable(coverage)),
    ...missing,
    ...paths.map((path) => pathMarkdown(path, coverage)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function pathMarkdown(path: SuitePath, coverage: CoverageReport): string {
  const { id, description, covers, steps } = path;
  const rows = steps.map((step) => {
    const cells = [timeText(step.atMs), wordsOf(step), changesOf(step), statusOf(step)];
    return `| ${cells.map(escaped).join(" | ")} |`;
  });
  return [
    `## ${id}`,
    description,
    `Covers ${countText(covers.length, coverage)}.`,
    ["| at | what | changes | STATUS |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

/** A user's step, what was picked, else the delivery. */
function wordsOf({ did, choices, event, to }: PathStep): string {
  const picked = choices.map(({ name, about, picked: word }) => `${name} of ${about}: ${word}`);
  const words = [...(did === undefined ? [] : [did]), ...picked];
  return words.length > 0 ? words.join("; ") : `${event} to ${to}`;
}

function changesOf({ objects, deleted, events }: PathStep): string {
  return [
    ...objects.map(({ kind, metadata: { name } }) => `${kind} ${name}`),
    ...deleted.map((key) => `${key} is gone`),
    ...events.map(({ reason }) => `Event ${reason}`),
  ].join(", ");
}

function fenced(text: string): string {
  return ["```text", text, "```"].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
