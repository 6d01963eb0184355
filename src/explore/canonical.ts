import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { NodeSide } from "../system/node-side.ts";
import { SchedulerSide } from "../system/scheduler-side.ts";
import { type Horizons, horizonsOf } from "./horizons.ts";
import type { Place, Template } from "./memo/letters.ts";
import { keysIn, objectSlot } from "./memo/recorded-store.ts";
import { nodeSlot } from "./memo/recorded-world.ts";
import { SameParts } from "./memo/same-parts.ts";
import type { State } from "./memo/state.ts";
import type { StepMaker } from "./memo/step-maker.ts";
import type { Part } from "./parts.ts";
import { Print } from "./print.ts";
import { addScheduler } from "./scheduler-print.ts";
import { type Shape, Shapes } from "./shape.ts";
import { Standing } from "./standing.ts";
import type { EqualNames } from "./symmetry.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * The canonical form of states: two with the same fingerprint go on alike. Of names that were made
 * up it tells where each of them stands, of times what is still to come and their order, of counts
 * as much as something asks for; Events, versions and the like are left out.
 */
export class CanonicalForm {
  readonly #maker: StepMaker;
  readonly #horizons: Horizons;
  readonly #shapes: Shapes;
  readonly #print: Print;
  readonly #same: SameParts;
  readonly #isOrdered: boolean;
  /** By content; null for what does not count. */
  readonly #contents: (Part | null)[] = [null];
  readonly #templates: Part[] = [];
  /** By slot that holds numbers, and the number in it plus 1. */
  readonly #numbers: Part[][] = [];
  readonly #standing = new Standing((slot, value) => this.#partAt(slot, value));
  readonly #schedulerSlot: number;
  readonly #equal: EqualNames;
  /** Of open steps. */
  readonly #labels: readonly string[];
  /** By slot. */
  readonly #places: Shape[] = [];
  /** Which parts of a pod are the same, by its key and that. */
  readonly #sames = new Map<string, Part>();

  /** `equal`: names of what is equal but for its name, and so may be exchanged. */
  constructor(explored: ExploredSystem, maker: StepMaker, equal: EqualNames = new Map()) {
    this.#maker = maker;
    this.#equal = equal;
    this.#labels = explored.open.steps.map(({ label }) => label);
    this.#horizons = horizonsOf(explored);
    this.#shapes = new Shapes(this.#horizons, equal);
    this.#print = new Print(this.#horizons, maker.world.epochMs);
    this.#same = new SameParts(maker.slots, maker.contents);
    this.#schedulerSlot = maker.slots.of("scheduler", "scheduler");
    const { open, bounds } = explored;
    this.#isOrdered = open.deliveries === "in order" || bounds.overtakings !== undefined;
  }

