import { assert } from "../../machines/assert.ts";
import { extended } from "../../machines/extended.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { revisionOf, type StoreChange } from "./change.ts";
import { KindTable } from "./kind-table.ts";
import { Leases } from "./leases.ts";
import { isSelected, selected, type Selection } from "./selection.ts";

export interface StoreOptions {
  readonly objects?: readonly KubeObject[];
  readonly revision?: number;
  /** How many changes of each kind a watch can be told of afterwards, at least. */
  readonly history?: number;
}

/** What was asked of a revision that is compacted. */
export interface Compacted {
  /** Nothing before this revision is known. */
  readonly compacted: number;
}

/**
 * The API objects under one revision counter, with etcd's semantics: compare-and-swap, reads at a
 * revision, watches from one, compaction and leases. Objects are immutable: a write replaces one
 * and keeps all others as they are, and a copy shares them all.
 */
export class Store {
  readonly #kinds = new Map<string, KindTable>();
  readonly #historyLimit: number;
  #leases = new Leases();
  #revision: number;
  #compacted = 0;
  #changes: StoreChange[] = [];

  constructor({ objects = [], revision = 0, history = usualHistory }: StoreOptions = {}) {
    this.#revision = revision;
    this.#historyLimit = history;
    for (const object of objects) this.#table(storedKind(object)).put(keyOf(object), object);
    for (const { history: of } of this.#kinds.values()) of.compact(revision);
    this.#compacted = revision;
  }

  /** Of the last write. */
  get revision(): number {
    return this.#revision;
  }

  /** Nothing before this revision is known. */
  get compacted(): number {
    return this.#compacted;
  }

  /** A kind is the word alone; of a group that is not Kubernetes' own `Kind.group`. */
  get(kind: string, key: string): KubeObject | undefined {
    return this.#kinds.get(kind)?.objects.get(key);
  }

  /** All objects of a kind, in order of creation. */
  list(kind: string): KubeObject[] {
    return this.#kinds.get(kind)?.objects.values() ?? [];
  }

  /** The kinds of which there have been objects, in order. */
  kindNames(): readonly string[] {
    return [...this.#kinds.keys()].toSorted();
  }

  /** The keys of a kind's objects, in order, as etcd has them. */
  keys(kind: string): readonly string[] {
    return this.#kinds.get(kind)?.keys ?? [];
  }

  /** In order of their keys. With labels or an owner it costs as much as what is found. */
  select(kind: string, selection: Selection): readonly KubeObject[] {
    const table = this.#kinds.get(kind);
    return table === undefined ? [] : selected(table, selection);
  }

  /** All objects, kind by kind. */
  objects(): KubeObject[] {
    return this.kindNames().flatMap((kind) => this.list(kind));
  }

  /** Creates or replaces an object; it gets the new revision as its resourceVersion. */
  put<T extends KubeObject>(object: T, lease?: number): T {
    const [kind, key] = [storedKind(object), keyOf(object)];
    const resourceVersion = String(++this.#revision);
    const metadata = extended(object.metadata, { resourceVersion });
    const stored: T = { ...object, metadata };
    const table = this.#table(kind);
    const previous = table.put(key, stored);
    this.#leases.attach(kind, key, lease);
    if (previous === undefined) this.#tell(table, { type: "ADDED", object: stored });
    else this.#tell(table, { type: "MODIFIED", object: stored, previous });
    return stored;
  }

  /**
   * Writes only if the object is of that revision still; 0 means that there is none.
   *
   * @returns undefined where it is not, and then nothing is written
   */
  compareAndSwap<T extends KubeObject>(object: T, expected: number): T | undefined {
    const known = this.get(storedKind(object), keyOf(object));
    const revision = known === undefined ? 0 : revisionOf({ object: known });
    return revision === expected ? this.put(object) : undefined;
  }

  /** A watch sees the object's last form, with the revision of the deletion. */
  delete(kind: string, key: string): void {
    const object = this.get(kind, key);
    assert(object !== undefined, "an object that is deleted exists");
    const resourceVersion = String(++this.#revision);
    const table = this.#table(kind);
    table.delete(key, object);
    this.#leases.attach(kind, key, undefined);
    const last = { ...object, metadata: { ...object.metadata, resourceVersion } };
    this.#tell(table, { type: "DELETED", object: last, previous: object });
  }

  /** The writes since the last call, oldest first. */
  takeChanges(): readonly StoreChange[] {
    if (this.#changes.length === 0) return noChanges;
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** What has changed of a kind after a revision, oldest first. */
  since(kind: string, revision: number): Iterable<StoreChange> | Compacted {
    if (revision < this.#compacted) return { compacted: this.#compacted };
    const history = this.#kinds.get(kind)?.history;
    if (history === undefined) return noChanges;
    return history.since(revision) ?? { compacted: history.forgotten };
  }

  /** The objects of a kind as they were at a revision, in order of their keys. */
  at(kind: string, revision: number, selection: Selection = {}): readonly KubeObject[] | Compacted {
    const changes = this.since(kind, revision);
    if ("compacted" in changes) return changes;
    const before = new Map<string, KubeObject | undefined>();
    for (const { object, previous } of changes) {
      const key = keyOf(object);
      if (!before.has(key)) before.set(key, previous);
    }
    if (before.size === 0) return this.select(kind, selection);
    const now = this.select(kind, selection).filter((object) => !before.has(keyOf(object)));
    const then = [...before.values()].filter((object) => object !== undefined);
    const both = [...now, ...then.filter((object) => isSelected(selection, object))];
    return both.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  /** Forgets how objects were before a revision. */
  compact(revision: number): void {
    assert(revision <= this.#revision, "what is compacted has been");
    if (revision <= this.#compacted) return;
    this.#compacted = revision;
    for (const { history } of this.#kinds.values()) history.compact(revision);
  }

  /** A lease; what is put with it goes when it ends. */
  grant(ttlMs: number, nowMs: number): number {
    return this.#leases.grant(ttlMs, nowMs);
  }

  /** Deletes what was put with leases that have ended by then. */
  expire(nowMs: number): void {
    for (const { kind, key } of this.#leases.ended(nowMs)) this.delete(kind, key);
  }

  /** A copy that shares every object, and goes its own way. */
  fork(): Store {
    const copy = new Store({ revision: this.#revision, history: this.#historyLimit });
    for (const [kind, table] of this.#kinds) copy.#kinds.set(kind, table.fork());
    copy.#leases = this.#leases.fork();
    copy.#compacted = this.#compacted;
    copy.#changes = [...this.#changes];
    return copy;
  }

  #tell({ history }: KindTable, change: StoreChange): void {
    this.#changes.push(change);
    history.add(change);
  }

  #table(kind: string): KindTable {
    let table = this.#kinds.get(kind);
    if (table === undefined) {
      table = KindTable.empty(this.#historyLimit);
      table.history.compact(this.#compacted);
      this.#kinds.set(kind, table);
    }
    return table;
  }
}

/** `namespace/name`, or the name alone for what has no namespace. */
export function keyOf({ metadata: { namespace, name } }: Pick<KubeObject, "metadata">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * Under which word a kind's objects are stored: its own, and for a group that is not Kubernetes'
 * own `Kind.group`, for two groups may have a kind of one name.
 */
export function storedKind({ apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">): string {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return kind;
  const group = apiVersion.slice(0, slash);
  return group.includes(".") && !group.endsWith(".k8s.io") ? `${kind}.${group}` : kind;
}

const noChanges: readonly StoreChange[] = [];

/** A watch cache of Kubernetes keeps 100 at least and as many as come in 75 seconds. */
const usualHistory = 1_000;
