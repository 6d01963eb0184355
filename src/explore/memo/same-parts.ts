import type { Contents } from "./contents.ts";
import { keysIn, objectSlot } from "./recorded-store.ts";
import type { Slots } from "./slots.ts";

/** Where of a pod stands what is compared by identity. */
interface PodSlots {
  readonly key: string;
  readonly object: number;
  readonly pod: number;
  readonly sent: number;
  readonly cache: number;
  readonly runtime: number;
}

/** The parts of an object, by the numbers of their values. */
interface ObjectParts {
  readonly spec: number;
  readonly status: number;
}

/** Which parts of each pod are the very same, for whoever goes on compares them. */
export class SameParts {
  readonly #slots: Slots;
  readonly #contents: Contents;
  readonly #sides: number;
  /** By the content that lists the pods. */
  readonly #pods = new Map<number, readonly PodSlots[]>();
  /** By the content that is an object. */
  readonly #objects: ObjectParts[] = [];

  constructor(slots: Slots, contents: Contents) {
    this.#slots = slots;
    this.#contents = contents;
    this.#sides = slots.of("value", "sides");
  }

  addTo(hear: (key: string, same: number) => void, numbers: Int32Array): void {
    const contents = this.#contents;
    for (const pod of this.#podsOf(numbers[this.#sides] ?? 0)) {
      const stored = this.#partsOf(numbers[pod.object] ?? 0);
      const known = this.#partsOf(numbers[pod.pod] ?? 0);
      const sent = contents.valueIdAt(numbers[pod.sent] ?? 0);
      const cache = contents.valueIdAt(numbers[pod.cache] ?? 0);
      const runtime = contents.valueIdAt(numbers[pod.runtime] ?? 0);
      hear(
        pod.key,
        Number(stored.status === sent) +
          2 * Number(stored.spec === known.spec) +
          4 * Number(stored.status === known.status) +
          8 * Number(cache === runtime),
      );
    }
  }

  #partsOf(content: number): ObjectParts {
    const known = this.#objects[content];
    if (known !== undefined) return known;
    const object = this.#contents.at(content);
    const { values } = this.#contents;
    const isObject = typeof object === "object" && object !== null;
    const parts = {
      spec: isObject && "spec" in object ? values.idOf(object.spec) : 0,
      status: isObject && "status" in object ? values.idOf(object.status) : 0,
    };
    this.#objects[content] = parts;
    return parts;
  }

  #podsOf(list: number): readonly PodSlots[] {
    const known = this.#pods.get(list);
    if (known !== undefined) return known;
    const slots = this.#slots;
    const pods = keysIn(this.#contents.at(list)).map((key) => ({
      key,
      object: objectSlot(slots, "Pod", key),
      pod: slots.of("field", key, "pod"),
      sent: slots.of("field", key, "sent"),
      cache: slots.of("field", key, "cache"),
      runtime: slots.of("field", key, "runtime"),
    }));
    this.#pods.set(list, pods);
    return pods;
  }
}
