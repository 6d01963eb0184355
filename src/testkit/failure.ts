import { timeText } from "../trace/timeline-text.ts";
import { movesText, parseMoves } from "../testgen/moves-text.ts";
import type { FlatEvent, StateMeta } from "./flat-machine.ts";

/** One step of a path that somebody's test went through. */
export interface ToldStep {
  readonly key: string;
  readonly meta: StateMeta;
  readonly event: FlatEvent;
}

/**
 * What a failing path prints: where, what was expected there, what decides about the path, the
 * shortest part of it that fails, and the line that tells this part again.
 */
export function failureText(
  said: string,
  replayed: string,
  steps: readonly ToldStep[],
  failed: number,
): string {
  const prefix = steps.slice(0, failed + 1);
  const last = prefix.at(-1);
  const at = last === undefined ? "" : `, at ${timeText(last.meta.atMs)}, in "${last.key}"`;
  const facts = Object.entries(last?.meta.facts ?? {}).map(([pod, told]) => {
    return `  expected of ${pod}: ${JSON.stringify(told)}`;
  });
  return [
    `step ${failed} of ${steps.length - 1}${at}: ${said}`,
    ...(facts.length === 0 ? ["  expected: no pod"] : facts),
    `  choices (no seed: they are all that decides): ${choicesText(prefix)}`,
    `  shortest failing prefix: ${prefixText(prefix)}`,
    `  replay: kubechart replay ${replayed} --moves '${movesOf(prefix)}'`,
  ].join("\n");
}

function choicesText(steps: readonly ToldStep[]): string {
  const words = steps.flatMap(({ event: { choices = {} } }) =>
    Object.entries(choices).map(([name, picked]) => `${name}: ${picked}`),
  );
  return words.length === 0 ? "none" : words.join("; ");
}

/** What users and faults did, and each STATUS that was new. */
function prefixText(steps: readonly ToldStep[]): string {
  const words: string[] = [];
  let before = "";
  for (const { meta } of steps) {
    if (meta.did !== undefined) words.push(`(${meta.did})`);
    const status = Object.entries(meta.status)
      .map(([pod, word]) => `${pod} ${word}`)
      .join(", ");
    if (status !== "" && status !== before) words.push(status);
    before = status;
  }
  return `${steps.length - 1} steps: ${words.join(" → ")}`;
}

function movesOf(steps: readonly ToldStep[]): string {
  const read = parseMoves(steps.map(({ event }) => event.moves).join(" "));
  return "moves" in read ? movesText(read.moves) : read.mistake;
}
