import { parseTime } from "../../machines/api/time.ts";
import { alsoMadeUp, type EqualNames, wordOf } from "./symmetry.ts";

/** In which ways something of a value is not the same in two lives that go on alike. */
export const holeKinds = [
  /** An id, a uid or an address: only which are equal counts. */
  "name",
  /** Wall clock, ms since 1970: its order, and its age as long as that counts. */
  "time",
  /** The same where only equality counts. */
  "mark",
  /** Virtual ms: what is still to come counts, and a past of so many ms. */
  "moment",
  /** The same on the wall clock, ms since 1970. */
  "instant",
  /** Virtual ms; its phase in the kubelet's periods counts. */
  "start",
  /** From one moment to another; nothing of it counts once it is over. */
  "span",
  /** Which of several starts: equality counts, and the number up to a bound. */
  "run",
  /** The number up to a bound. */
  "count",
] as const;

/**
 * What of a value is not the same in two lives that go on alike: names that were made up, times and
 * counts. Which of it counts in the end is decided where a whole state is put together.
 */
export interface Hole {
  readonly kind: (typeof holeKinds)[number];
  /** A time in ms, or a number of times. */
  readonly at: number;
  /**
   * How far back a moment counts or the end of a span, ms; the number of a name, a time or a run;
   * what is counted.
   */
  readonly also: number;
  /** Which place it has among the holes, where that is not its own: of names without an order. */
  readonly place?: number;
}

export const counted = ["restarts", "pulls", "sandboxes"] as const;
export type CountOf = (typeof counted)[number];

/** An immutable value without its holes, as a number that stands for all of that form. */
export interface Shape {
  readonly id: number;
  /** In the order of the text. */
  readonly holes: readonly Hole[];
}

/** How far into the past something looks, ms. */
export interface Ages {
  readonly processMs: number;
  readonly turnMs: number;
  readonly imageMs: number;
}

/** Turns immutable values into shapes; each object is read once, however many states share it. */
export class Shapes {
  readonly #ages: Ages;
  readonly #known = new WeakMap<object, Shape>();
  readonly #ids = new Map<string, number>();
  readonly #equal: EqualNames;
  readonly #madeUp: RegExp;

  /** `equal`: names of which only counts which are the same, like of those that were made up. */
  constructor(ages: Ages, equal: EqualNames = new Map()) {
    this.#ages = ages;
    this.#equal = equal;
    const words = [...equal.keys()].map((name) => wordOf(name).source);
    this.#madeUp =
      words.length === 0
        ? madeUp
        : new RegExp([madeUp.source, alsoMadeUp.source, ...words].join("|"), "g");
  }

