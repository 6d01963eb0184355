import type { ExploredSystem } from "../explore/system-file.ts";
import { timeText } from "../trace/timeline-text.ts";
import type { SystemPath } from "./cover.ts";
import { defaultCallbackTimeoutMs } from "./watch.ts";
import { type LoopEnd, type Reconciler, runLoop } from "./reconcile-loop.ts";
import { type Decision, decisionText, worldScript } from "../explore/world-script.ts";

/** What came of a path in which a reconciler lived. */
export interface Reconciled {
  /** How many of the path's decisions did not apply any more. */
  readonly skipped: number;
  /** What the subject has written. */
  readonly writes: readonly string[];
}

/**
 * Lets a reconciler live through what the world decides in a path. Throws when an obligation is
 * broken, with the fewest of these decisions that break it.
 */
export async function reconcilePath<S>(
  system: ExploredSystem,
  { id, life }: Pick<SystemPath, "id" | "life">,
  subject: Reconciler<S>,
  timeoutMs = defaultCallbackTimeoutMs,
): Promise<Reconciled> {
  const script = worldScript(system, life);
  const run = (decisions: readonly Decision[]) => runLoop(system, decisions, subject, timeoutMs);
  const end = await run(script);
  const { skipped, writes } = end;
  if (end.broken === undefined) return { skipped: skipped.length, writes };
  const fewest = await shrunk(script, end, run);
  throw new Error(failureText(id, script, fewest), { cause: fewest.end.broken?.error });
}

interface Failing {
  readonly decisions: readonly Decision[];
  readonly end: LoopEnd;
}

/** Leaves out one decision after the other as long as the same is broken. */
async function shrunk(
  script: readonly Decision[],
  end: LoopEnd,
  run: (decisions: readonly Decision[]) => Promise<LoopEnd>,
): Promise<Failing> {
  let fewest: Failing = { decisions: script.filter((one) => !end.skipped.includes(one)), end };
  for (const one of fewest.decisions) {
    const decisions = fewest.decisions.filter((other) => other !== one);
    const shorter = await run(decisions);
    if (shorter.broken?.sentence === end.broken?.sentence) fewest = { decisions, end: shorter };
  }
  return fewest;
}

function failureText(id: string, script: readonly Decision[], { decisions, end }: Failing): string {
  const { broken, writes, status, refused } = end;
  const made = decisions.filter((one) => !end.skipped.includes(one)).map(decisionText);
  return [
    `${broken?.sentence ?? ""}, at ${timeText(broken?.atMs ?? 0)}: ${broken?.said ?? ""}`,
    `  expected: ${broken?.sentence ?? ""}`,
    `  pods: ${status.length === 0 ? "none" : status.join(", ")}`,
    `  choices (no seed: they are all that decides): ${made.length === 0 ? "all as usual" : made.join("; ")}`,
    `  shortest failing prefix: ${made.length} of ${script.length} choices, ${end.deliveries} deliveries`,
    `  the subject wrote: ${writesText(writes)}`,
    ...(refused === undefined ? [] : [`  the API refused last: ${refused}`]),
    `  replay: run this test alone: vitest -t ${id}, or node --test --test-name-pattern ${id}`,
  ].join("\n");
}

/** The first ones, and how many more. */
function writesText(writes: readonly string[]): string {
  if (writes.length === 0) return "nothing";
  const shown = writes.slice(0, shownWrites).join("; ");
  const more = writes.length - shownWrites;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

const shownWrites = 10;