  /** Both halves of a state's fingerprint; the next one is written over them. */
  printOf(state: State): Int32Array {
    const print = this.#print;
    print.begin(state.now, this.#horizons.kubeletsRestart ? this.#startsOf(state) : []);
    print.add(state.now % this.#horizons.roundMs);
    print.add(Math.min(state.now, this.#horizons.lifeMs));
    this.#same.addTo((key, same) => {
      if (this.#equal.size === 0) print.add(same);
      else print.addPart(this.#sameOf(key, same));
    }, state.slots);
    this.#standing.addTo(print, state.slots, this.#maker.slots.size);
    this.#addWaiting(state, print);
    this.#addScheduler(state, print);
    print.end();
    return print.halves;
  }

  #partAt(slot: number, value: number): Part | null {
    const { kinds } = this.#maker.slots;
    if (kinds[slot] !== "local" && kinds[slot] !== "head") {
      const known = this.#contents[value];
      return known === undefined ? this.#partOf(value) : known;
    }
    const numbers = (this.#numbers[slot] ??= []);
    return (numbers[value + 1] ??= this.#partIn(slot, this.#numberShape(slot, value)));
  }

  /** Of equal ones which it is counts only as a name. */
  #partIn(slot: number, { id, holes }: Shape): Part {
    if (this.#equal.size === 0) return this.#print.parts.of(slot + 1, { id, holes });
    const place = (this.#places[slot] ??= this.#shapes.ofWord(this.#wordOf(slot)));
    return this.#print.parts.of(place.id + 1, { id, holes: [...place.holes, ...holes] });
  }

  /** What an open step does, or whose slot it is. */
  #wordOf(slot: number): string {
    const { names, kinds } = this.#maker.slots;
    const [, nth] = kinds[slot] === "head" ? (/^step (\d+)$/.exec(names[slot] ?? "") ?? []) : [];
    const label = nth === undefined ? names[slot] : this.#labels[Number(nth)];
    return `${kinds[slot]} ${label}`;
  }

  /** A local state may name equal containers by their slots. */
  #numberShape(slot: number, value: number): Shape {
    const plain = { id: value, holes: [] };
    if (this.#equal.size === 0 || this.#maker.slots.kinds[slot] !== "local") return plain;
    const state = this.#maker.localStateIn(slot, value);
    return state === undefined ? plain : this.#shapes.of(state);
  }

  #sameOf(key: string, same: number): Part {
    const text = `${same} ${key}`;
    const part =
      this.#sames.get(text) ?? this.#print.parts.of(-1, this.#shapes.ofWord(`same ${text}`));
    this.#sames.set(text, part);
    return part;
  }

  #partOf(content: number): Part | null {
    const shape = this.#shapeOf(content);
    const slot = this.#maker.contents.slotAt(content);
    const part = shape === undefined ? null : this.#partIn(slot, shape);
    this.#contents[content] = part;
    return part;
  }

  #shapeOf(content: number): Shape | undefined {
    const { contents } = this.#maker;
    const told = contents.at(content);
    switch (contents.kindAt(content)) {
      case "scheduler":
        return undefined;
      case "field":
        return this.#shapes.ofField(contents.labelAt(content), told);
      case "kept":
        return this.#shapes.of(String(told).split(" ")[1]);
      default:
        return this.#equal.size > 0 && lists.test(contents.labelAt(content))
          ? this.#shapes.ofUnordered(told)
          : this.#shapes.of(told);
    }
  }

  /** Where no older delivery is overtaken, because any may be next, they have no order. */
  #addWaiting(state: State, print: Print): void {
    if (!this.#isOrdered) return this.#addSorted(state, print);
    const { ready, due, dueAt, now } = state;
    let place = 0;
    for (const one of ready) this.#addLetter(one, 0, --place, print);
    for (let at = 0; at < due.length; at++) {
      const one = due[at];
      if (one !== undefined) this.#addLetter(one, (dueAt[at] ?? 0) - now, --place, print);
    }
  }

  #addSorted({ ready, due, dueAt, now }: State, print: Print): void {
    const waiting = ready.map((one) => ({ one, leftMs: 0 }));
    for (const [at, one] of due.entries()) waiting.push({ one, leftMs: (dueAt[at] ?? 0) - now });
    waiting.sort((a, b) => a.leftMs - b.leftMs || compareEnds(a.one, b.one));
    let place = 0;
    for (const { one, leftMs } of waiting) this.#addLetter(one, leftMs, --place, print);
  }

  #addLetter(template: Template, leftMs: number, place: number, print: Print): void {
    const part = this.#templates[template.id] ?? this.#partOfTemplate(template);
    print.add(leftMs);
    print.addPartAt(place, part);
  }

  #partOfTemplate(template: Template): Part {
    const { to, from, origin, event, view, detail, key, periodic, isGone } = template;
    const told = detail === undefined ? undefined : this.#shapes.of(detail);
    const [said, ends] = [
      this.#shapes.of(event),
      [to, from, origin].map((end) => this.#endOf(end)),
    ];
    const byKey = this.#shapes.ofWord(String(key));
    const all = [...ends, said, byKey, ...(told === undefined ? [] : [told])];
    const ids = all.map(({ id }) => id);
    const text = [...ids, view, told === undefined, periodic, isGone].join(" ");
    const holes = all.flatMap((one) => one.holes);
    const part = this.#print.parts.of(0, { id: this.#shapes.idOf(`letter ${text}`), holes });
    this.#templates[template.id] = part;
    return part;
  }

  #endOf(place: Place | undefined): Shape {
    if (this.#equal.size === 0 || place === undefined) return { id: place?.slot ?? -1, holes: [] };
    return this.#shapes.ofWord(`to ${this.#maker.slots.names[place.slot]}`);
  }

  #addScheduler({ slots, now }: State, print: Print): void {
    const { world } = this.#maker;
    const scheduler = world.schedulerAt(slots[this.#schedulerSlot] ?? 0) ?? nothingScheduled;
    const pod = (key: string) => this.#podIn(slots, key);
    addScheduler({ scheduler, nowMs: world.epochMs + now, pod }, this.#shapes, print);
  }

  #podIn(numbers: Int32Array, key: string): Pod | undefined {
    const { slots, contents } = this.#maker;
    const pod = contents.at(numbers[objectSlot(slots, "Pod", key)] ?? 0);
    return isPod(pod) ? pod : undefined;
  }

  #startsOf(state: State): readonly number[] {
    const { slots, contents } = this.#maker;
    const names = keysIn(contents.at(state.slots[slots.of("value", "nodes")] ?? 0));
    const starts = names.flatMap((name) => {
      const node = contents.at(state.slots[nodeSlot(slots, name)] ?? 0);
      return isNode(node) ? node.kubeletStartedAt : [];
    });
    return this.#equal.size === 0 ? starts : starts.toSorted((a, b) => a - b);
  }
}

/** What there is, in the order of its creation. */
const lists = /^(all \w+|sides|nodes)$/;

const nothingScheduled = new SchedulerSide();

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
