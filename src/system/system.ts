import { assert } from "../../machines/assert.ts";
import type { Choices } from "../choice/choices.ts";
import { ActorTable } from "./actor-table.ts";
import {
  type Actor,
  type Composition,
  type MachineRow,
  type Message,
  type Receiver,
  type SettleContext,
  type World,
} from "./composition.ts";
import { type Delivery, deliveryOf, type Outcome, type Pending } from "./delivery.ts";
import type { Effects } from "./effects.ts";
import type { Executor, Hosts } from "./executor.ts";
import { type Detail, internEvent, type KernelEvent } from "./kernel-event.ts";
import { type Ahead, letterIn, Mailboxes } from "./mailbox.ts";
import { MemoExecutor } from "./memo-executor.ts";
import { Emitted, Handled, Viewed } from "./occasions.ts";
import { followRoutes } from "./routing.ts";
import { loadSystem, type SavedSystem, saveSystem, type SystemParts } from "./save.ts";
import { settlingOf } from "./settling.ts";
import { machineOf, machineToBegin } from "./variants.ts";

/** Watches a run; without one no trace is built. */
export type Observer = (delivery: Delivery) => void;

/** One value that steps deterministically: ready messages first, then what is due first. */
export class System<W extends World<W>> {
  readonly composition: Composition<W>;
  readonly world: W;
  readonly choices: Choices;
  readonly actors: ActorTable;
  observer: Observer | undefined;
  /** Hears what each step of a machine did, the first state of an actor included. */
  stepped: ((actor: Actor, effects: Effects) => void) | undefined;
  readonly #mailboxes: Mailboxes;
  readonly #settling: SettleContext<W>;
  readonly #executor: Executor;
  #seq: number;

