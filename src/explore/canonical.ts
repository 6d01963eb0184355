import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { NodeSide } from "../system/node-side.ts";
import { SchedulerSide } from "../system/scheduler-side.ts";
import { type Horizons, horizonsOf } from "./horizons.ts";
import type { Template } from "./memo/letters.ts";
import { keysIn, objectSlot } from "./memo/recorded-store.ts";
import { nodeSlot } from "./memo/recorded-world.ts";
import type { State } from "./memo/state.ts";
import type { StepMaker } from "./memo/step-maker.ts";
import { Row } from "./row.ts";
import { addScheduler } from "./scheduler-row.ts";
import { type Shape, Shapes } from "./shape.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * The canonical form of states: two with the same row go on alike. Names that were made up are
 * told by the order of their appearance, times by what is still to come and by their order, counts
 * up to where something asks for them; Events, versions and the like are left out.
 */
export class CanonicalForm {
  readonly #maker: StepMaker;
  readonly #horizons: Horizons;
  readonly #shapes: Shapes;
  readonly #row: Row;
  readonly #isOrdered: boolean;
  /** By slot and value. */
  readonly #bySlot: Map<number, Shape | undefined>[] = [];
  readonly #templates: Shape[] = [];

  constructor(explored: ExploredSystem, maker: StepMaker) {
    this.#maker = maker;
    this.#horizons = horizonsOf(explored);
    this.#shapes = new Shapes(this.#horizons);
    this.#row = new Row(this.#horizons, maker.world.epochMs);
    const { open, bounds } = explored;
    this.#isOrdered = open.deliveries === "in order" || bounds.overtakings !== undefined;
  }

  /** The next row is written over this one. */
  rowOf(state: State): Row {
    const row = this.#row;
    row.begin(state.now, this.#horizons.kubeletsRestart ? this.#startsOf(state) : []);
    row.add(state.now % 1_000);
    row.add(Math.min(state.now, this.#horizons.lifeMs));
    this.#addSlots(state, row);
    row.add(-1);
    this.#addWaiting(state, row);
    row.add(-1);
    this.#addSides(state, row);
    row.end();
    return row;
  }

  #addSlots({ slots, now }: State, row: Row): void {
    const { kinds } = this.#maker.slots;
    for (let slot = 0; slot < kinds.length; slot++) {
      const value = slots[slot] ?? 0;
      if (value === 0) continue;
      const kind = kinds[slot];
      if (kind === "head" || kind === "local") {
        row.add(slot);
        row.add(value);
      } else if (kind === "scheduler") this.#addScheduler(value, slots, now, row);
      else {
        const shape = this.#shapeOf(slot, value);
        if (shape === undefined) continue;
        row.add(slot);
        row.addShape(shape);
      }
    }
  }

  #shapeOf(slot: number, value: number): Shape | undefined {
    const known = (this.#bySlot[slot] ??= new Map<number, Shape | undefined>());
    if (known.has(value)) return known.get(value);
    const { slots, values } = this.#maker;
    const kind = slots.kinds[slot];
    const [label = "", told] = [slots.labels[slot], values.at(value)];
    const shape =
      kind === "field"
        ? this.#shapes.ofField(label, told)
        : this.#shapes.of(kind === "kept" ? String(told).split(" ")[1] : told);
    known.set(value, shape);
    return shape;
  }

  /** Where no older delivery is overtaken, because any may be next, they have no order. */
  #addWaiting({ ready, due, dueAt, now }: State, row: Row): void {
    if (!this.#isOrdered) return this.#addSorted({ ready, due, dueAt, now }, row);
    for (const one of ready) this.#addLetter(one, 0, row);
    for (let at = 0; at < due.length; at++) {
      const one = due[at];
      if (one !== undefined) this.#addLetter(one, (dueAt[at] ?? 0) - now, row);
    }
  }

  #addSorted({ ready, due, dueAt, now }: Omitted, row: Row): void {
    const waiting = ready.map((one) => ({ one, leftMs: 0 }));
    for (const [at, one] of due.entries()) waiting.push({ one, leftMs: (dueAt[at] ?? 0) - now });
    waiting.sort((a, b) => a.leftMs - b.leftMs || compareEnds(a.one, b.one));
    for (const { one, leftMs } of waiting) this.#addLetter(one, leftMs, row);
  }

  #addLetter(template: Template, leftMs: number, row: Row): void {
    row.add(leftMs);
    row.addShape((this.#templates[template.id] ??= this.#shapeOfTemplate(template)));
  }

  #shapeOfTemplate(template: Template): Shape {
    const { to, from, origin, event, view, detail, key, periodic, isGone } = template;
    const told = detail === undefined ? undefined : this.#shapes.of(detail);
    const ends = [to.slot, from?.slot, origin?.slot, this.#shapes.of(event).id, view, told?.id];
    const text = [...ends, key, periodic, isGone].join(" ");
    return { id: this.#shapes.idOf(`letter ${text}`), holes: told?.holes ?? [] };
  }

  /** Which of a pod's parts are the very same. */
  #addSides(state: State, row: Row): void {
    const { slots, values } = this.#maker;
    const keys = values.at(state.slots[slots.of("value", "sides")] ?? 0);
    for (const key of keysIn(keys)) {
      const field = (name: string) => values.at(state.slots[slots.of("field", key, name)] ?? 0);
      const stored = this.#podIn(state.slots, key);
      const pod = field("pod");
      const known = isPod(pod) ? pod : undefined;
      const same =
        Number(stored?.status === field("sent")) +
        2 * Number(stored?.spec === known?.spec) +
        4 * Number(stored?.status === known?.status) +
        8 * Number(field("cache") === field("runtime"));
      row.add(same);
    }
  }

  #addScheduler(value: number, slots: Int32Array, now: number, row: Row): void {
    const { world } = this.#maker;
    const scheduler = world.schedulerAt(value) ?? new SchedulerSide();
    const pod = (key: string) => this.#podIn(slots, key);
    addScheduler({ scheduler, nowMs: world.epochMs + now, pod }, this.#shapes, row);
  }

  #podIn(numbers: Int32Array, key: string): Pod | undefined {
    const { slots, values } = this.#maker;
    const pod = values.at(numbers[objectSlot(slots, "Pod", key)] ?? 0);
    return isPod(pod) ? pod : undefined;
  }

  #startsOf(state: State): readonly number[] {
    const { slots, values } = this.#maker;
    const names = keysIn(values.at(state.slots[slots.of("value", "nodes")] ?? 0));
    return names.flatMap((name) => {
      const node = values.at(state.slots[nodeSlot(slots, name)] ?? 0);
      return isNode(node) ? node.kubeletStartedAt : [];
    });
  }
}

type Omitted = Pick<State, "ready" | "due" | "dueAt" | "now">;

function compareEnds(a: Template, b: Template): number {
  return a.to.slot - b.to.slot || (a.from?.slot ?? -1) - (b.from?.slot ?? -1) || a.keyId - b.keyId;
}

function isPod(value: unknown): value is Pod {
  return isKubeObject(value) && value.kind === "Pod";
}

function isKubeObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && "kind" in value;
}

function isNode(value: unknown): value is NodeSide {
  return typeof value === "object" && value !== null && "kubeletStartedAt" in value;
}
