import type { KubeObject } from "../../machines/api/meta.ts";
import { type Life, Lives } from "../explore/life.ts";
import { factsIn } from "../explore/path.ts";
import type { Predicate } from "../explore/properties.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { keyOf } from "../store/store.ts";
import { ApiError, SimulatedApi } from "./simulated-api.ts";
import { watched, watchedSync } from "./watch.ts";
import type { Decision } from "../explore/world-script.ts";
import { WorldTurns } from "../explore/world-turns.ts";

/** Code that lives in the loop: what it writes is stored and has consequences. */
export interface Reconciler<S> {
  /** A new subject, for each path. */
  readonly create: () => S | Promise<S>;
  /** Called whenever objects have changed, and again until it writes nothing more. */
  readonly reconcile: (api: SimulatedApi, subject: S) => Wish | Promise<Wish>;
  /** What must hold, by its sentence. */
  readonly obligations: Readonly<Record<string, Obligation>>;
}

/** One that keeps nothing from one call to the next. */
export interface StatelessReconciler extends Pick<Reconciler<unknown>, "obligations"> {
  readonly reconcile: (api: SimulatedApi) => Wish | Promise<Wish>;
}

/** When it wants to be called again though nothing changes, in virtual ms; 0 means never. */
type Wish = { readonly requeueAfterMs?: number } | void;

/**
 * `always`: at each quiet point, where all that was due has been delivered and the subject has
 * nothing more to write. `finally`: when nothing is left to happen.
 */
export type Obligation = { readonly always: Predicate } | { readonly finally: Predicate };

/** What came of a life with a reconciler in it. */
export interface LoopEnd {
  /** What was broken first. */
  readonly broken: (Fault & { readonly atMs: number }) | undefined;
  /** Decisions that did not apply. */
  readonly skipped: readonly Decision[];
  readonly writes: readonly string[];
  /** STATUS of each pod. */
  readonly status: readonly string[];
  /** What the API answered last when it refused something. */
  readonly refused: string | undefined;
  readonly deliveries: number;
}

/** An obligation, or what every reconciler keeps, and how it was broken. */
interface Fault {
  readonly sentence: string;
  readonly said: string;
  readonly error?: unknown;
}

/** Lets a subject live in a system in which the world decides so. */
export async function runLoop<S>(
  system: ExploredSystem,
  decisions: readonly Decision[],
  reconciler: Reconciler<S>,
  timeoutMs: number,
): Promise<LoopEnd> {
  const subject = await watched("create()", timeoutMs, reconciler.create);
  const reconcile: Reconcile = (api) =>
    watched("reconcile(…)", timeoutMs, () => reconciler.reconcile(api, subject));
  const loop = new Loop(system, decisions, reconcile);
  const holds = (kind: "always" | "finally") =>
    brokenOf(reconciler.obligations, kind, loop.objects, timeoutMs);
  return loop.end(await lived(loop, holds));
}

type Reconcile = (api: SimulatedApi) => Promise<Wish>;

/** Until nothing is left to happen or something is broken. */
async function lived(
  loop: Loop,
  brokenBy: (kind: "always" | "finally") => Fault | undefined,
): Promise<Fault | undefined> {
  do {
    if (!loop.hasBegun) continue;
    const broken = await loop.settle();
    if (broken !== undefined) return broken;
    const unkept = loop.isBetweenMoments ? brokenBy("always") : undefined;
    if (unkept !== undefined) return unkept;
  } while (loop.goOn());
  return brokenBy("finally");
}

/** In one life; a reconciler that replaces at once what is refused goes on without end. */
const maxWrites = 200;

/** In one life, too; one that asks to be woken soon again is called without end. */
const maxCalls = 10_000;

const tooOften = `it was called ${maxCalls} times: wait longer with requeueAfterMs`;

const comesToAnEnd = "a reconciler comes to an end";
const throwsNothing = "reconcile(…) throws nothing but what the API has answered";

/** The first obligation of that kind that the objects do not keep. */
function brokenOf(
  obligations: Readonly<Record<string, Obligation>>,
  kind: "always" | "finally",
  objects: readonly KubeObject[],
  timeoutMs: number,
): Fault | undefined {
  for (const [sentence, obligation] of Object.entries(obligations)) {
    const told: { readonly always?: Predicate; readonly finally?: Predicate } = obligation;
    const predicate = told[kind];
    if (predicate === undefined) continue;
    const what = `the obligation ${JSON.stringify(sentence)}`;
    try {
      const said = kind === "always" ? "it does not hold" : "it does not hold in the end";
      if (!watchedSync(what, timeoutMs, () => predicate(objects))) return { sentence, said };
    } catch (error) {
      return { sentence, said: wordsOf(error), error };
    }
  }
  return undefined;
}

