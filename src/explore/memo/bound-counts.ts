import type { PodSide } from "../../system/pod-side.ts";
import { type Counts, countsOfSide } from "../bounds.ts";
import type { Contents } from "./contents.ts";
import { keysIn } from "./recorded-store.ts";
import type { Slots } from "./slots.ts";

/** Where of a pod stands what bounds count. */
type PodSlots = Readonly<Record<keyof typeof countsOfSide, number>>;

/** What bounds count of the pods of a state; each value is counted once. */
export class BoundCounts {
  readonly #slots: Slots;
  readonly #contents: Contents;
  readonly #sides: number;
  /** By the number of the list of pods. */
  readonly #pods = new Map<number, readonly PodSlots[]>();
  /** By the number of what is counted. */
  readonly #restarts = new Map<number, number>();
  readonly #pulls = new Map<number, number>();
  readonly #evictions = new Map<number, number>();

  constructor(slots: Slots, contents: Contents) {
    this.#slots = slots;
    this.#contents = contents;
    this.#sides = slots.of("value", "sides");
  }

  of(numbers: Int32Array): readonly Counts[] {
    return this.#podsOf(numbers[this.#sides] ?? 0).map(({ runtime, imagePulls, verdict }) => ({
      restarts: this.#count(this.#restarts, numbers[runtime] ?? 0, countsOfSide.runtime),
      pulls: this.#count(this.#pulls, numbers[imagePulls] ?? 0, countsOfSide.imagePulls),
      evictions: this.#count(this.#evictions, numbers[verdict] ?? 0, countsOfSide.verdict),
    }));
  }

  #count<T extends PodSide[keyof PodSlots]>(
    known: Map<number, number>,
    id: number,
    count: (value: T) => number,
  ): number {
    if (id === 0) return 0;
    let counted = known.get(id);
    if (counted === undefined) {
      counted = count(fieldValue<T>(this.#contents.at(id)));
      known.set(id, counted);
    }
    return counted;
  }

  #podsOf(list: number): readonly PodSlots[] {
    const known = this.#pods.get(list);
    if (known !== undefined) return known;
    const slotOf = (key: string, field: keyof PodSlots) => this.#slots.of("field", key, field);
    const pods = keysIn(this.#contents.at(list)).map((key) => ({
      runtime: slotOf(key, "runtime"),
      imagePulls: slotOf(key, "imagePulls"),
      verdict: slotOf(key, "verdict"),
    }));
    this.#pods.set(list, pods);
    return pods;
  }
}

/** What stands in the slot of a field was written there as its value. */
function fieldValue<T>(value: unknown): T;
function fieldValue(value: unknown): unknown {
  return value;
}
