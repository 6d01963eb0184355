import type { ContentPart } from "./contents.ts";
import type { PendingOperation } from "./letters.ts";

/** An open choice that a step asks, without what was picked. */
export interface Question {
  readonly name: string;
  readonly about: string;
  readonly alternatives: readonly string[];
}

/** What a step looked at, in this order: a slot and its value then, or a choice and its answer. */
export type Look =
  | { readonly slot: number; readonly value: number; readonly part?: ContentPart }
  | { readonly question: Question; readonly picked: number };

/** A value that one name of a record gets. */
export interface PartWrite {
  readonly slot: number;
  readonly name: string;
  readonly value: number;
}

/** Writes down what one step reads of a state and what it does to it. */
export class Footprint {
  /** Where steps find what time it is. */
  readonly #clock: number;
  #slots: Int32Array = new Int32Array(0);
  #script: readonly number[] = [];
  #now = 0;
  readonly #written = new Map<number, number>();
  readonly #read = new Set<number>();
  readonly #readParts = new Map<ContentPart, Set<number>>();
  /** By slot, what stands under some names. */
  readonly #writtenParts = new Map<number, Map<string, number>>();
  looks: Look[] = [];
  operations: PendingOperation[] = [];
  isRestrained = false;
  #asked = 0;

  constructor(clock: number) {
    this.#clock = clock;
  }

  /** Before a step of the state with these slots; choices are answered by the script. */
  begin(slots: Int32Array, now: number, script: readonly number[]): void {
    this.#slots = slots;
    this.#now = now;
    this.#script = script;
    this.#written.clear();
    this.#read.clear();
    this.#readParts.clear();
    this.#writtenParts.clear();
    this.looks = [];
    this.operations = [];
    this.isRestrained = false;
    this.#asked = 0;
  }

  /** When the step is made; whoever asks depends on when it began. */
  get now(): number {
    this.readFirst(this.#clock);
    return this.#now;
  }

  /** Later in the same step, for a delivery that is due then. */
  moveTo(now: number): void {
    this.#now = Math.max(now, this.#now);
  }

  /** As the step began. */
  readFirst(slot: number): number {
    const value = this.#slots[slot] ?? 0;
    if (!this.#read.has(slot)) {
      this.#read.add(slot);
      this.looks.push({ slot, value });
    }
    return value;
  }

  /** The same of a part alone, unless the whole was read. */
  readFirstPart(slot: number, part: ContentPart): number {
    const value = part.of(this.#slots[slot] ?? 0);
    const read = this.#readParts.get(part) ?? new Set();
    if (this.#read.has(slot) || read.has(slot)) return value;
    this.#readParts.set(part, read.add(slot));
    this.looks.push({ slot, value, part });
    return value;
  }

  /** As the step has left it so far. */
  read(slot: number): number {
    return this.#written.get(slot) ?? this.readFirst(slot);
  }

  hasWritten(slot: number): boolean {
    return this.#written.has(slot);
  }

  write(slot: number, value: number): void {
    this.#written.set(slot, value);
    this.#writtenParts.delete(slot);
  }

  /** Under one name; all else of the slot stays as the step began. */
  writePart(slot: number, name: string, value: number): void {
    const parts = this.#writtenParts.get(slot) ?? new Map<string, number>();
    this.#writtenParts.set(slot, parts.set(name, value));
  }

  ask(question: Question): number {
    const picked = this.#script[this.#asked++] ?? 0;
    this.looks.push({ question, picked });
    return picked;
  }

  partWrites(): readonly PartWrite[] {
    return [...this.#writtenParts].flatMap(([slot, parts]) =>
      [...parts].map(([name, value]) => ({ slot, name, value })),
    );
  }

  /** Slots and their values in turn. */
  writes(): Int32Array {
    const writes = new Int32Array(this.#written.size * 2);
    let at = 0;
    for (const [slot, value] of this.#written) {
      writes[at++] = slot;
      writes[at++] = value;
    }
    return writes;
  }
}
