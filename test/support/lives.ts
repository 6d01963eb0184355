import { type Life, type LifeProcess, modelLife, type PodLife, recordedLife } from "./life.ts";
import {
  type LifeEvent,
  type LifeRow,
  onlyInBoth,
  shown,
  standingDifference,
} from "./object-life.ts";

/** A row that only the model has may last so long: watches coalesce. */
const briefMs = 1_000;
/** From one sync to the next after an error, and while a crash back-off runs. */
const syncMs = 15_000;
const backOffSyncMs = 90_000;
/** The recorder lets so many events of one type of a pod through. */
const eventsOfType = 25;
/** Times in the API have whole seconds. */
const secondMs = 1_000;

/** Runs a recording's manifest under its scenario; undefined: the lives agree, else what differs. */
export function livesDifference(folder: string): string | undefined {
  return lifeDifference(recordedLife(folder), modelLife(folder));
}

/** The first row, event or wait in which the model's life differs from the recorded one. */
export function lifeDifference(recorded: Life, model: Life): string | undefined {
  const [theirs, ours] = [grouped(recorded.pods), grouped(model.pods)];
  for (const [group, lives] of theirs) {
    const difference = groupDifference(lives, ours.get(group) ?? []);
    if (difference !== undefined) return `${group}: ${difference}`;
  }
  const extra = [...ours.keys()].find((group) => !theirs.has(group));
  if (extra !== undefined) return `${extra}: only the model has this pod`;
  return objectsDifference(recorded.objects, model.objects);
}

/** A pod by its name, pods with generated names by what these begin with. */
function grouped(pods: Life["pods"]): ReadonlyMap<string, readonly PodLife[]> {
  const groups = new Map<string, PodLife[]>();
  for (const [name, life] of Object.entries(pods)) {
    const group = life.generateName === undefined ? name : `${life.generateName}…`;
    const known = groups.get(group) ?? [];
    known.push(life);
    groups.set(group, known);
  }
  return groups;
}

/** Which of pods that are like each other is taken first is chance: each has a life of its own. */
function groupDifference(
  recorded: readonly PodLife[],
  model: readonly PodLife[],
): string | undefined {
  if (model.length === 0) return "the model has no such pod";
  if (model.length !== recorded.length) {
    return `${model.length} pods in the model, ${recorded.length} recorded`;
  }
  const taken = new Map<number, number>();
  for (const index of recorded.keys()) {
    if (isMatched(index, recorded, model, taken, new Set())) continue;
    const free = [...model.keys()].find((one) => !taken.has(one)) ?? index;
    return pairDifference(recorded[index], model[free]);
  }
  return undefined;
}

/** Finds a life in the model for one that was recorded; others may have to take another. */
function isMatched(
  index: number,
  recorded: readonly PodLife[],
  model: readonly PodLife[],
  taken: Map<number, number>,
  seen: Set<number>,
): boolean {
  for (const [at, life] of model.entries()) {
    if (seen.has(at) || pairDifference(recorded[index], life) !== undefined) continue;
    seen.add(at);
    const holder = taken.get(at);
    if (holder !== undefined && !isMatched(holder, recorded, model, taken, seen)) continue;
    taken.set(at, index);
    return true;
  }
  return false;
}

function pairDifference(recorded?: PodLife, model?: PodLife): string | undefined {
  if (recorded === undefined || model === undefined) return "a pod is missing";
  return podDifference(recorded, model);
}

/** What is no pod: what stands of it for a while, and what is said about it. */
function objectsDifference(recorded: Life["objects"], model: Life["objects"]): string | undefined {
  const watched = new Set(Object.keys(recorded).map(kindIn));
  const names = new Set([...Object.keys(recorded), ...Object.keys(model)]);
  for (const name of names) {
    if (!watched.has(kindIn(name))) continue;
    const [theirs, ours] = [recorded[name], model[name]];
    if (onlyInBoth.test(name) && (theirs === undefined || ours === undefined)) continue;
    if (theirs === undefined) return `${name}: only the model has it`;
    if (ours === undefined) return `${name}: the model has none`;
    const difference =
      eventsDifference(theirs.events, ours.events) ?? standingDifference(theirs.rows, ours.rows);
    if (difference !== undefined) return `${name}: ${difference}`;
  }
  return undefined;
}

