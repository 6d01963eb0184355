import { escaped } from "../diagram/mermaid.ts";
import type { PathStep } from "../explore/path.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { timeText } from "../trace/timeline-text.ts";
import { countText, explorationText } from "./coverage-text.ts";
import { statusOf } from "./suite-text.ts";

/** A page with a Mermaid `sequenceDiagram` of each path. */
export function suiteSequences(name: string, { exploration, coverage, paths }: Suite): string {
  const parts = [
    `# ${name}`,
    explorationText(name, exploration),
    `${paths.length} paths that take ${countText(coverage.covered.length, coverage)} of its charts.`,
    ...paths.map((path) => `## ${path.id}\n\n${path.description}\n\n${fenced(sequence(path))}`),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Who delivers what to whom, and when; what comes of it stands in notes over the receiver. */
export function sequence({ steps }: Pick<SuitePath, "steps">): string {
  const names = [...new Set(steps.flatMap((step) => [senderOf(step), receiverOf(step)]))];
  const ids = new Map(names.map((name, at) => [name, `p${at + 1}`]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  let before = "";
  const lines = steps.flatMap((step) => {
    const status = statusOf(step);
    const notes = [...notesOf(step), ...(status === before || status === "" ? [] : [status])];
    before = status;
    return stepLines(step, notes, idOf);
  });
  const participants = names.map((name) => {
    const word = name === outside ? "actor" : "participant";
    return `${word} ${idOf(name)} as ${escaped(name)}`;
  });
  return ["sequenceDiagram", ...[...participants, ...lines].map((line) => `  ${line}`)].join("\n");
}

/** Users and faults, and the watches by which a component learns what is new. */
const outside = "outside";

function senderOf({ from }: PathStep): string {
  return from === undefined ? outside : nameOf(from);
}

/** Of a step nobody but the one who takes it. */
function receiverOf({ to }: PathStep): string {
  return to === undefined ? outside : nameOf(to);
}

/** `apiserver` of `apiserver/`, which has no subject. */
function nameOf(address: string): string {
  return address.replace(/\/$/, "");
}

function stepLines(
  step: PathStep,
  notes: readonly string[],
  idOf: (name: string) => string,
): readonly string[] {
  const [from, to] = [idOf(senderOf(step)), idOf(receiverOf(step))];
  const note = notes.map(escaped).join("<br/>");
  const time = timeText(step.atMs);
  const word = escaped(step.did ?? step.event ?? "");
  return [`${from}->>${to}: ${time} ${word}`, ...(note === "" ? [] : [`Note over ${to}: ${note}`])];
}

function notesOf({ choices, objects, deleted, events }: PathStep): readonly string[] {
  return [
    ...choices.map(({ name, about, picked }) => `${name} of ${about}: ${picked}`),
    ...objects.map(({ kind, metadata: { name } }) => `${kind} ${name} is written`),
    ...events.map(({ reason }) => `Event ${reason}`),
    ...deleted.map((key) => `${key} is gone`),
  ];
}

function fenced(text: string): string {
  return ["```mermaid", text, "```"].join("\n");
}
