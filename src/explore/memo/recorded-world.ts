import type { Pod } from "../../../machines/api/pod.ts";
import { attemptText } from "../../system/attempt-text.ts";
import type { EventSource } from "../../system/event-correlator.ts";
import type { ControllersSide } from "../../system/controllers-side.ts";
import type { NameNumbers } from "../../system/name-numbers.ts";
import { NodeRosters } from "../../system/node-roster.ts";
import type { NodeSide } from "../../system/node-side.ts";
import { newSide, type PodSide } from "../../system/pod-side.ts";
import type { ProxiesSide } from "../../system/proxies-side.ts";
import { saveScheduler } from "../../system/saved-scheduler.ts";
import { SchedulerSide } from "../../system/scheduler-side.ts";
import { KubeWorld } from "../../system/world.ts";
import { identitiesOf, keysIn, objectSlot, RecordedStore } from "./recorded-store.ts";
import { type Entries, lazyObject, lazyRecord } from "./lazy-values.ts";
import { RecordedControllers, RecordedNames, RecordedProxies } from "./recorded-controllers.ts";
import type { Recording } from "./recording.ts";
import { sideView, type WrittenFields } from "./side-view.ts";

/**
 * A world whose parts stand in the slots of a state: objects, nodes, the scheduler, and each field
 * of what a kubelet knows of a pod. Events are only told, as no state holds them.
 */
export class RecordedWorld extends KubeWorld {
  readonly #recording: Recording;
  readonly #recordedStore: RecordedStore;
  /** What was written in this step; undefined for a pod that is forgotten. */
  readonly #current = new Map<string, { view: PodSide; written: WrittenFields } | undefined>();
  readonly #entries: Entries = new Map();
  readonly #controllers: RecordedControllers;
  readonly #names: RecordedNames;
  readonly #proxies: RecordedProxies;
  readonly #schedulers = new Map<number, SchedulerSide>();
  #scheduler: SchedulerSide | undefined;
  /** What is said in this step; no state tells it. */
  events: string[] = [];
  #fields: readonly string[] = [];

  constructor({ epochMs, scheduling, controllers, proxies }: KubeWorld, recording: Recording) {
    const isControlled = controllers.running.size > 0 || controllers.custom.size > 0;
    const store = new RecordedStore(recording, isControlled);
    super(epochMs, store, scheduling);
    this.#recordedStore = store;
    this.#recording = recording;
    this.#controllers = new RecordedControllers(recording, controllers.running);
    this.#controllers.custom = controllers.custom;
    this.#names = new RecordedNames(recording);
    this.#proxies = new RecordedProxies(recording, proxies.mode);
  }

  /** Before a step. */
  begin(): void {
    this.events = [];
    this.#current.clear();
    this.#entries.clear();
    this.#scheduler = undefined;
  }

