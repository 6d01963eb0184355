import { isEvent, isPod } from "../../machines/api/objects.ts";
import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { keyOf } from "../store/store.ts";
import { addressOf } from "../system/composition.ts";
import type { Pick as Picked } from "./branching.ts";
import { type Life, type Lives, type Move, type Outcome, type Taken } from "./life.ts";
import { factsOf, type PodFacts } from "./step-facts.ts";
import type { ExploredSystem } from "./system-file.ts";

/** One life from its objects to a settled state, with all that can be seen of it from outside. */
export interface Path {
  readonly steps: readonly PathStep[];
  /** Every move, so that the same life can be made again. */
  readonly moves: readonly Move[];
  readonly taken: readonly Taken[];
  /** `quiet`: only periodic work is left; `horizon`: the life would go on. */
  readonly endedBy: string;
  readonly endMs: number;
}

/** What somebody decided, or what the API shows of a delivery. */
export interface PathStep {
  /** Virtual milliseconds. */
  readonly atMs: number;
  /** What a user or a fault did. */
  readonly did?: string;
  readonly choices: readonly PathChoice[];
  /** The delivery: its event, sender and receiver; no sender of what comes from outside. */
  readonly event?: string;
  readonly from?: string;
  readonly to?: string;
  /** The objects that changed, Events aside, and the keys of those that are gone. */
  readonly objects: readonly KubeObject[];
  readonly deleted: readonly string[];
  readonly events: readonly KubeEvent[];
  /** Of each pod that there is then, by its key. */
  readonly facts: Readonly<Record<string, PodFacts>>;
  /** The moves since the step before; the last is its own. */
  readonly moves: readonly Move[];
  /** The branches that were taken in these moves. */
  readonly taken: readonly Taken[];
}

export interface PathChoice {
  readonly name: string;
  readonly about: string;
  readonly alternatives: readonly string[];
  readonly picked: string;
}

/** Makes exactly these moves. */
export function remadePath(
  system: ExploredSystem,
  lives: Lives,
  path: Pick<Path, "moves" | "endedBy">,
): Path {
  const writer = new PathWriter(system, lives.begin());
  for (const move of path.moves) writer.add(lives.drive(writer.life, move));
  return writer.path(path.endedBy);
}

class PathWriter {
  life: Life;
  #objects: readonly KubeObject[];
  #revision: number;
  readonly #system: ExploredSystem;
  readonly #steps: PathStep[] = [];
  readonly #moves: Move[] = [];
  readonly #taken: Taken[] = [];
  /** Moves and branches that the steps so far have told. */
  #told = { moves: 0, taken: 0 };

  constructor(system: ExploredSystem, life: Life) {
    this.#system = system;
    this.life = life;
    this.#objects = objectsOf(life);
    this.#revision = revisionOf(life);
  }

  add(outcome: Outcome): void {
    const step = this.#stepOf(outcome);
    this.#moves.push(outcome.move);
    this.#taken.push(...outcome.taken);
    if (step !== undefined) this.#steps.push({ ...step, ...this.#untold() });
    this.life = outcome.life;
  }

  path(endedBy: string): Path {
    const [steps, moves, taken] = [this.#steps, this.#moves, this.#taken];
    return { steps, moves, taken, endedBy, endMs: this.life.cluster.now };
  }

  #untold(): Pick<PathStep, "moves" | "taken"> {
    const moves = this.#moves.slice(this.#told.moves);
    const taken = this.#taken.slice(this.#told.taken);
    this.#told = { moves: this.#moves.length, taken: this.#taken.length };
    return { moves, taken };
  }

  /** Nothing for a delivery of which nothing is seen from outside. */
  #stepOf(outcome: Outcome): Omit<PathStep, "moves" | "taken"> | undefined {
    const { life, move, picks } = outcome;
    const changes = this.#changesIn(life);
    const { objects, deleted, events } = changes;
    const seen = objects.length + deleted.length + events.length + picks.length;
    if (move.do === "deliver" && seen === 0) return undefined;
    const decision = decisionOf(this.#system, outcome);
    return { atMs: life.cluster.now, ...decision, ...changes, facts: factsIn(life) };
  }

  #changesIn(life: Life): Changes {
    const [before, revision] = [this.#objects, revisionOf(life)];
    if (revision === this.#revision) return { objects: [], deleted: [], events: [] };
    this.#objects = objectsOf(life);
    this.#revision = revision;
    return changesBetween(before, this.#objects);
  }
}

/** What somebody decided and who was told what: a step without what came of it. */
export function decisionOf(
  { open }: ExploredSystem,
  { move, picks, delivered }: Outcome,
): Pick<PathStep, "did" | "choices" | "event" | "from" | "to"> {
  const label = move.do === "step" ? open.steps[move.nth]?.label : undefined;
  return {
    ...(label !== undefined && { did: label }),
    choices: picks.map(choiceOf),
    ...(delivered && { event: delivered.event.type, to: addressOf(delivered.to) }),
    ...(delivered?.from && { from: addressOf(delivered.from) }),
  };
}

function choiceOf({ name, about, alternatives, picked }: Picked): PathChoice {
  return { name, about, alternatives, picked: alternatives[picked] ?? "" };
}

/** What holds of each pod that there is, by its key. */
export function factsIn({ cluster }: Life): PathStep["facts"] {
  const nowMs = cluster.epochMs + cluster.now;
  const pods = cluster.list("Pod").filter(isPod);
  return Object.fromEntries(pods.map((pod) => [keyOf(pod), factsOf(pod, nowMs)]));
}

type Changes = Pick<PathStep, "objects" | "deleted" | "events">;

/** What is not the same in the second life. */
export function changesOf(before: Life, after: Life): Changes {
  return changesBetween(objectsOf(before), objectsOf(after));
}

/** Objects are replaced as a whole, so one that is not the same has changed. */
function changesBetween(before: readonly KubeObject[], after: readonly KubeObject[]): Changes {
  const isSame = before.length === after.length && after.every((one, nth) => one === before[nth]);
  if (isSame) return { objects: [], deleted: [], events: [] };
  const known = new Map(before.map((object) => [nameOf(object), object]));
  const changed = after.filter((object) => {
    const was = known.get(nameOf(object));
    known.delete(nameOf(object));
    return was !== object;
  });
  const objects = changed.filter(({ kind }) => kind !== "Event");
  return { objects, deleted: [...known.keys()], events: changed.filter(isEvent) };
}

function objectsOf({ cluster }: Life): readonly KubeObject[] {
  return cluster.system.world.store.objects();
}

/** Each write makes a new one. */
function revisionOf({ cluster }: Life): number {
  return cluster.system.world.store.revision;
}

function nameOf(object: KubeObject): string {
  return `${object.kind} ${keyOf(object)}`;
}
