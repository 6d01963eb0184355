import { assert } from "../../machines/assert.ts";
import { type Choices, restoreChoices, type SavedChoices } from "../choice/choices.ts";
import { DueQueue } from "../clock/due-queue.ts";
import { ActorTable } from "./actor-table.ts";
import {
  type Actor,
  addressOf,
  type Composition,
  type Subject,
  type World,
} from "./composition.ts";
import type { Pending } from "./delivery.ts";
import type { LocalState } from "./effects.ts";
import type { Executor } from "./executor.ts";
import { type Detail, internEvent, type KernelEvent } from "./kernel-event.ts";
import type { MailboxParts } from "./mailbox.ts";
import { stepperOf } from "./stepper.ts";
import { machineOf, machineToBegin } from "./variants.ts";

/** Everything but the code: what `fork` copies and `save` writes. */
export interface SystemParts<W> {
  readonly world: W;
  readonly choices: Choices;
  readonly actors: ActorTable;
  readonly mailboxes?: MailboxParts;
  /** Deliveries so far. */
  readonly seq?: number;
}

/** A system as plain JSON, timers and choices included. */
export interface SavedSystem {
  readonly now: number;
  readonly seq: number;
  readonly order: number;
  readonly work: number;
  readonly actors: readonly SavedActor[];
  readonly pending: readonly SavedPending[];
  /** How many of `pending` are ready messages; they come first. */
  readonly ready: number;
  readonly choices: SavedChoices;
  readonly world: unknown;
}

interface SavedActor {
  readonly machine: string;
  readonly subject: Subject;
  /** null before its first delivery, and for handlers. */
  readonly local: LocalState | null;
}

interface SavedPending {
  readonly due: number;
  readonly seq: number;
  readonly to: SavedActorName;
  /** The receiver has ended; another one may have its name by now. */
  readonly isGone: boolean;
  readonly from: SavedActorName | null;
  readonly origin: SavedActorName | null;
  readonly cause: number;
  readonly event: KernelEvent;
  readonly view: string | null;
  readonly detail: Detail | null;
  readonly key: string | null;
  readonly periodic: boolean;
}

interface SavedActorName {
  readonly machine: string;
  readonly subject: Subject;
}

export function saveSystem<W extends World<W>>(
  composition: Composition<W>,
  parts: Required<SystemParts<W>>,
  executor: Executor,
): SavedSystem {
  const { seq, actors, choices, world } = parts;
  const { now, order, work, ready, due } = parts.mailboxes;
  const live = due.inOrder().filter((pending) => actors.isLive(pending));
  return {
    now,
    seq,
    order,
    work,
    actors: inOrder(actors).map((actor) => savedActor(actor, composition, executor)),
    pending: [...ready, ...live].map((pending) => savedPending(pending, actors)),
    ready: ready.length,
    choices: choices.save(),
    world: world.save(),
  };
}

/** The parts of a system that goes on exactly where the saved one stood. */
export function loadSystem<W extends World<W>>(
  saved: SavedSystem,
  composition: Composition<W>,
): SystemParts<W> {
  const { now, seq, order, work } = saved;
  const actors = new ActorTable();
  const world = composition.loadWorld(saved.world);
  for (const { machine, subject, local } of saved.actors) {
    const actor = actors.at(machine, subject);
    const row = composition.machines[machine];
    if (local === null || row === undefined) continue;
    actors.setLocal(actor, stepperOf(machineToBegin(actor, row, world)).intern(local));
  }
  const gone = new Map<string, Actor>();
  const pending = saved.pending.map((one) => loadedPending(one, actors, gone));
  const ready = pending.slice(0, saved.ready);
  const due = new DueQueue<Pending>();
  for (const one of pending.slice(saved.ready)) {
    due.push(one);
    if (one.key !== undefined) actors.remember(one);
  }
  const mailboxes = { now, order, work, ready, due };
  return { seq, actors, mailboxes, world, choices: restoreChoices(saved.choices) };
}

/** By address: which place an actor has had does not matter. */
function inOrder(actors: ActorTable): Actor[] {
  const addressed = Array.from(actors, (actor) => [addressOf(actor), actor] as const);
  return addressed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, actor]) => actor);
}

function savedActor<W extends World<W>>(
  actor: Actor,
  composition: Composition<W>,
  executor: Executor,
): SavedActor {
  const { machine, subject } = actor;
  const row = composition.machines[machine];
  const local = row === undefined ? undefined : executor.stateOf(actor, machineOf(actor, row));
  return { machine, subject, local: local ?? null };
}

function savedPending(pending: Pending, actors: ActorTable): SavedPending {
  const { due, seq, cause, event, periodic } = pending;
  return {
    due,
    seq,
    to: nameOf(pending.to),
    isGone: !actors.isActor(pending.to),
    from: pending.from === undefined ? null : nameOf(pending.from),
    origin: pending.origin === undefined ? null : nameOf(pending.origin),
    cause,
    event,
    view: pending.view ?? null,
    detail: pending.detail ?? null,
    key: pending.key ?? null,
    periodic,
  };
}

function nameOf({ machine, subject }: Actor): SavedActorName {
  return { machine, subject };
}

function loadedPending(saved: SavedPending, actors: ActorTable, gone: Map<string, Actor>): Pending {
  const { due, seq, cause, periodic } = saved;
  const actor = (name: SavedActorName): Actor =>
    actors.find(name.machine, name.subject) ?? departed(name, gone);
  assert(
    saved.key === null || actors.find(saved.to.machine, saved.to.subject) !== undefined,
    "a timer's actor exists",
  );
  return {
    due,
    seq,
    to: saved.isGone ? departed(saved.to, gone) : actor(saved.to),
    from: saved.from === null ? undefined : actor(saved.from),
    origin: saved.origin === null ? undefined : actor(saved.origin),
    cause,
    event: internEvent(saved.event),
    view: saved.view ?? undefined,
    detail: saved.detail ?? undefined,
    key: saved.key ?? undefined,
    periodic,
  };
}

/** An actor that had ended before the save but is still named by a pending delivery. */
function departed(name: SavedActorName, gone: Map<string, Actor>): Actor {
  const key = JSON.stringify(name);
  const known = gone.get(key);
  if (known !== undefined) return known;
  const actor = new ActorTable().at(name.machine, name.subject);
  gone.set(key, actor);
  return actor;
}
