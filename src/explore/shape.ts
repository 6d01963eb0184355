import { parseTime } from "../../machines/api/time.ts";
import {
  type Ages,
  backOffIn,
  type Hole,
  mark,
  nodeGraceMs,
  numberHole,
  spanIn,
  timeHole,
  wallClockMs,
} from "./holes.ts";
import { alsoMadeUp, type EqualNames, wordOf } from "./symmetry.ts";

/** An immutable value without its holes, as a number that stands for all of that form. */
export interface Shape {
  readonly id: number;
  /** In the order of the text. */
  readonly holes: readonly Hole[];
}

/** Turns immutable values into shapes; each object is read once, however many states share it. */
export class Shapes {
  readonly #ages: Ages;
  readonly #known = new WeakMap<object, Shape>();
  readonly #ids = new Map<string, number>();
  readonly #equal: EqualNames;
  readonly #madeUp: RegExp;
  readonly #idOf = (text: string): number => this.idOf(text);

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
      const hole = numberHole(key, field, this.#ages, this.#idOf);
      if (hole !== undefined) holes.push(hole);
      return hole === undefined ? String(field) : `<${hole.kind}>`;
    }
    if (typeof field === "string" && equalTimes.has(key) && isTime(field)) {
      holes.push(mark(parseTime(field), this.#idOf));
      return "<mark>";
    }
    if (key === "renewTime" && typeof field === "string" && isTime(field)) {
      holes.push({ kind: "instant", at: parseTime(field), also: nodeGraceMs });
      return "<instant>";
    }
    if (key === "pulledAtMs" && typeof field === "object" && field !== null) {
      for (const atMs of Object.values(field)) {
        holes.push({ kind: "moment", at: Number(atMs), also: this.#ages.imageMs });
      }
      return `<images ${Object.keys(field).join(" ")}>`;
    }
    return this.#inner(field, holes);
  }

  #inner(value: unknown, holes: Hole[]): string {
    if (typeof value !== "object" || value === null) return this.#plain(value, holes);
    const { id, holes: inside } = this.#ofObject(value);
    holes.push(...inside);
    return `#${id}`;
  }

  #plain(value: unknown, holes: Hole[]): string {
    if (typeof value === "number" && value >= wallClockMs) {
      holes.push(timeHole(value, this.#idOf));
      return "<time>";
    }
    if (typeof value !== "string") return String(value);
    if (isTime(value)) {
      holes.push(timeHole(parseTime(value), this.#idOf));
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
  "nodes",
  "silent",
  "renewTimes",
  "known",
  "health",
]);

/** How many nodes there were before one, and what follows from that. */
const nodePlaces: ReadonlySet<string> = new Set(["nth", "ip"]);

/** Nobody asks which of these is earlier. */
const equalTimes: ReadonlySet<string> = new Set(["lastTransitionTime", "lastProbeTime"]);

/** Ids of containers and sandboxes, uids, and addresses of pods. */
const madeUp =
  /[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b10\.\d+\.\d+\.\d+\b/g;

function isTime(text: string): boolean {
  if ((text.length !== 20 && text.length !== 27) || !text.endsWith("Z")) return false;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z$/.test(text);
}

/** Told by one hole together. */
const wholeFields: ReadonlySet<string> = new Set(["startedAtMs", "endsAtMs", "exitedAtMs"]);