  constructor(composition: Composition<W>, parts: SystemParts<W>, by: Hosts = {}) {
    this.composition = composition;
    this.world = parts.world;
    const { told } = composition;
    this.choices = told === undefined ? parts.choices : parts.choices.toldBy(told);
    this.actors = parts.actors;
    this.#mailboxes = by.mailboxes ?? new Mailboxes(parts.actors, parts.mailboxes);
    this.#executor = by.executor ?? new MemoExecutor(parts.actors);
    this.#seq = parts.seq ?? 0;
    this.#settling = settlingOf(this, {
      send: (message) => this.#send(message, undefined, message.origin, this.#seq),
      end: (receivers) => this.#end(receivers),
    });
  }

  static create<W extends World<W>>(
    composition: Composition<W>,
    world: W,
    choices: Choices,
    host?: Executor,
  ): System<W> {
    return new System(
      composition,
      { world, choices, actors: new ActorTable() },
      { executor: host },
    );
  }

  static load<W extends World<W>>(composition: Composition<W>, saved: SavedSystem): System<W> {
    return new System(composition, loadSystem(saved, composition));
  }

  /** Virtual milliseconds since the start. */
  get now(): number {
    return this.#mailboxes.now;
  }

  /** Deliveries so far. */
  get seq(): number {
    return this.#seq;
  }

  /** Whether anything but periodic work is pending. */
  get isBusy(): boolean {
    return this.#mailboxes.work > 0;
  }

  /** When the next delivery happens; undefined when nothing is pending. */
  nextAt(): number | undefined {
    return this.#mailboxes.nextAt();
  }

  /** Makes one delivery; false when nothing is pending. */
  step(): boolean {
    const pending = this.#mailboxes.take();
    if (pending !== undefined) this.#deliver(pending);
    return pending !== undefined;
  }

  /** What waits to be delivered. */
  get ahead(): Ahead {
    return this.#mailboxes;
  }
  /** Makes one of the heads of what is ahead, or was ahead before a fork. */
  stepWith(head: Pending): void {
    this.#mailboxes.takeHead(head);
    this.#deliver(head);
  }

  /** Until only periodic work is left or `untilMs` is passed; returns the deliveries. */
  run(untilMs: number, maximumDeliveries = Number.POSITIVE_INFINITY): number {
    const first = this.#seq;
    while (this.isBusy && this.#seq - first < maximumDeliveries) {
      if ((this.nextAt() ?? Number.POSITIVE_INFINITY) > untilMs) break;
      this.step();
    }
    return this.#seq - first;
  }

  /** Steps through everything due until then, periodic work too, and moves the clock there. */
  advanceTo(untilMs: number): void {
    for (let at = this.nextAt(); at !== undefined && at <= untilMs; at = this.nextAt()) this.step();
    this.#mailboxes.skipTo(untilMs);
  }

  /** Hands in a message from outside. */
  send(message: Message): void {
    this.#send(message, undefined, message.origin, 0);
  }

  /** Hands in a message from outside that is delivered at once. */
  deliver(message: Omit<Message, "delayMs" | "key">): void {
    this.send(message);
    this.#deliver(this.#mailboxes.takeNewest());
  }

  /** A copy that goes its own way; costs a few array copies. */
  fork(composition: Composition<W> = this.composition): System<W> {
    const actors = this.actors.fork();
    const executor = this.#executor.fork(actors);
    const [world, choices] = [this.world.fork(), this.choices.fork()];
    const [mailboxes, seq] = [this.#mailboxes.parts(), this.#seq];
    return new System(composition, { world, choices, actors, mailboxes, seq }, { executor });
  }

  /** Plain JSON from which `System.load` goes on byte for byte as this one would. */
  save(): SavedSystem {
    const { world, choices, actors } = this;
    const [mailboxes, seq] = [this.#mailboxes.parts(), this.#seq];
    const parts = { world, choices, actors, mailboxes, seq };
    return saveSystem(this.composition, parts, this.#executor);
  }

  #send(message: Message, from: Actor | undefined, origin: Actor | undefined, cause: number): void {
    this.#mailboxes.post(message.to, letterIn(message, from, origin, cause));
  }

  #deliver(pending: Pending): void {
    const seq = ++this.#seq;
    const event = this.#eventOf(pending);
    if (pending.to.machine in this.composition.handlers) this.#handle(pending, event, seq);
    else this.#stepMachine(pending, event, seq);
    this.composition.settle?.(this.#settling);
  }

  /** Of whom does not exist any more nothing can be viewed. */
  #eventOf(pending: Pending): KernelEvent {
    const { event, view, to } = pending;
    if (view === undefined || !this.#mayHear(to)) return event;
    const build = this.composition.views[view];
    assert(build !== undefined, `the view ${view} is in the composition`);
    return internEvent(build(this.world, new Viewed(this, pending)));
  }

  #handle(pending: Pending, event: KernelEvent, seq: number): void {
    const { to, origin } = pending;
    const facts: KernelEvent[] = [];
    const send = (message: Message): void => {
      facts.push(message.event);
      this.#send(message, to, message.origin ?? origin, seq);
    };
    const { end } = this.#settling;
    this.composition.handlers[to.machine]?.(new Handled(this, pending, event, { send, end }));
    this.#observe(pending, event, seq, { handled: "handler", before: null, after: null, facts });
  }

  #stepMachine(pending: Pending, event: KernelEvent, seq: number): void {
    const { to, origin, detail } = pending;
    const row = this.#rowOf(to.machine);
    const first = this.actors.isActor(to) ? this.#start(to, row, event, seq) : undefined;
    if (first === undefined) return this.#observe(pending, event, seq, nobodyThere);
    const before = this.#valueOf(to, row);
    const effects = this.#executor.step(to, machineOf(to, row), event);
    this.stepped?.(to, effects);
    const after = this.#valueOf(to, row);
    this.#apply(to, row, effects, origin, detail, seq);
    if (this.observer === undefined) return;
    const { handled, facts } = effects;
    this.#observe(pending, event, seq, { before, after, handled, facts: [...first, ...facts] });
  }

  /** The state as a trace tells it; null when nobody listens. */
  #valueOf(actor: Actor, row: MachineRow<W>): Delivery["before"] {
    if (this.observer === undefined) return null;
    return this.#executor.stateOf(actor, machineOf(actor, row))?.value ?? null;
  }

  #mayHear(actor: Actor): boolean {
    const row = this.composition.machines[actor.machine];
    if (row === undefined || !this.actors.isActor(actor)) return row === undefined;
    return this.#executor.isBegun(actor) || row.exists(this.world, actor.subject);
  }

  #rowOf(machine: string): MachineRow<W> {
    const row = this.composition.machines[machine];
    assert(row !== undefined, `${machine} is a machine or a handler of the composition`);
    return row;
  }

  /**
   * An actor begins to exist just before its first delivery, with the facts of its initial state;
   * undefined when it may not.
   */
  #start(
    actor: Actor,
    row: MachineRow<W>,
    event: KernelEvent,
    seq: number,
  ): readonly KernelEvent[] | undefined {
    if (this.#executor.isBegun(actor)) return noFacts;
    if (!row.exists(this.world, actor.subject)) {
      this.#mailboxes.end(actor);
      return undefined;
    }
    const input = row.input(this.world, actor.subject);
    const machine = machineToBegin(actor, row, this.world);
    const effects = this.#executor.begin(actor, machine, input, event);
    this.stepped?.(actor, effects);
    this.#apply(actor, row, effects, undefined, undefined, seq);
    return effects.facts;
  }

  #apply(
    actor: Actor,
    row: MachineRow<W>,
    { timers, facts, done }: Effects,
    origin: Actor | undefined,
    detail: Detail | undefined,
    seq: number,
  ): void {
    for (const timer of timers) {
      if ("cancel" in timer) this.#mailboxes.cancel(actor, timer.cancel);
      else {
        const { set: key, fires: event, delayMs } = timer;
        const periodic = row.periodicDelays?.includes(timer.delay) ?? false;
        const letter = { event, key, delayMs, periodic, from: actor, origin: undefined };
        this.#mailboxes.push(actor, { cause: seq, ...letter });
      }
    }
    for (const fact of facts) this.#emit(actor, fact, origin, detail);
    if (done) this.#endActor(actor);
  }

  #emit(
    from: Actor,
    fact: KernelEvent,
    origin: Actor | undefined,
    detail: Detail | undefined,
  ): void {
    const routes = this.composition.routes[from.machine]?.[fact.type];
    assert(routes !== undefined, `${from.machine} emits ${fact.type}, so the routes name it`);
    const emission = new Emitted(this, from, fact, origin, detail);
    followRoutes(routes, this.world, emission, this.#mailboxes);
  }

  #end(receivers: readonly Receiver[]): void {
    for (const { machine, subject } of receivers) {
      const actor = this.actors.find(machine, subject);
      if (actor !== undefined) this.#endActor(actor);
    }
  }

  #endActor(actor: Actor): void {
    this.#mailboxes.end(actor);
    this.#executor.end(actor);
  }

  #observe(pending: Pending, event: KernelEvent, seq: number, outcome: Outcome): void {
    if (this.observer === undefined) return;
    this.observer(deliveryOf(pending, event, seq, this.now, outcome));
  }
}

const noFacts: readonly KernelEvent[] = [];
const nobodyThere: Outcome = { handled: "gone", before: null, after: null, facts: noFacts };
