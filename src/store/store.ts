import { assert } from "../../machines/assert.ts";
import { extended } from "../../machines/extended.ts";
import type { KubeObject } from "../../machines/api/meta.ts";

/** One write, as a watch would report it. */
export interface StoreChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubeObject;
  /** The object before the write. */
  readonly previous?: KubeObject;
}

type Kinds = Map<string, Map<string, KubeObject>>;

/**
 * The API objects under one revision counter. Objects are immutable: a write replaces one and keeps
 * all others as they are. Whoever wants objects asks here: an API server can stand before it.
 */
export class Store {
  #kinds: Kinds;
  #revision: number;
  #changes: StoreChange[] = [];
  #shared: Set<string>;

  constructor(objects: readonly KubeObject[] = [], revision = 0) {
    this.#kinds = new Map();
    this.#revision = revision;
    this.#shared = new Set();
    for (const object of objects) this.#own(object.kind).set(keyOf(object), object);
  }

  get revision(): number {
    return this.#revision;
  }

  get(kind: string, key: string): KubeObject | undefined {
    return this.#kinds.get(kind)?.get(key);
  }

  /** All objects of a kind, in order of creation. */
  list(kind: string): KubeObject[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])];
  }

  /** All objects, kind by kind. */
  objects(): KubeObject[] {
    return [...this.#kinds.keys()].toSorted().flatMap((kind) => this.list(kind));
  }

  /** Creates or replaces an object; it gets the new revision as its resourceVersion. */
  put<T extends KubeObject>(object: T): T {
    const key = keyOf(object);
    const previous = this.get(object.kind, key);
    const resourceVersion = String(++this.#revision);
    const metadata = extended(object.metadata, { resourceVersion });
    const stored: T = { ...object, metadata };
    this.#own(object.kind).set(key, stored);
    if (previous === undefined) this.#changes.push({ type: "ADDED", object: stored });
    else this.#changes.push({ type: "MODIFIED", object: stored, previous });
    return stored;
  }

  /** A watch sees the object's last form, with the revision of the deletion. */
  delete(kind: string, key: string): void {
    const object = this.get(kind, key);
    assert(object !== undefined, "an object that is deleted exists");
    const resourceVersion = String(++this.#revision);
    this.#own(kind).delete(key);
    const last = { ...object, metadata: { ...object.metadata, resourceVersion } };
    this.#changes.push({ type: "DELETED", object: last, previous: object });
  }

  /** The writes since the last call, oldest first. */
  takeChanges(): readonly StoreChange[] {
    if (this.#changes.length === 0) return noChanges;
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** A copy that shares every map until one of the two writes to it. */
  fork(): Store {
    const copy = new Store([], this.#revision);
    copy.#kinds = new Map(this.#kinds);
    copy.#changes = [...this.#changes];
    copy.#shared = new Set(this.#kinds.keys());
    this.#shared = new Set(this.#kinds.keys());
    return copy;
  }

  #own(kind: string): Map<string, KubeObject> {
    let objects = this.#kinds.get(kind);
    if (objects === undefined || this.#shared.has(kind)) {
      objects = new Map(objects);
      this.#kinds.set(kind, objects);
      this.#shared.delete(kind);
    }
    return objects;
  }
}

/** `namespace/name`, or the name alone for what has no namespace. */
export function keyOf({ metadata: { namespace, name } }: Pick<KubeObject, "metadata">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

const noChanges: readonly StoreChange[] = [];
