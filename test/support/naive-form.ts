import { parseTime } from "../../machines/api/time.ts";
import type { Horizons } from "../../src/explore/horizons.ts";
import type { Life } from "../../src/explore/life.ts";

/** A life as text, in which nothing stands that does not decide how it goes on. */
export function textOf(life: Life, horizons: Horizons, isSorted: boolean): string {
  const { cluster, kept, left, unusualLeft, overtakingsLeft, stepsLeft } = life;
  const { actors, pending, now, ready } = cluster.save();
  const { world } = cluster.system;
  const words = new Words(horizons, now, cluster.epochMs, [...world.nodes()]);
  words.plain([now % horizons.roundMs, Math.min(now, horizons.lifeMs), left]);
  words.plain([unusualLeft, overtakingsLeft, stepsLeft]);
  words.plain([...kept].map(([key, answer]) => [key, answer.split(" ")[1]]));
  words.named(actors.filter(({ local }) => local !== null));
  const waiting = pending.map((one, index) => {
    const { due, to, from, key, isGone, periodic, origin, event, view } = one;
    const place = [Math.max(0, due - now), to, from, key];
    const isReady = index < ready;
    return { one, place, head: [...place, isReady, isGone, periodic, origin, event, view] };
  });
  const placeText = ({ place }: (typeof waiting)[number]) => JSON.stringify(place);
  const sorted = isSorted
    ? waiting.toSorted((a, b) =>
        placeText(a) < placeText(b) ? -1 : Number(placeText(a) > placeText(b)),
      )
    : waiting;
  for (const { one, head } of sorted) {
    words.named(head);
    words.value(one.detail, "");
  }
  for (const node of world.nodes()) words.value(node, "");
  for (const object of world.store.objects()) {
    if (object.kind !== "Event") words.value(object, "");
  }
  for (const [key, side] of world.sides()) {
    const { status, spec } = world.pod(key) ?? {};
    const { pod, sent, cache, runtime } = side;
    words.plain([status === sent, spec === pod.spec, status === pod.status, cache === runtime]);
    words.value(side, "");
  }
  addScheduler(life, words);
  addControllers(life, words);
  return words.text();
}

/** What its controllers have in memory, and how many names there have been. */
function addControllers({ cluster }: Life, words: Words): void {
  const { names, controllers, proxies } = cluster.system.world;
  for (const told of [controllers.save().memories, names.save()]) {
    words.value(
      told.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
      "",
    );
  }
  const { sides, snapshots, told } = proxies.save();
  for (const { node, snapshot, memory } of sides) {
    words.value([node, snapshots[snapshot], memory], "");
  }
  words.plain(told.toSorted());
}

/** What its scheduler has in memory besides what the API server has, too. */
function addScheduler({ cluster }: Life, words: Words): void {
  const { scheduler } = cluster.system.world;
  const nowMs = cluster.epochMs + cluster.now;
  words.plain([scheduler.nextStartNodeIndex, [...scheduler.assumed.keys()]]);
  words.plain(scheduler.attempt?.key ?? null);
  words.value([scheduler.preemptions, scheduler.inFlight, scheduler.nominations], "");
  const waiting = [...scheduler.queue].toSorted(([, a], [, b]) => a.timestampMs - b.timestampMs);
  for (const [key, queued] of waiting) {
    const { place, podInfo, timestampMs, backoffUntilMs = 0, gatingPlugin, requeue } = queued;
    const failures = [queued.unschedulableCount, queued.consecutiveErrorsCount];
    words.plain([
      key,
      place,
      failures.map((times) => (times < 5 ? times : "5 or more")),
      backoffUntilMs > nowMs ? backoffUntilMs - nowMs : "over",
      timestampMs + 300_000 > nowMs ? timestampMs + 300_000 - nowMs : "long ago",
      cluster.system.world.pod(key) === podInfo.pod,
      queued.unschedulablePlugins,
      gatingPlugin,
      requeue,
    ]);
  }
}

class Words {
  readonly #words: (string | { readonly past: number })[] = [];
  readonly #names: string[] = [];
  readonly #marks: number[] = [];
  readonly #runs: number[] = [];
  readonly #horizons: Horizons;
  readonly #now: number;
  readonly #epochMs: number;
  readonly #starts: readonly number[];

  constructor(
    horizons: Horizons,
    now: number,
    epochMs: number,
    nodes: readonly { readonly kubeletStartedAt: number }[],
  ) {
    this.#horizons = horizons;
    this.#now = now;
    this.#epochMs = epochMs;
    this.#starts = nodes.map(({ kubeletStartedAt }) => kubeletStartedAt);
  }

  plain(value: unknown): void {
    this.#words.push(JSON.stringify(value));
  }

  /** Addresses may have a name that was made up, as those of the garbage collector's keys. */
  named(value: unknown): void {
    const text = JSON.stringify(value);
    this.#words.push(text.replace(madeUp, (name) => `<${placeIn(this.#names, name)}>`));
  }

