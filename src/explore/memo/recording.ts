import type { Contents } from "./contents.ts";
import type { Footprint } from "./footprint.ts";
import type { Slots } from "./slots.ts";

/** The values of a state while one of its steps is made; each look and each change is noted. */
export class Recording {
  readonly slots: Slots;
  readonly contents: Contents;
  readonly footprint: Footprint;

  constructor(slots: Slots, contents: Contents, footprint: Footprint) {
    this.slots = slots;
    this.contents = contents;
    this.footprint = footprint;
  }

  /** As the step has left it so far. */
  valueIn(slot: number): unknown {
    return this.contents.at(this.footprint.read(slot));
  }

  /** As the step began. */
  firstIn(slot: number): unknown {
    return this.contents.at(this.footprint.readFirst(slot));
  }

  /** What stood there under that name as the step began. */
  firstPartIn(slot: number, name: string): unknown {
    const part = this.contents.partNamed(name);
    return this.contents.values.at(this.footprint.readFirstPart(slot, part));
  }

  /** Which names there were. */
  firstNamesIn(slot: number): readonly string[] {
    const names = this.firstPartIn(slot, "");
    return Array.isArray(names) ? names.map(String) : [];
  }

  /** Returns what stands for the value; `others`: what a new one must not be taken for. */
  put(slot: number, value: unknown, others?: ReadonlySet<unknown>): unknown {
    const content = this.contents.numberOf(slot, value, others);
    this.footprint.write(slot, content);
    return this.contents.at(content);
  }
}