/** Of a kind without any object nobody knows whether somebody watched it. */
function kindIn(name: string): string {
  return name.split(" ")[0] ?? "";
}

function podDifference(recorded: PodLife, model: PodLife): string | undefined {
  return (
    rowsDifference(recorded.rows, model.rows) ??
    eventsDifference(recorded.events, model.events) ??
    waitsDifference(recorded, model)
  );
}

/**
 * The recorded rows come in the model's in their order. What only the model has is brief, or ends
 * within one sync of the recorded row after it.
 */
function rowsDifference(
  recorded: readonly LifeRow[],
  model: readonly LifeRow[],
): string | undefined {
  let next = 0;
  for (const [index, row] of model.entries()) {
    if (row.text === recorded[next]?.text) next++;
    else {
      const difference = extraRow(row, model[index + 1], recorded[next - 1], recorded[next]);
      if (difference !== undefined) return difference;
    }
  }
  const missing = recorded[next];
  if (missing !== undefined) return `row ${shown(missing)} is missing`;
  const [first, last] = [recorded.at(-1), model.at(-1)];
  return first?.text === last?.text
    ? undefined
    : `the last row is ${shown(last)}, not ${shown(first)}`;
}

function extraRow(
  row: LifeRow,
  after: LifeRow | undefined,
  before: LifeRow | undefined,
  recordedNext: LifeRow | undefined,
): string | undefined {
  if (before === undefined) return `the first row is ${shown(row)}, not ${shown(recordedNext)}`;
  if (after === undefined) return `row ${shown(row)} is only in the model`;
  if (after.atMs - row.atMs <= briefMs) return undefined;
  const slackMs = row.text.includes("CrashLoopBackOff") ? backOffSyncMs : syncMs;
  const distanceMs = Math.abs(after.atMs - (recordedNext?.atMs ?? Number.POSITIVE_INFINITY));
  if (distanceMs <= slackMs) return undefined;
  return `row ${shown(row)} is only in the model (recorded next: ${shown(recordedNext)})`;
}

/** Events by reason and message, in order of first appearance. */
function eventsDifference(
  recorded: readonly LifeEvent[],
  model: readonly LifeEvent[],
): string | undefined {
  for (const type of ["Normal", "Warning"]) {
    const [theirs, ours] = [recorded, model].map((events) =>
      events.filter((event) => event.type === type).slice(0, eventsOfType),
    );
    const length = Math.max(theirs?.length ?? 0, ours?.length ?? 0);
    for (let index = 0; index < length; index++) {
      const [expected, got] = [theirs?.[index]?.text, ours?.[index]?.text];
      if (expected !== got) return `event ${index + 1} (${type}) is ${got}, not ${expected}`;
    }
  }
  return undefined;
}

/** A wait for a restart lasts at least its back-off, and at most one sync longer. */
function waitsDifference(recorded: PodLife, model: PodLife): string | undefined {
  for (const [container, processes] of Object.entries(recorded.processes)) {
    const ours = waitsOf(model.processes[container] ?? []);
    for (const [index, waitedMs] of waitsOf(processes).entries()) {
      const backOffMs = backOffWithin(waitedMs);
      const gotMs = ours[index];
      const latestMs = backOffMs + (backOffMs === 0 ? syncMs : backOffSyncMs) + secondMs;
      if (gotMs === undefined) continue;
      if (gotMs >= backOffMs - secondMs && gotMs <= latestMs) continue;
      return `restart ${index + 1} of ${container} waits ${gotMs} ms, recorded ${waitedMs} ms`;
    }
  }
  return undefined;
}

function waitsOf(processes: readonly LifeProcess[]): readonly number[] {
  return processes
    .slice(1)
    .map((process, index) => process.startedMs - (processes[index]?.finishedMs ?? 0));
}

/** The longest step of the back-off ladder that fits into a wait. */
function backOffWithin(waitedMs: number): number {
  const ladder = [300, 160, 80, 40, 20, 10, 0].map((seconds) => seconds * 1_000);
  return ladder.find((step) => step <= waitedMs + secondMs) ?? 0;
}