  /** Times of the past are told by their order. */
  text(): string {
    const past = this.#words.flatMap((word) => (typeof word === "string" ? [] : [word.past]));
    const order = [...new Set(past)].toSorted((a, b) => a - b);
    return this.#words
      .map((word) => (typeof word === "string" ? word : `past ${order.indexOf(word.past)}`))
      .join("\n");
  }

  value(value: unknown, key: string): void {
    if (typeof value === "string") return this.#string(value, key);
    const isWallClock = typeof value === "number" && value > 1e12;
    if (isWallClock && !wallClocks.includes(key)) return this.#time(value, key);
    if (typeof value === "number") return this.plain(this.#number(value, key));
    if (typeof value !== "object" || value === null) return this.plain(value);
    if (Array.isArray(value)) {
      this.plain(`list of ${value.length}`);
      for (const item of value) this.value(item, "");
      return;
    }
    const fields = new Map<string, unknown>(Object.entries(value));
    this.#together(fields);
    for (const [name, field] of fields) {
      if (field === undefined || unread.includes(name)) continue;
      this.plain(name);
      if (key === "pulledAtMs") this.plain(this.#since(Number(field), this.#horizons.imageMs));
      else this.value(field, name);
    }
    this.plain("end");
  }

  /** What two numbers say together. */
  #together(fields: Map<string, unknown>): void {
    const numberAt = (name: string) => {
      const field = fields.get(name);
      return typeof field === "number" ? field : undefined;
    };
    const [from, until] = [numberAt("startedAtMs"), numberAt("endsAtMs")];
    const [exited, backOff] = [numberAt("exitedAtMs"), numberAt("backOffMs")];
    if (from !== undefined && until !== undefined) {
      const isOver = until <= this.#now;
      this.plain(isOver ? "over" : [this.#now - from, until - this.#now]);
      for (const name of ["startedAtMs", "endsAtMs"]) fields.delete(name);
    } else if (exited !== undefined && backOff !== undefined) {
      this.plain(this.#since(exited + backOff, 0));
      fields.delete("exitedAtMs");
    }
  }

  #string(value: string, key: string): void {
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return this.#time(parseTime(value), key);
    this.plain(value.replace(madeUp, (name) => `<${placeIn(this.#names, name)}>`));
  }

  #time(atMs: number, key: string): void {
    const second = Math.floor((this.#epochMs + this.#now) / 1_000) * 1_000;
    if (key === "renewTime") return this.plain(this.#since(atMs - this.#epochMs, 65_000));
    if (key === "lastTransitionTime" || key === "lastProbeTime") {
      return this.plain(atMs === second ? "now" : `mark ${placeIn(this.#marks, atMs)}`);
    }
    const { objectMs, kubeletsRestart } = this.#horizons;
    if (kubeletsRestart) {
      this.plain(this.#starts.map((start) => atMs < this.#epochMs + start - 10_000));
    }
    const age = second - atMs;
    if (age <= objectMs) this.plain(`age ${age}`);
    else this.#words.push({ past: atMs });
  }

  #number(value: number, key: string): unknown {
    const { processMs, turnMs, counts, runs, startMs, periodsMs } = this.#horizons;
    switch (key) {
      case "run":
        return [placeIn(this.#runs, value), Math.min(value, runs)];
      case "restartCount":
        return Math.min(value, counts.restarts);
      case "attempts":
        return Math.min(value, counts.pulls);
      case "sandboxAttempts":
        return Math.min(value, counts.sandboxes);
      case "startedAtMs":
        return this.#since(value, processMs);
      case "turnAwaitedAtMs":
        return this.#since(value, turnMs);
      case "nowMs":
        return this.#since(value - this.#epochMs, Number.MAX_SAFE_INTEGER);
      case "timestampMs":
        return this.#since(value - this.#epochMs, 300_000);
      case "probeMs":
        return this.#since(value - this.#epochMs, 65_000);
      case "tokensAtMs":
        return this.#since(value - this.#epochMs, 100_000);
      case "renewedAt":
        return this.#since(value, 65_000);
      case "restsAtMs":
      case "exitsAtMs":
      case "backOffUntilMs":
      case "askedAtMs":
      case "begunAtMs":
        return this.#since(value, 0);
      case "sinceMs":
        return `mark ${placeIn(this.#marks, value)}`;
      case "kubeletStartedAt": {
        const age = this.#now - value;
        return [Math.min(age, startMs), ...periodsMs.map((period) => age % period)];
      }
      default:
        return value;
    }
  }

  #since(atMs: number, ageMs: number): string {
    const left = atMs - this.#now;
    if (left > 0) return `in ${left}`;
    return ageMs > 0 && -left <= ageMs ? `${-left} ago` : "past";
  }
}

/** Numbers that tell how long ago something was. */
const wallClocks = ["nowMs", "timestampMs", "probeMs", "tokensAtMs"];

const unread = ["resourceVersion", "made", "addresses", "attempt", "resultRun"];

const madeUp = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b10\.\d+\.\d+\.\d+\b/g;

function placeIn<T>(known: T[], value: T): number {
  const place = known.indexOf(value);
  return place >= 0 ? place : known.push(value) - 1;
}
