import type { AnyStateMachine } from "xstate";

import type { Choices, Told } from "../choice/choices.ts";
import type { Detail, KernelEvent } from "./kernel-event.ts";

/**
 * Whom an actor serves: a node, a pod, a container, volume, image or probe of a pod, or an object
 * of another kind.
 */
export interface Subject {
  readonly node?: string;
  /** `namespace/name` of what is no pod; of which kind its machine or `part` says. */
  readonly object?: string;
  /** `namespace/name`. */
  readonly pod?: string;
  readonly container?: string;
  /** A volume's name, an image, a kind of probe or a controller. */
  readonly part?: string;
}

/** An actor's place in the system; the environment and the API server have theirs too. */
export interface Actor {
  readonly index: number;
  readonly machine: string;
  readonly subject: Subject;
}

/** A receiver named by machine and subject; created at its first delivery. */
export interface Receiver {
  readonly machine: string;
  readonly subject: Subject;
}

/** The objects and records that machines cannot see; changed by projections only. */
export interface World<Self> {
  fork(): Self;
  /** Plain JSON, from which the composition's `loadWorld` makes the same world again. */
  save(): unknown;
}

/** A fact on its way from its emitter through the routes. */
export interface Emission {
  readonly fact: KernelEvent;
  readonly from: Actor;
  /** Virtual milliseconds. */
  readonly now: number;
  /** The delivery in which it was emitted. */
  readonly seq: number;
  readonly origin: Actor | undefined;
  readonly detail: Detail | undefined;
  readonly choices: Choices;
}

/** Who is told of a fact. */
export interface ReceiverOf<W> {
  (world: W, emission: Emission): Receiver | readonly Receiver[] | undefined;
  /** Whoever it may be: what a picture draws without any run. */
  readonly machines?: readonly string[];
}

/** Stands for the emitter among the machines that are told. */
export const emitter = "emitter";

/** What happens to one fact: a projection writes it down, receivers are told. */
export interface Route<W> {
  readonly project?: (world: W, emission: Emission) => void;
  readonly to?: ReceiverOf<W>;
  /** The receiver's event when it is not the fact itself: a constant, or the name of a view. */
  readonly event?: KernelEvent;
  readonly view?: string;
  /** What travels beside the receiver's event; else what came beside the emitter's. */
  readonly detail?: (world: W, emission: Emission) => Detail;
  readonly latencyMs?: (world: W, emission: Emission) => number;
  /** A delivery with this key replaces the pending one with the same key and receiver. */
  readonly supersedes?: string;
  /** Of two with the same key, the pending one stays. */
  readonly keepsPending?: boolean;
  readonly periodic?: boolean;
  /** Marks the emitter as the one that a causal chain's answer goes to. */
  readonly asOrigin?: boolean;
}

/** By machine id, then by type of fact. */
export type Routes<W> = Readonly<Record<string, Readonly<Record<string, readonly Route<W>[]>>>>;

/** Builds a receiver's closed, nameless event from objects, at the moment of delivery. */
export interface View<W> {
  (world: W, about: ViewContext): KernelEvent;
  /** The type of the events that it builds. */
  readonly event?: string;
}

export interface ViewContext {
  readonly fact: KernelEvent;
  readonly from: Subject;
  readonly to: Subject;
  /** What travels beside the event. */
  readonly detail: Detail | undefined;
  readonly now: number;
}

/** A machine's row: what it starts with, and as long as what it exists. */
export interface MachineRow<W> {
  readonly machine: AnyStateMachine;
  readonly input: (world: W, subject: Subject) => unknown;
  readonly exists: (world: W, subject: Subject) => boolean;
  /** The feature gates of the place where it works, unless they are the defaults. */
  readonly gates?: (world: W, subject: Subject) => Readonly<Record<string, boolean>> | undefined;
  /** Names of delays that do not keep a run alive. */
  readonly periodicDelays?: readonly string[];
}

/** An event that a handler gets: the environment, the API server, the runtime's relist. */
export interface HandlerContext<W> {
  readonly world: W;
  readonly event: KernelEvent;
  readonly self: Actor;
  readonly from: Actor | undefined;
  readonly origin: Actor | undefined;
  readonly detail: Detail | undefined;
  readonly now: number;
  readonly seq: number;
  readonly choices: Choices;
  readonly send: (message: Message) => void;
  /** Ends actors whose process has ended, with their timers. */
  readonly end: (receivers: readonly Receiver[]) => void;
}

export interface Message {
  readonly to: Receiver;
  readonly event: KernelEvent;
  readonly view?: string | undefined;
  readonly detail?: Detail | undefined;
  readonly delayMs?: number | undefined;
  readonly key?: string | undefined;
  readonly keepsPending?: boolean | undefined;
  readonly periodic?: boolean | undefined;
  readonly origin?: Actor | undefined;
}

export type Handler<W> = (context: HandlerContext<W>) => void;

/** Who exists when, who receives what, and what is written down. */
export interface Composition<W extends World<W>> {
  readonly machines: Readonly<Record<string, MachineRow<W>>>;
  readonly handlers: Readonly<Record<string, Handler<W>>>;
  readonly routes: Routes<W>;
  readonly views: Readonly<Record<string, View<W>>>;
  /** Called after each delivery: turns changes of the world into messages and ends of actors. */
  readonly settle?: (context: SettleContext<W>) => void;
  /** What a scenario says of choices that projections ask; handlers ask their own environment. */
  readonly told?: Told;
  readonly loadWorld: (saved: unknown) => W;
}

export interface SettleContext<W> {
  readonly world: W;
  readonly now: number;
  /** The delivery that has just been made. */
  readonly seq: number;
  readonly choices: Choices;
  readonly send: (message: Message) => void;
  /** Ends every actor that the predicate names, with its timers. */
  readonly end: (addresses: readonly Receiver[]) => void;
}

/** `container/default/web/app`: the machine's id, then whom it serves. */
export function addressOf({ machine, subject }: Receiver): string {
  return `${machine}/${pathOf(subject)}`;
}

/** An address without the machine. */
export function pathOf({ node, object, pod, container, part }: Subject): string {
  let path = pod ?? node ?? object ?? "";
  if (container !== undefined) path = `${path}/${container}`;
  if (part !== undefined) path = `${path}/${part}`;
  return path;
}
