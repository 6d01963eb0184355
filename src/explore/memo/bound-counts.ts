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
  readonly #restarts: number[] = [];
  readonly #pulls: number[] = [];
  readonly #evictions: number[] = [];
  readonly #all: { -readonly [Of in keyof Counts]: Counts[Of] }[] = [];

  constructor(slots: Slots, contents: Contents) {
    this.#slots = slots;
    this.#contents = contents;
    this.#sides = slots.of("value", "sides");
  }

  /** Of each pod; the next ones are written over them. */
  of(numbers: Int32Array): readonly Counts[] {
    const pods = this.#podsOf(numbers[this.#sides] ?? 0);
    const all = this.#all;
    while (all.length < pods.length) all.push({ restarts: 0, pulls: 0, evictions: 0 });
    while (all.length > pods.length) all.pop();
    for (let nth = 0; nth < pods.length; nth++) {
      const [pod, counts] = [pods[nth], all[nth]];
      if (pod === undefined || counts === undefined) continue;
      const { runtime, imagePulls, verdict } = pod;
      counts.restarts = this.#count(this.#restarts, numbers[runtime] ?? 0, countsOfSide.runtime);
      counts.pulls = this.#count(this.#pulls, numbers[imagePulls] ?? 0, countsOfSide.imagePulls);
      counts.evictions = this.#count(this.#evictions, numbers[verdict] ?? 0, countsOfSide.verdict);
    }
    return all;
  }

  #count<T extends PodSide[keyof PodSlots]>(
    known: (number | undefined)[],
    id: number,
    count: (value: T) => number,
  ): number {
    if (id === 0) return 0;
    let counted = known[id];
    if (counted === undefined) {
      counted = count(fieldValue<T>(this.#contents.at(id)));
      known[id] = counted;
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
