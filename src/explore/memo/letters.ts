import { type Actor, addressOf, type Receiver } from "../../system/composition.ts";
import type { Pending } from "../../system/delivery.ts";
import type { Detail, KernelEvent } from "../../system/kernel-event.ts";
import type { Letter } from "../../system/mailbox.ts";
import type { Slots } from "./slots.ts";
import type { Values } from "./values.ts";

/** An actor by its address; whoever comes later under the same address has the same place. */
export interface Place {
  /** The slot of its local state. */
  readonly slot: number;
  readonly actor: Actor;
}

/** All of a waiting delivery but its moment and its number. */
export interface Template {
  readonly id: number;
  readonly to: Place;
  readonly from: Place | undefined;
  readonly origin: Place | undefined;
  readonly event: KernelEvent;
  readonly view: string | undefined;
  readonly detail: Detail | undefined;
  readonly key: string | undefined;
  /** Of receiver and key; 0 without a key. */
  readonly keyId: number;
  /** Of sender and receiver: what may not overtake each other; its own with a key. */
  readonly link: number;
  readonly periodic: boolean;
  /** The receiver has ended since it was sent. */
  readonly isGone: boolean;
}

/** What a step does to what waits, in its order. */
export type PendingOperation =
  | { readonly push: Template; readonly delayMs: number; readonly keepsPending: boolean }
  | { readonly cancel: number }
  | { readonly end: Place };

/** Everything that may wait, by number. */
export class Letters {
  readonly #slots: Slots;
  readonly #values: Values;
  readonly #places = new Map<string, Place>();
  readonly #bySlot = new Map<number, Actor>();
  readonly #byActor = new WeakMap<Actor, Place>();
  readonly #templates: Template[] = [];
  readonly #ids = new Map<string, Template>();
  readonly #events = new Map<KernelEvent, number>();
  readonly #words = new Map<string, number>();

  constructor(slots: Slots, values: Values) {
    this.#slots = slots;
    this.#values = values;
  }

  template(id: number): Template {
    const template = this.#templates[id];
    if (template === undefined) throw new Error(`no delivery has the number ${id}`);
    return template;
  }

  get places(): Iterable<Place> {
    return this.#places.values();
  }

  placeOf(receiver: Receiver | Actor): Place {
    const known = "index" in receiver ? this.#byActor.get(receiver) : undefined;
    if (known !== undefined) return known;
    const { machine, subject } = receiver;
    const address = addressOf(receiver);
    let place = this.#places.get(address);
    if (place === undefined) {
      const slot = this.#slots.of("local", address);
      place = { slot, actor: { index: slot, machine, subject } };
      this.#places.set(address, place);
      this.#bySlot.set(slot, place.actor);
      this.#byActor.set(place.actor, place);
    }
    if ("index" in receiver) this.#byActor.set(receiver, place);
    return place;
  }

  /** Whose local state a slot holds. */
  actorIn(slot: number): Actor | undefined {
    return this.#bySlot.get(slot);
  }

  keyIdOf(place: Place, key: string): number {
    return this.#wordId(`${place.slot} ${key}`) + 1;
  }

  /** The number of a letter to an actor. */
  templateOf(to: Place, letter: Pick<Letter, "event" | Optional> & Senders): Template {
    const { event, view, key, periodic = false, from, origin } = letter;
    const detail = this.#values.standing(letter.detail);
    return this.#make({
      to,
      from: from && this.placeOf(from),
      origin: origin && this.placeOf(origin),
      event,
      view,
      detail,
      key,
      periodic,
      isGone: false,
    });
  }

  /** The same once its receiver has ended. */
  goneOf(template: Template): Template {
    return template.isGone ? template : this.#make({ ...template, isGone: true });
  }

  #make(parts: Omit<Template, "id" | "keyId" | "link">): Template {
    const { to, from, origin, event, view, detail, key, periodic, isGone } = parts;
    const eventId = this.#events.get(event) ?? this.#events.size;
    this.#events.set(event, eventId);
    const ends = [to.slot, from?.slot, origin?.slot, eventId, view, this.#values.idOf(detail)];
    const text = [...ends, key, periodic, isGone].join(" ");
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const keyId = key === undefined ? 0 : this.keyIdOf(to, key);
    const link = this.#wordId(`${from?.slot} to ${to.slot} ${key} ${isGone}`);
    // Written out: a copy with more fields would have a hidden class of its own.
    const id = this.#templates.length;
    const template = {
      id,
      to,
      from,
      origin,
      event,
      view,
      detail,
      key,
      keyId,
      link,
      periodic,
      isGone,
    };
    this.#templates.push(template);
    this.#ids.set(text, template);
    return template;
  }

  #wordId(word: string): number {
    const known = this.#words.get(word) ?? this.#words.size;
    this.#words.set(word, known);
    return known;
  }
}

type Optional = "view" | "detail" | "key" | "periodic";

type Senders = Pick<Pending, "from" | "origin">;
