import { type Actor, addressOf } from "../system/composition.ts";
import type { Pending } from "../system/delivery.ts";
import type { KernelEvent } from "../system/kernel-event.ts";
import type { System } from "../system/system.ts";
import type { KubeWorld } from "../system/world.ts";
import { type Horizons, horizonsOf } from "./horizons.ts";
import type { Life } from "./life.ts";
import { Row } from "./row.ts";
import { addScheduler } from "./scheduler-row.ts";
import { Shapes } from "./shape.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * The canonical form of states: two with the same row go on alike. Names that were made up are
 * told by the order of their appearance, times by what is still to come and by their order, counts
 * up to where something asks for them; Events, versions and the like are left out.
 */
export class CanonicalForm {
  readonly #horizons: Horizons;
  readonly #shapes: Shapes;
  readonly #isOrdered: boolean;
  readonly #actors = new WeakMap<Actor, number>();
  readonly #events = new Map<KernelEvent, number>();

  constructor(explored: ExploredSystem) {
    this.#horizons = horizonsOf(explored);
    this.#shapes = new Shapes(this.#horizons);
    const { open, bounds } = explored;
    this.#isOrdered = open.deliveries === "in order" || bounds.overtakings !== undefined;
  }

  rowOf(life: Life): readonly number[] {
    const { cluster, kept, left, unusualLeft, overtakingsLeft, stepsLeft } = life;
    const { system } = cluster;
    const { world, now } = system;
    const row = new Row(this.#horizons, now, world.epochMs, startsOf(world));
    row.add(now % 1_000, Math.min(now, this.#horizons.lifeMs), ...left);
    row.add(countOf(unusualLeft), countOf(overtakingsLeft), countOf(stepsLeft));
    for (const [key, answer] of kept) row.add(this.#shapes.idOf(key), Number(answer.split(" ")[1]));
    this.#addActors(system, row);
    this.#addWaiting(system, row);
    this.#addWorld(world, row);
    addScheduler(world, now, this.#shapes, row);
    return row.finished();
  }

  #addActors({ actors }: System<KubeWorld>, row: Row): void {
    const begun: (readonly [number, number])[] = [];
    for (const actor of actors) {
      const local = actors.localOf(actor);
      if (local >= 0) begun.push([this.#actorId(actor), local]);
    }
    for (const [id, local] of begun.toSorted((a, b) => a[0] - b[0])) row.add(id, local);
    row.add(-1);
  }

  /** Where no older delivery is overtaken, because any may be next, they have no order. */
  #addWaiting(system: System<KubeWorld>, row: Row): void {
    const { now } = system;
    const waiting = system.ahead.waiting().map((one) => {
      const head = [
        Math.max(0, one.due - now),
        this.#actorId(one.to),
        one.from === undefined ? -1 : this.#actorId(one.from),
        one.key === undefined ? -1 : this.#shapes.idOf(one.key),
      ];
      return { one, head };
    });
    if (!this.#isOrdered) waiting.sort((a, b) => compareHeads(a.head, b.head));
    for (const { one, head } of waiting) {
      const isReady = one.key === undefined && one.due <= now;
      const isGone = !system.actors.isActor(one.to);
      row.add(...head, (isReady ? 1 : 0) + (isGone ? 2 : 0) + (one.periodic ? 4 : 0));
      this.#addContents(one, row);
    }
    row.add(-1);
  }

  #addContents({ event, origin, view, detail }: Pending, row: Row): void {
    row.add(
      this.#eventId(event),
      origin === undefined ? -1 : this.#actorId(origin),
      view === undefined ? -1 : this.#shapes.idOf(view),
    );
    if (detail !== undefined) row.addShape(this.#shapes.of(detail));
  }

  #addWorld(world: KubeWorld, row: Row): void {
    for (const node of world.nodes()) row.addShape(this.#shapes.of(node));
    for (const object of world.store.objects()) {
      if (object.kind !== "Event") row.addShape(this.#shapes.of(object));
    }
    for (const [key, side] of world.sides()) {
      const stored = world.pod(key);
      const same = [
        stored?.status === side.sent,
        stored?.spec === side.pod.spec,
        stored?.status === side.pod.status,
        side.cache === side.runtime,
      ];
      row.add(this.#shapes.idOf(key), ...same.map(Number));
      row.addShape(this.#shapes.of(side));
    }
  }

  #actorId(actor: Actor): number {
    let id = this.#actors.get(actor);
    if (id === undefined) {
      id = this.#shapes.idOf(addressOf(actor));
      this.#actors.set(actor, id);
    }
    return id;
  }

  #eventId(event: KernelEvent): number {
    let id = this.#events.get(event);
    if (id === undefined) {
      id = this.#shapes.of(event).id;
      this.#events.set(event, id);
    }
    return id;
  }
}

/** Without a bound nothing is counted. */
function countOf(left: number): number {
  return Number.isFinite(left) ? left : -1;
}

function compareHeads(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function startsOf(world: KubeWorld): readonly number[] {
  return [...world.nodes()].map(({ kubeletStartedAt }) => kubeletStartedAt);
}
