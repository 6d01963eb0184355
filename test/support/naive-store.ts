import type { KubeObject } from "../../machines/api/meta.ts";
import { requirementsMatch } from "../../machines/api/requirement-matches.ts";
import type { StoreChange } from "../../src/store/change.ts";
import type { Selection } from "../../src/store/selection.ts";
import { keyOf } from "../../src/store/store.ts";

/** What a store is taken to mean: every state that there has been, one after the other. */
export class NaiveStore {
  /** By revision; objects in order of creation. */
  states: readonly (readonly KubeObject[])[] = [[]];
  changes: readonly StoreChange[] = [];
  compacted = 0;

  get revision(): number {
    return this.states.length - 1;
  }

  at(revision: number): readonly KubeObject[] {
    return this.states[revision] ?? [];
  }

  get(kind: string, key: string, revision = this.revision): KubeObject | undefined {
    return this.at(revision).find((one) => one.kind === kind && keyOf(one) === key);
  }

  put(given: KubeObject): void {
    const resourceVersion = String(this.revision + 1);
    const object = { ...given, metadata: { ...given.metadata, resourceVersion } };
    const previous = this.get(given.kind, keyOf(given));
    const before = this.at(this.revision);
    const after =
      previous === undefined
        ? [...before, object]
        : before.map((one) => (one === previous ? object : one));
    const change: StoreChange =
      previous === undefined ? { type: "ADDED", object } : { type: "MODIFIED", object, previous };
    this.#push(after, change);
  }

  delete(kind: string, key: string): void {
    const previous = this.get(kind, key);
    if (previous === undefined) return;
    const resourceVersion = String(this.revision + 1);
    const object = { ...previous, metadata: { ...previous.metadata, resourceVersion } };
    const after = this.at(this.revision).filter((one) => one !== previous);
    this.#push(after, { type: "DELETED", object, previous });
  }

  list(kind: string): readonly KubeObject[] {
    return this.at(this.revision).filter((one) => one.kind === kind);
  }

  select(
    kind: string,
    { namespace, labels = [], owner }: Selection,
    revision = this.revision,
  ): readonly KubeObject[] {
    const meant = this.at(revision).filter(({ kind: own, metadata }) => {
      const { ownerReferences = [] } = metadata;
      const isOwned = owner === undefined || ownerReferences.some(({ uid }) => uid === owner);
      const isThere = namespace === undefined || metadata.namespace === namespace;
      return own === kind && isThere && isOwned && requirementsMatch(labels, metadata.labels);
    });
    return meant.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  since(kind: string, revision: number): readonly StoreChange[] {
    return this.changes.slice(revision).filter(({ object }) => object.kind === kind);
  }

  fork(): NaiveStore {
    const copy = new NaiveStore();
    copy.states = this.states;
    copy.changes = this.changes;
    copy.compacted = this.compacted;
    return copy;
  }

  #push(after: readonly KubeObject[], change: StoreChange): void {
    this.states = [...this.states, after];
    this.changes = [...this.changes, change];
  }
}
