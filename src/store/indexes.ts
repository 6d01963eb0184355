import type { KubeObject } from "../../machines/api/meta.ts";
import { LayeredMap } from "./layered-map.ts";

/** Under which words an object is found; client-go/tools/cache Indexers. */
const indexers = {
  /** `app=web`, and `app` alone. */
  labels: (object: KubeObject) => labelWords(object),
  /** The same in one namespace: `shop app=web`. */
  namespacedLabels: (object: KubeObject) => {
    const { namespace = "" } = object.metadata;
    return labelWords(object).map((word) => `${namespace} ${word}`);
  },
  namespace: ({ metadata: { namespace } }: KubeObject) =>
    namespace === undefined ? [] : [namespace],
  /** The uids of its owners. */
  owner: ({ metadata: { ownerReferences = [] } }: KubeObject) =>
    ownerReferences.map(({ uid }) => uid),
} as const;

export type IndexName = keyof typeof indexers;

type Bucket = LayeredMap<KubeObject>;

/** The objects of one kind by some of their words; made when it is first asked for. */
export class Index {
  readonly #words: (object: KubeObject) => readonly string[];
  readonly #buckets: LayeredMap<Bucket>;
  /** Buckets that no copy shares. */
  #own = new WeakSet<Bucket>();

  constructor(
    words: (object: KubeObject) => readonly string[],
    buckets = new LayeredMap<Bucket>(),
  ) {
    this.#words = words;
    this.#buckets = buckets;
  }

  static over(name: IndexName, objects: Iterable<readonly [string, KubeObject]>): Index {
    const index = new Index(indexers[name]);
    for (const [key, object] of objects) index.put(key, object, undefined);
    return index;
  }

  get(word: string): Bucket | undefined {
    return this.#buckets.get(word);
  }

  put(key: string, object: KubeObject, previous: KubeObject | undefined): void {
    const words = this.#words(object);
    for (const word of words) this.#bucket(word).set(key, object);
    const before = previous === undefined ? [] : this.#words(previous);
    for (const word of before) if (!words.includes(word)) this.#drop(word, key);
  }

  delete(key: string, previous: KubeObject): void {
    for (const word of this.#words(previous)) this.#drop(word, key);
  }

  fork(): Index {
    this.#own = new WeakSet();
    return new Index(this.#words, this.#buckets.fork());
  }

  #drop(word: string, key: string): void {
    const bucket = this.#bucket(word);
    bucket.delete(key);
    if (bucket.size === 0) this.#buckets.delete(word);
  }

  #bucket(word: string): Bucket {
    const known = this.#buckets.get(word);
    if (known !== undefined && this.#own.has(known)) return known;
    const bucket = known?.fork() ?? new LayeredMap<KubeObject>();
    this.#own.add(bucket);
    this.#buckets.set(word, bucket);
    return bucket;
  }
}

function labelWords({ metadata: { labels = {} } }: KubeObject): readonly string[] {
  return Object.entries(labels).flatMap(([key, value]) => [key, `${key}=${value}`]);
}
