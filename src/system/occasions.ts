import type { Choices } from "../choice/choices.ts";
import type {
  Actor,
  Emission,
  HandlerContext,
  Message,
  Receiver,
  Subject,
  ViewContext,
} from "./composition.ts";
import type { Pending } from "./delivery.ts";
import type { Detail, KernelEvent } from "./kernel-event.ts";

/** A system in one of its deliveries. */
interface Delivering<W> {
  readonly world: W;
  readonly choices: Choices;
  readonly now: number;
  readonly seq: number;
}

/** What its messages and ends become. */
interface Doing {
  readonly send: (message: Message) => void;
  readonly end: (receivers: readonly Receiver[]) => void;
}

// Each looks at the clock when somebody asks what time it is, and not before: so an explorer
// knows which steps are the same at any time.

/** A fact on its way. */
export class Emitted implements Emission {
  readonly fact: KernelEvent;
  readonly from: Actor;
  readonly seq: number;
  readonly origin: Actor | undefined;
  readonly detail: Detail | undefined;
  readonly choices: Choices;
  readonly #system: Delivering<unknown>;

  constructor(
    system: Delivering<unknown>,
    from: Actor,
    fact: KernelEvent,
    origin: Actor | undefined,
    detail: Detail | undefined,
  ) {
    this.fact = fact;
    this.from = from;
    this.seq = system.seq;
    this.origin = origin;
    this.detail = detail;
    this.choices = system.choices;
    this.#system = system;
  }

  get now(): number {
    return this.#system.now;
  }
}

/** What a view is told of its message. */
export class Viewed implements ViewContext {
  readonly fact: KernelEvent;
  readonly from: Subject;
  readonly to: Subject;
  readonly detail: Detail | undefined;
  readonly #system: Delivering<unknown>;

  constructor(system: Delivering<unknown>, { event, from, to, detail }: Pending) {
    this.fact = event;
    this.from = from?.subject ?? nobody;
    this.to = to.subject;
    this.detail = detail;
    this.#system = system;
  }

  get now(): number {
    return this.#system.now;
  }
}

/** What a handler is told of its event. */
export class Handled<W> implements HandlerContext<W> {
  readonly world: W;
  readonly choices: Choices;
  readonly seq: number;
  readonly event: KernelEvent;
  readonly self: Actor;
  readonly from: Actor | undefined;
  readonly origin: Actor | undefined;
  readonly detail: Detail | undefined;
  readonly send: (message: Message) => void;
  readonly end: (receivers: readonly Receiver[]) => void;
  readonly #system: Delivering<W>;

  constructor(system: Delivering<W>, pending: Pending, event: KernelEvent, { send, end }: Doing) {
    this.world = system.world;
    this.choices = system.choices;
    this.seq = system.seq;
    this.event = event;
    this.self = pending.to;
    this.from = pending.from;
    this.origin = pending.origin;
    this.detail = pending.detail;
    this.send = send;
    this.end = end;
    this.#system = system;
  }

  get now(): number {
    return this.#system.now;
  }
}

const nobody: Subject = {};
