import { firstSeed, hashOf, secondSeed } from "./mixing.ts";
import type { Letters, Place, Template } from "./memo/letters.ts";
import type { State } from "./memo/state.ts";

/**
 * Tells whether anything in a state is new: the machines of a container, of a pod or of a node,
 * with what waits for them, stand together as none of its kind has before, whatever its name.
 */
export class Novelty {
  readonly #letters: Letters;
  readonly #seen = new Set<number>();
  /** By whom actors serve, a sum over their local states and what waits for them. */
  readonly #owners = new Map<string, Owner>();
  readonly #byPlace = new Map<Place, { readonly owner: Owner; readonly machine: number }>();
  readonly #byTemplate = new Map<Template, number>();
  readonly #words = new Map<string, number>();

  constructor(letters: Letters) {
    this.#letters = letters;
  }

  isNew(state: State): boolean {
    for (const owner of this.#owners.values()) [owner.first, owner.second] = [0, 0];
    for (const place of this.#letters.places) {
      const local = state.slots[place.slot] ?? 0;
      if (local > 0) this.#add(place, this.#factOf(place).machine * mostLocals + local);
    }
    for (const one of state.ready) this.#addWaiting(one);
    for (const one of state.due) this.#addWaiting(one);
    let isNew = false;
    for (const { kind, first, second } of this.#owners.values()) {
      // 53 bits of the sums.
      const key = (hashOf(kind, first) >>> 0) * 0x200000 + (second >>> 11);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      isNew = true;
    }
    return isNew;
  }

  #addWaiting(template: Template): void {
    let fact = this.#byTemplate.get(template);
    if (fact === undefined) {
      const { to, event } = template;
      fact = -this.#wordId(`${to.actor.machine} ${event.type}`);
      this.#byTemplate.set(template, fact);
    }
    this.#add(template.to, fact);
  }

  #add(place: Place, fact: number): void {
    const { owner } = this.#factOf(place);
    owner.first = (owner.first + hashOf(fact, firstSeed)) | 0;
    owner.second = (owner.second + hashOf(fact, secondSeed)) | 0;
  }

  #factOf(place: Place) {
    let known = this.#byPlace.get(place);
    if (known === undefined) {
      known = { owner: this.#ownerOf(place), machine: this.#wordId(place.actor.machine) };
      this.#byPlace.set(place, known);
    }
    return known;
  }

  #ownerOf({ actor: { subject } }: Place): Owner {
    const { pod = "", node = "", container = "" } = subject;
    const key = `${pod} ${node} ${container}`;
    let owner = this.#owners.get(key);
    if (owner === undefined) {
      owner = { kind: container !== "" ? 2 : pod !== "" ? 1 : 0, first: 0, second: 0 };
      this.#owners.set(key, owner);
    }
    return owner;
  }

  #wordId(word: string): number {
    const known = this.#words.get(word) ?? this.#words.size + 1;
    this.#words.set(word, known);
    return known;
  }
}

interface Owner {
  /** 0: a node or the whole cluster; 1: a pod; 2: a container. */
  readonly kind: number;
  first: number;
  second: number;
}

/** Of one machine; more of them only make two facts look alike. */
const mostLocals = 1_000_000;