function tooMany(writes: readonly string[]): string {
  const last = writes.slice(-2).join("; ");
  return `it has written ${writes.length} times, at last ${last}: wait with requeueAfterMs`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

class Loop {
  readonly #api: SimulatedApi;
  readonly #lives: Lives;
  readonly #turns: WorldTurns;
  readonly #horizonMs: number;
  readonly #reconcile: Reconcile;
  #life: Life;
  #deliveries = 0;
  #calls = 0;
  /** Objects as the subject has seen them last; undefined when it is to look again. */
  #seen: readonly KubeObject[] | undefined = [];
  #wakeAtMs: number | undefined;
  #refused: string | undefined;
  #missing: readonly KubeObject[];

  constructor(system: ExploredSystem, decisions: readonly Decision[], reconcile: Reconcile) {
    const { horizonMs, messages } = system.bounds;
    this.#lives = new Lives({ ...system, bounds: { horizonMs, messages } });
    this.#horizonMs = horizonMs;
    this.#life = this.#lives.begin();
    this.#turns = new WorldTurns(system, decisions);
    this.#reconcile = reconcile;
    this.#missing = system.objects;
    this.#api = new SimulatedApi(() => this.#life.cluster);
  }

  /** Whether all that the system begins with is there, or was refused. */
  get hasBegun(): boolean {
    const { cluster } = this.#life;
    if (cluster.now > 0) return true;
    this.#missing = this.#missing.filter((one) => cluster.get(one.kind, keyOf(one)) === undefined);
    return this.#missing.length === 0;
  }

  /** All but Events. */
  get objects(): readonly KubeObject[] {
    const { store } = this.#life.cluster.system.world;
    return store.objects().filter(({ kind }) => kind !== "Event");
  }

  get isBetweenMoments(): boolean {
    const { system } = this.#life.cluster;
    return (system.nextAt() ?? Number.POSITIVE_INFINITY) > system.now;
  }

  /** Lets the subject write until it has nothing more to write. */
  async settle(): Promise<Fault | undefined> {
    while (this.#hasChanged()) {
      const { writes } = this.#api;
      if (writes.length > maxWrites) return { sentence: comesToAnEnd, said: tooMany(writes) };
      if (++this.#calls > maxCalls) return { sentence: comesToAnEnd, said: tooOften };
      this.#seen = this.objects;
      try {
        const { requeueAfterMs = 0 } = (await this.#reconcile(this.#api)) ?? {};
        this.#wakeAtMs = requeueAfterMs > 0 ? this.#api.nowMs + requeueAfterMs : undefined;
      } catch (error) {
        if (!(error instanceof ApiError))
          return { sentence: throwsNothing, said: wordsOf(error), error };
        this.#refused = `${error.name}: ${error.message}`;
      }
    }
    return undefined;
  }

  /** Makes what comes next; false when nothing is left to happen. */
  goOn(): boolean {
    const { system } = this.#life.cluster;
    const turn = this.#turns.next(this.#life);
    const nextAt = system.nextAt() ?? Number.POSITIVE_INFINITY;
    const wakeAtMs = this.#wakeAtMs ?? Number.POSITIVE_INFINITY;
    const isQuiet = !system.isBusy && nextAt > system.now;
    if (turn === undefined) {
      if (isQuiet && this.#turns.isOver && this.#wakeAtMs === undefined) return false;
      if (Math.min(nextAt, wakeAtMs) > this.#horizonMs) return false;
      if (wakeAtMs < nextAt) return this.#wake(wakeAtMs);
    }
    const outcome = this.#turns.make(this.#lives, this.#life, turn ?? { do: "deliver", nth: 0 });
    this.#life = outcome.life;
    this.#deliveries++;
    return true;
  }

  end(broken: Fault | undefined): LoopEnd {
    const facts = Object.entries(factsIn(this.#life));
    return {
      broken: broken && { ...broken, atMs: this.#api.nowMs },
      skipped: this.#turns.skipped,
      writes: this.#api.writes,
      status: facts.map(([pod, { statusText }]) => `${pod} ${statusText}`),
      refused: this.#refused,
      deliveries: this.#deliveries,
    };
  }

  #wake(atMs: number): boolean {
    this.#life.cluster.system.advanceTo(atMs);
    this.#wakeAtMs = undefined;
    this.#seen = undefined;
    return true;
  }

  #hasChanged(): boolean {
    const [seen, now] = [this.#seen, this.objects];
    return seen?.length !== now.length || now.some((object, at) => object !== seen[at]);
  }
}
