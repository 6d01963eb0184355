import type { KubeObject } from "../../machines/api/meta.ts";
import { compareText } from "../../machines/api/compare-text.ts";
import { History } from "./history.ts";
import { Index, type IndexName } from "./indexes.ts";
import { LayeredMap } from "./layered-map.ts";

/** All objects of one kind by their keys, what has changed of them, and where else to find them. */
export class KindTable {
  readonly objects: LayeredMap<KubeObject>;
  readonly history: History;
  readonly #indexes: Map<IndexName, Index>;
  /** The keys in order; undefined while it is not known. */
  #keys: readonly string[] | undefined;

  constructor(
    objects: LayeredMap<KubeObject>,
    history: History,
    indexes = new Map<IndexName, Index>(),
    keys?: readonly string[],
  ) {
    this.objects = objects;
    this.history = history;
    this.#indexes = indexes;
    this.#keys = keys;
  }

  static empty(historyLimit: number): KindTable {
    return new KindTable(new LayeredMap(), new History(historyLimit));
  }

  /** The keys of all objects in order. */
  get keys(): readonly string[] {
    this.#keys ??= Array.from(this.objects.entries(), ([key]) => key).toSorted(compareText);
    return this.#keys;
  }

  put(key: string, object: KubeObject): KubeObject | undefined {
    const previous = this.objects.get(key);
    this.objects.set(key, object);
    if (previous === undefined) this.#keys = undefined;
    for (const index of this.#indexes.values()) index.put(key, object, previous);
    return previous;
  }

  delete(key: string, object: KubeObject): void {
    this.objects.delete(key);
    this.#keys = undefined;
    for (const index of this.#indexes.values()) index.delete(key, object);
  }

  /** The objects that an index knows under a word. */
  found(name: IndexName, word: string): LayeredMap<KubeObject> | undefined {
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = Index.over(name, this.objects.entries());
      this.#indexes.set(name, index);
    }
    return index.get(word);
  }

  fork(): KindTable {
    const indexes = new Map([...this.#indexes].map(([name, index]) => [name, index.fork()]));
    return new KindTable(this.objects.fork(), this.history.fork(), indexes, this.#keys);
  }
}
