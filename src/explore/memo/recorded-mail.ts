import { ActorTable, notStarted } from "../../system/actor-table.ts";
import type { Actor, Receiver, Subject } from "../../system/composition.ts";
import type { Pending } from "../../system/delivery.ts";
import { type Letter, Mailboxes } from "../../system/mailbox.ts";
import type { Footprint } from "./footprint.ts";
import type { Letters, Place, Template } from "./letters.ts";

/** Finds every actor at its place, and its local state in the slots. */
export class RecordedActors extends ActorTable {
  readonly #letters: Letters;
  readonly #footprint: Footprint;

  constructor(letters: Letters, footprint: Footprint) {
    super();
    this.#letters = letters;
    this.#footprint = footprint;
  }

  override at(machine: string, subject: Subject): Actor {
    return this.#letters.placeOf({ machine, subject }).actor;
  }

  override placeOf(receiver: Receiver | Actor): Actor {
    return this.#letters.placeOf(receiver).actor;
  }

  override find(machine: string, subject: Subject): Actor {
    return this.at(machine, subject);
  }

  /** A copy of a place's actor is one that has ended. */
  override isActor(actor: Actor): boolean {
    return this.#letters.placeOf(actor).actor === actor;
  }

  override localOf(actor: Actor): number {
    return this.#footprint.read(this.#letters.placeOf(actor).slot) - 1;
  }

  override setLocal(actor: Actor, local: number): void {
    this.#footprint.write(this.#letters.placeOf(actor).slot, local + 1);
  }
}

/** Sends nothing, but writes down what would be sent. */
export class RecordedMail extends Mailboxes {
  readonly #letters: Letters;
  readonly #footprint: Footprint;

  constructor(actors: RecordedActors, letters: Letters, footprint: Footprint) {
    super(actors);
    this.#letters = letters;
    this.#footprint = footprint;
  }

  override get now(): number {
    return this.#footprint.now;
  }

  override takeHead(head: Pending): void {
    this.#footprint.moveTo(head.due);
  }

  override push(to: Actor, letter: Letter): void {
    const place = this.#letters.placeOf(to);
    const push = this.#letters.templateOf(place, letter);
    const { delayMs = 0, keepsPending = false } = letter;
    this.#footprint.operations.push({ push, delayMs, keepsPending });
  }

  override cancel(actor: Actor, key: string): void {
    const cancel = this.#letters.keyIdOf(this.#letters.placeOf(actor), key);
    this.#footprint.operations.push({ cancel });
  }

  override end(actor: Actor): void {
    const place = this.#letters.placeOf(actor);
    this.#footprint.write(place.slot, notStarted + 1);
    this.#footprint.operations.push({ end: place });
  }
}

/** The delivery of a template, as the kernel knows deliveries. */
export function pendingOf(
  { to, from, origin, event, view, detail, key, periodic, isGone }: Template,
  due: number,
): Pending {
  return {
    due,
    seq: 0,
    to: isGone ? { ...to.actor } : to.actor,
    from: actorOf(from),
    origin: actorOf(origin),
    cause: 0,
    event,
    view,
    detail,
    key,
    periodic,
  };
}

function actorOf(place: Place | undefined): Actor | undefined {
  return place?.actor;
}