  /** The number that stands for a text. */
  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.#ids.size);
    return this.#ids.size - 1;
  }

  of(value: unknown): Shape {
    if (typeof value === "object" && value !== null) return this.#ofObject(value);
    const holes: Hole[] = [];
    const text = this.#plain(value, holes);
    return { id: this.idOf(text), holes };
  }

  /** Of one field of a record; undefined when nothing of it counts. */
  ofField(key: string, value: unknown): Shape | undefined {
    if (droppedFields.has(key)) return undefined;
    const holes: Hole[] = [];
    const text = this.#field(key, value, holes);
    return { id: this.idOf(text), holes };
  }

  /** Of an address or a key: as it is, but for equal names. */
  ofWord(word: string): Shape {
    return this.#equal.size === 0 ? { id: this.idOf(word), holes: [] } : this.of(word);
  }

  /** A list whose order does not count. */
  ofUnordered(value: unknown): Shape {
    const holes: Hole[] = [];
    const text = this.#unordered(Array.isArray(value) ? value : [], holes);
    return { id: this.idOf(text), holes };
  }

  #ofObject(value: object): Shape {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const holes: Hole[] = [];
    const text = Array.isArray(value) ? this.#list(value, holes) : this.#record(value, holes);
    const shape = { id: this.idOf(text), holes };
    this.#known.set(value, shape);
    return shape;
  }

  #list(items: readonly unknown[], holes: Hole[]): string {
    return `[${items.map((item) => this.#inner(item, holes)).join(",")}]`;
  }

  #record(value: object, holes: Hole[]): string {
    const whole = spanIn(value) ?? backOffIn(value);
    if (whole !== undefined) holes.push(whole);
    if (this.#equal.size > 0 && Object.keys(value).some((key) => this.#equal.has(key))) {
      return `{${this.#byName(value, holes)}}`;
    }
    const fields = Object.entries(value).flatMap(([key, field]) => {
      if (field === undefined || droppedFields.has(key)) return [];
      if (whole !== undefined && wholeFields.has(key)) return [];
      return [`${key}:${this.#field(key, field, holes)}`];
    });
    return `{${fields.join(",")}}`;
  }

  /** Entries by equal names, in no order. */
  #byName(value: object, holes: Hole[]): string {
    return this.#unordered(
      Object.entries(value).filter(([, field]) => field !== undefined),
      holes,
    );
  }

  /** Items that are equal but for names have one place. */
  #unordered(items: readonly unknown[], holes: Hole[]): string {
    const told = items.map((item) => {
      const own: Hole[] = [];
      return { text: this.#inner(item, own), own };
    });
    told.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)));
    let [first, before] = [holes.length + 1, ""];
    for (const { text, own } of told) {
      if (text !== before) first = holes.length + 1;
      before = text;
      holes.push(...own.map((hole, nth) => ({ ...hole, place: first + nth })));
    }
    return `[${told.map(({ text }) => text).join(",")}]`;
  }

  #field(key: string, field: unknown, holes: Hole[]): string {
    if (this.#equal.size > 0) {
      if (nodePlaces.has(key)) return "";
      if (unordered.has(key) && Array.isArray(field)) return this.#unordered(field, holes);
    }
    if (typeof field === "number") {
      const hole = this.#numberHole(key, field);
      if (hole !== undefined) holes.push(hole);
      return hole === undefined ? String(field) : `<${hole.kind}>`;
    }
    if (typeof field === "string" && equalTimes.has(key) && isTime(field)) {
      holes.push(this.#mark(parseTime(field)));
      return "<mark>";
    }
    if (key === "pulledAtMs" && typeof field === "object" && field !== null) {
      for (const atMs of Object.values(field)) {
        holes.push({ kind: "moment", at: Number(atMs), also: this.#ages.imageMs });
      }
      return `<images ${Object.keys(field).join(" ")}>`;
    }
    return this.#inner(field, holes);
  }

  #numberHole(key: string, value: number): Hole | undefined {
    const { processMs, turnMs } = this.#ages;
    switch (key) {
      case "run":
        return { kind: "run", at: 0, also: value };
      case "restartCount":
        return { kind: "count", at: value, also: counted.indexOf("restarts") };
      case "attempts":
        return { kind: "count", at: value, also: counted.indexOf("pulls") };
      case "sandboxAttempts":
        return { kind: "count", at: value, also: counted.indexOf("sandboxes") };
      case "nowMs":
        return { kind: "instant", at: value, also: Number.MAX_SAFE_INTEGER };
      case "timestampMs":
        return { kind: "instant", at: value, also: expectationsMs };
      case "startedAtMs":
        return { kind: "moment", at: value, also: processMs };
      case "turnAwaitedAtMs":
        return { kind: "moment", at: value, also: turnMs };
      case "restsAtMs":
      case "exitsAtMs":
      case "backOffUntilMs":
      case "askedAtMs":
      case "begunAtMs":
        return { kind: "moment", at: value, also: 0 };
      case "kubeletStartedAt":
        return { kind: "start", at: value, also: 0 };
      case "sinceMs":
        return this.#mark(value);
      default:
        return undefined;
    }
  }

  #mark(at: number): Hole {
    return { kind: "mark", at, also: this.idOf(`at ${at}`) };
  }

  #inner(value: unknown, holes: Hole[]): string {
    if (typeof value !== "object" || value === null) return this.#plain(value, holes);
    const { id, holes: inside } = this.#ofObject(value);
    holes.push(...inside);
    return `#${id}`;
  }

  #plain(value: unknown, holes: Hole[]): string {
    if (typeof value !== "string") return String(value);
    if (isTime(value)) {
      const at = parseTime(value);
      holes.push({ kind: "time", at, also: this.idOf(`at ${at}`) });
      return "<time>";
    }
    const open = value.replace(this.#madeUp, (text) => {
      const name = this.#equal.get(text) ?? text;
      holes.push({ kind: "name", at: 0, also: this.idOf(`"${name}"`) });
      return "<name>";
    });
    return JSON.stringify(open);
  }
}

/** Written and never read by what decides, or the same for all states. */
const droppedFields: ReadonlySet<string> = new Set([
  "resourceVersion",
  "made",
  "addresses",
  "attempt",
  "resultRun",
]);

/** Lists whose order does not count where some of them are equal. */
const unordered: ReadonlySet<string> = new Set([
  "containers",
  "containerStatuses",
  "activeContainers",
  "pods",
]);

/** How many nodes there were before one, and what follows from that. */
const nodePlaces: ReadonlySet<string> = new Set(["nth", "ip"]);

/** Nobody asks which of these is earlier. */
const equalTimes: ReadonlySet<string> = new Set(["lastTransitionTime", "lastProbeTime"]);

/** Ids of containers and sandboxes, uids, and addresses of pods. */
const madeUp =
  /[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b10\.\d+\.\d+\.\d+\b/g;

function isTime(text: string): boolean {
  return text.length === 20 && text.endsWith("Z") && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text);
}

const expectationsMs = 5 * 60_000; // expectations.ts: how long a controller awaits what it asked

/** Told by one hole together. */
const wholeFields: ReadonlySet<string> = new Set(["startedAtMs", "endsAtMs", "exitedAtMs"]);

/** A call under way, which has both ends. */
function spanIn(value: object): Hole | undefined {
  if (!("startedAtMs" in value) || !("endsAtMs" in value)) return undefined;
  const { startedAtMs, endsAtMs } = value;
  if (typeof startedAtMs !== "number" || typeof endsAtMs !== "number") return undefined;
  return { kind: "span", at: startedAtMs, also: endsAtMs };
}

/** Of an exit only the end of the delay that follows it is asked for. */
function backOffIn(value: object): Hole | undefined {
  if (!("exitedAtMs" in value) || !("backOffMs" in value)) return undefined;
  const { exitedAtMs, backOffMs } = value;
  if (typeof exitedAtMs !== "number" || typeof backOffMs !== "number") return undefined;
  return { kind: "moment", at: exitedAtMs + backOffMs, also: 0 };
}
