import { assert } from "../../../machines/assert.ts";
import { compareText } from "../../../machines/api/compare-text.ts";
import { extended } from "../../../machines/extended.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { isSelected, type Selection } from "../../store/selection.ts";
import type { StoreChange } from "../../store/change.ts";
import { keyOf, Store, storedKind } from "../../store/store.ts";
import type { Recording } from "./recording.ts";
import type { Slots } from "./slots.ts";

/**
 * The API objects in slots, one each, and a list of keys for each kind. Events are forgotten at
 * once.
 */
export class RecordedStore extends Store {
  readonly #recording: Recording;
  readonly #asksVersions: boolean;
  #changes: StoreChange[] = [];
  /** Of all objects that there have been in any state. */
  readonly kinds = new Set<string>();

  /** `asksVersions`: somebody writes pods or nodes only as he has read them. */
  constructor(recording: Recording, asksVersions: boolean) {
    super();
    this.#recording = recording;
    this.#asksVersions = asksVersions;
  }

  override get(kind: string, key: string): KubeObject | undefined {
    return this.#objectAt(this.#slotOf(kind, key));
  }

  override list(kind: string): KubeObject[] {
    return this.#keys(kind).flatMap((key) => this.get(kind, key) ?? []);
  }

  override kindNames(): readonly string[] {
    return keysIn(this.#recording.valueIn(kindsSlot(this.#recording.slots)));
  }

  override keys(kind: string): readonly string[] {
    return this.#keys(kind).toSorted(compareText);
  }

  override select(kind: string, selection: Selection): readonly KubeObject[] {
    const objects = this.keys(kind).flatMap((key) => this.get(kind, key) ?? []);
    return objects.filter((object) => isSelected(selection, object));
  }

  override put<T extends KubeObject>(object: T): T {
    const kind = storedKind(object);
    if (kind === "Event") return object;
    this.kinds.add(kind);
    const key = keyOf(object);
    const previous = this.get(kind, key);
    const stored = this.#versioned(object, this.#othersOf(object, previous));
    this.#recording.put(this.#slotOf(kind, key), stored);
    if (previous === undefined) {
      this.#setKeys(kind, [...this.#keys(kind), key]);
      this.#changes.push({ type: "ADDED", object: stored });
    } else this.#changes.push({ type: "MODIFIED", object: stored, previous });
    return stored;
  }

  override delete(kind: string, key: string): void {
    const object = this.get(kind, key);
    assert(object !== undefined, "an object that is deleted exists");
    this.#recording.put(this.#slotOf(kind, key), undefined);
    this.#setKeys(
      kind,
      this.#keys(kind).filter((one) => one !== key),
    );
    this.#changes.push({ type: "DELETED", object: { ...object }, previous: object });
  }

  override takeChanges(): readonly StoreChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /**
   * Equal objects have one version: whoever has read one of them writes over all of them. Of pods
   * and nodes all versions are one, unless somebody asks for them.
   */
  #versioned<T extends KubeObject>(object: T, others: ReadonlySet<unknown>): T {
    const { values } = this.#recording.contents;
    const { metadata } = object;
    const first: T = { ...object, metadata: extended(metadata, { resourceVersion: "1" }) };
    const isPlain = object.kind === "Pod" || object.kind === "Node";
    if (isPlain && !this.#asksVersions) return values.standing(first, others);
    const resourceVersion = String(values.idOf(first));
    return values.standing(
      { ...object, metadata: extended(metadata, { resourceVersion }) },
      others,
    );
  }

  /** What a new object must not be taken for: it is compared with them by identity. */
  #othersOf(object: KubeObject, previous: KubeObject | undefined): ReadonlySet<unknown> {
    const others = new Set<unknown>(previous === undefined ? [] : identitiesOf(previous));
    if (object.kind !== "Pod") return others;
    const recording = this.#recording;
    for (const field of ["pod", "sent"]) {
      const value = recording.valueIn(recording.slots.of("field", keyOf(object), field));
      for (const one of identitiesOf(value)) others.add(one);
    }
    return others;
  }

  #objectAt(slot: number): KubeObject | undefined {
    const object = this.#recording.valueIn(slot);
    return isObject(object) ? object : undefined;
  }

  #slotOf(kind: string, key: string): number {
    return objectSlot(this.#recording.slots, kind, key);
  }

  #keys(kind: string): readonly string[] {
    return keysIn(this.#recording.valueIn(keysSlot(this.#recording.slots, kind)));
  }

  /** Of which kinds there are objects is told where the first comes and the last goes. */
  #setKeys(kind: string, keys: readonly string[]): void {
    const { slots } = this.#recording;
    if (keys.length > 0 !== this.#keys(kind).length > 0) {
      const others = this.kindNames().filter((one) => one !== kind);
      const kinds = keys.length === 0 ? others : [...others, kind].toSorted(compareText);
      this.#recording.put(kindsSlot(slots), kinds);
    }
    this.#recording.put(keysSlot(slots, kind), keys);
  }
}

export function objectSlot(slots: Slots, kind: string, key: string): number {
  return slots.of("value", `${kind} ${key}`);
}

function kindsSlot(slots: Slots): number {
  return slots.of("value", "kinds");
}

/** Where the keys of all objects of a kind stand, in order of their creation. */
export function keysSlot(slots: Slots, kind: string): number {
  return slots.of("value", `all ${kind}`);
}

export function keysIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** An object and the parts of it that are compared by identity. */
export function identitiesOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const parts = [value, "spec" in value && value.spec, "status" in value && value.status];
  return parts.filter((one) => typeof one === "object" && one !== null);
}

function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null;
}
