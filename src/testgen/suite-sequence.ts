import { bundled, compositionOutline } from "../diagram/composition.ts";
import { mermaid } from "../diagram/mermaid.ts";
import { mermaidSequence, outside, type SequenceMessage } from "../diagram/sequence.ts";
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
  return mermaidSequence(messagesOf(steps));
}

/** Who sends what to whom on any of the paths: machines, not each of their actors. */
export function suiteComposition({ paths }: Suite): string {
  const steps = paths.flatMap((path) => path.steps);
  const tellings = steps.map(({ from, to, did, event }) => {
    return { from: nameOf(from), to: nameOf(to), event: did ?? event ?? "" };
  });
  return mermaid(bundled(compositionOutline(tellings, { id: "suite" })));
}

function messagesOf(steps: readonly PathStep[]): readonly SequenceMessage[] {
  let before = "";
  return steps.map((step) => {
    const status = statusOf(step);
    const notes = [...notesOf(step), ...(status === before || status === "" ? [] : [status])];
    before = status;
    const text = `${timeText(step.atMs)} ${step.did ?? step.event ?? ""}`;
    return { from: nameOf(step.from), to: nameOf(step.to), text, notes };
  });
}

/** `apiserver` of `apiserver/`, which has no subject. */
function nameOf(address: string | undefined): string {
  return address?.replace(/\/$/, "") ?? outside;
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