  /** After a step: what the scheduler has changed is written, too. */
  end(): void {
    if (this.#scheduler === undefined) return;
    const { contents, footprint } = this.#recording;
    const { attempt } = this.#scheduler;
    const found = attempt === undefined ? "" : attemptText(attempt);
    const saved = { ...saveScheduler(this.#scheduler), found };
    const content = contents.numberOf(this.#schedulerSlot, saved);
    if (!this.#schedulers.has(content)) this.#schedulers.set(content, this.#scheduler);
    footprint.write(this.#schedulerSlot, content);
  }

  override get scheduler(): SchedulerSide {
    this.#scheduler ??=
      this.schedulerAt(this.#recording.footprint.read(this.#schedulerSlot))?.fork() ??
      new SchedulerSide();
    return this.#scheduler;
  }

  override get controllers(): ControllersSide {
    return this.#controllers;
  }

  override get names(): NameNumbers {
    return this.#names;
  }

  override get proxies(): ProxiesSide {
    return this.#proxies;
  }

  /** Of all objects that there have been in any state. */
  get kinds(): readonly string[] {
    return [...this.#recordedStore.kinds];
  }

  schedulerAt(content: number): SchedulerSide | undefined {
    return this.#schedulers.get(content);
  }

  override findSide(key: string): PodSide | undefined {
    if (this.#current.has(key)) return this.#current.get(key)?.view;
    const { slots, footprint } = this.#recording;
    if (footprint.readFirst(slots.of("field", key, "uid")) === 0) return undefined;
    return this.#setWritten(key, new Map());
  }

  override change(key: string | undefined, change: Partial<PodSide>): PodSide {
    const side = this.side(key);
    if (key === undefined) return side;
    const written = new Map(this.#current.get(key)?.written);
    for (const [field, value] of Object.entries(change)) this.#write(key, field, value, written);
    return this.#setWritten(key, written);
  }

  override activePods(node: string): readonly Pod[] {
    return new NodeRosters().of(node, () => this.node(node).pods.map((key) => this.side(key)));
  }

  override sides(): IterableIterator<[string, PodSide]> {
    const sides = new Map(this.#keys("sides").map((key) => [key, this.side(key)]));
    return sides.entries();
  }

  protected override putSide(key: string, side: PodSide): void {
    if (this.#fields.length === 0) this.#fields = Object.keys(newSide(side));
    if (this.findSide(key) === undefined) this.#setKeys("sides", [...this.#keys("sides"), key]);
    const written = new Map<string, unknown>();
    for (const [field, value] of Object.entries(side)) this.#write(key, field, value, written);
    this.#setWritten(key, written);
  }

  protected override dropSide(key: string): void {
    const { slots, footprint } = this.#recording;
    const keys = this.#keys("sides").filter((one) => one !== key);
    this.#setKeys("sides", keys);
    for (const field of this.#fields) footprint.write(slots.of("field", key, field), 0);
    this.#current.set(key, undefined);
  }

  protected override findNode(name: string): NodeSide | undefined {
    const recording = this.#recording;
    const slot = nodeSlot(recording.slots, name);
    const isAsBefore = !recording.footprint.hasWritten(slot);
    if (isAsBefore && recording.firstPartIn(slot, "name") === undefined) return undefined;
    const node = isAsBefore ? lazyObject(recording, slot) : recording.valueIn(slot);
    return isNodeSide(node) ? node : undefined;
  }

  override setNode(node: NodeSide): void {
    if (this.findNode(node.name) === undefined) {
      this.#setKeys("nodes", [...this.#keys("nodes"), node.name]);
    }
    this.#recording.put(nodeSlot(this.#recording.slots, node.name), node);
  }

  override nodes(): IterableIterator<NodeSide> {
    return this.#keys("nodes")
      .map((name) => this.node(name))
      .values();
  }

  override record(_: number, { about, type, reason, message }: EventSource): void {
    this.events.push(`${about.kind} ${about.name} ${type} ${reason}: ${message}`);
  }

  get #schedulerSlot(): number {
    return this.#recording.slots.of("scheduler", "scheduler");
  }

  #write(key: string, field: string, value: unknown, written: Map<string, unknown>): void {
    const others = this.#othersOf(key, field);
    const slot = this.#recording.slots.of("field", key, field);
    if (records.has(field) && this.#writeEntries(slot, value)) {
      written.set(field, value);
      return;
    }
    written.set(field, this.#recording.put(slot, value, others));
  }

  /**
   * What a new value must not be taken for: it is compared with them by identity. They are looked
   * at whether it is new or not, because that depends on other states.
   */
  #othersOf(key: string, field: string): ReadonlySet<unknown> | undefined {
    const compared = comparedWith[field];
    if (compared === undefined) return undefined;
    const { slots } = this.#recording;
    const slotOf = (other: string) =>
      other === "object" ? objectSlot(slots, "Pod", key) : slots.of("field", key, other);
    const others = compared.map((other) => this.#recording.valueIn(slotOf(other)));
    return new Set(others.flatMap(identitiesOf));
  }

  #setWritten(key: string, written: WrittenFields): PodSide {
    const first = (field: string) => this.#first(key, field);
    const view = sideView(written, first, this.#fields);
    this.#current.set(key, { view, written });
    return view;
  }

  /** A field as the step began; of large ones only what is asked for is read. */
  #first(key: string, field: string): unknown {
    const slot = this.#recording.slots.of("field", key, field);
    if (field === "pod") return lazyObject(this.#recording, slot);
    if (!records.has(field)) return this.#recording.firstIn(slot);
    return lazyRecord(this.#recording, slot, this.#entries);
  }

  /** Whether only entries of a record are written, and others are as the step began. */
  #writeEntries(slot: number, value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    const names = this.#recording.firstNamesIn(slot);
    const isCopied = (entry: unknown, name: string) => {
      const from = this.#entries.get(entry);
      return from !== undefined && from.slot === slot && from.name === name;
    };
    const entries = Object.entries(value);
    const hasAll = names.every((name) => name in value);
    if (!hasAll || !entries.some(([name, entry]) => isCopied(entry, name))) return false;
    for (const [name, entry] of entries) {
      if (isCopied(entry, name)) continue;
      this.#recording.footprint.writePart(slot, name, this.#recording.contents.values.idOf(entry));
    }
    return true;
  }

  #keys(list: string): readonly string[] {
    return keysIn(this.#recording.valueIn(this.#recording.slots.of("value", list)));
  }

  #setKeys(list: string, keys: readonly string[]): void {
    this.#recording.put(this.#recording.slots.of("value", list), keys);
  }
}

export function nodeSlot(slots: Recording["slots"], name: string): number {
  return slots.of("value", `node ${name}`);
}

/** Fields that hold objects by the names of containers or images. */
const records: ReadonlySet<string> = new Set(["processes", "restarts", "imagePulls", "reasons"]);

/** By field, what else its values are compared with; the object is the one in the store. */
const comparedWith: Readonly<Record<string, readonly string[]>> = {
  pod: ["pod", "sent", "object"],
  sent: ["sent", "pod", "object"],
  runtime: ["runtime", "cache"],
  cache: ["cache", "runtime"],
};

function isNodeSide(value: unknown): value is NodeSide {
  return typeof value === "object" && value !== null;
}
