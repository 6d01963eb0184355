import {
  array,
  assert,
  constantFrom,
  nat,
  oneof,
  property,
  record,
  constant,
  type Arbitrary,
} from "fast-check";
import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { Requirement } from "../../machines/api/parse-selector.ts";
import type { Selection } from "../../src/store/selection.ts";
import { Store } from "../../src/store/store.ts";
import { NaiveStore } from "../support/naive-store.ts";

const kinds = ["ConfigMap", "Pod"] as const;
const namespaces = ["a", undefined] as const;
const owners = ["u1", "u2"] as const;

const objects: Arbitrary<KubeObject> = record({
  kind: constantFrom(...kinds),
  name: constantFrom("x", "y"),
  namespace: constantFrom(...namespaces),
  app: constantFrom("web", "db", undefined),
  tier: constantFrom("1", "2", undefined),
  owner: constantFrom(...owners, undefined),
}).map(({ kind, name, namespace, app, tier, owner }) => ({
  apiVersion: "v1",
  kind,
  metadata: {
    name,
    ...(namespace && { namespace }),
    labels: { ...(app && { app }), ...(tier && { tier }) },
    ...(owner && {
      ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "o", uid: owner }],
    }),
  },
}));

const requirements: Arbitrary<Requirement> = record({
  key: constantFrom("app", "tier", "none"),
  operator: constantFrom("=", "!=", "in", "notin", "exists", "!", "gt", "lt"),
  value: constantFrom("web", "1", "2"),
}).map(({ key, operator, value }) => {
  const values = { exists: [], "!": [], in: ["1", "db", "web"], notin: ["1", "web"] };
  return { key, operator, values: operator in values ? pick(values, operator) : [value] };
});

function pick(values: Readonly<Record<string, readonly string[]>>, key: string) {
  return values[key] ?? [];
}

const selections: Arbitrary<Selection> = record({
  namespace: constantFrom("a", "b", undefined),
  owner: constantFrom(...owners, undefined, undefined),
  labels: array(requirements, { maxLength: 2 }),
});

/** What may happen to one of several copies. */
type Order =
  | { readonly do: "put" | "delete" | "swap"; readonly object: KubeObject; readonly back: number }
  | { readonly do: "fork" | "compact"; readonly back: number }
  | { readonly do: "look"; readonly selection: Selection; readonly back: number };

const orders: Arbitrary<readonly (Order & { readonly on: number })[]> = array(
  oneof(
    record({ do: constantFrom("put", "delete", "swap"), object: objects, back: nat(3) }),
    record({ do: constantFrom("fork", "compact"), back: nat(6) }),
    record({ do: constant("look" as const), selection: selections, back: nat(6) }),
  ).chain((order) => nat(2).map((on) => ({ ...order, on }))),
  { maxLength: 40, size: "max" },
);

interface Pair {
  readonly store: Store;
  readonly naive: NaiveStore;
}

function take(order: Order, { store, naive }: Pair): Pair | undefined {
  switch (order.do) {
    case "put":
      store.put(order.object);
      naive.put(order.object);
      return undefined;
    case "delete":
      deleted(order.object, { store, naive });
      return undefined;
    case "swap":
      swapped(order.object, order.back, { store, naive });
      return undefined;
    case "fork":
      return { store: store.fork(), naive: naive.fork() };
    case "compact":
      naive.compacted = Math.max(naive.compacted, naive.revision - order.back);
      store.compact(Math.max(0, naive.revision - order.back));
      return undefined;
    case "look":
      look(order.selection, naive.revision - order.back, { store, naive });
      return undefined;
  }
}

function deleted({ kind, metadata }: KubeObject, { store, naive }: Pair): void {
  const key =
    metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  if (naive.get(kind, key) === undefined) return;
  store.delete(kind, key);
  naive.delete(kind, key);
}

/** Every third expects something else than what there is. */
function swapped(object: KubeObject, back: number, { store, naive }: Pair): void {
  const { namespace, name } = object.metadata;
  const key = namespace === undefined ? name : `${namespace}/${name}`;
  const there = Number(naive.get(object.kind, key)?.metadata.resourceVersion ?? 0);
  const expected = back === 0 ? there + 1 : there;
  const written = store.compareAndSwap(object, expected);
  expect(written === undefined).toBe(expected !== there);
  if (expected === there) naive.put(object);
}

function look(selection: Selection, revision: number, { store, naive }: Pair): void {
  for (const kind of kinds) {
    expect(store.select(kind, selection)).toEqual(naive.select(kind, selection));
    if (revision < 0) continue;
    const [since, then] = [store.since(kind, revision), store.at(kind, revision, selection)];
    if (revision < naive.compacted) {
      expect([since, then]).toEqual([
        { compacted: naive.compacted },
        { compacted: naive.compacted },
      ]);
      continue;
    }
    expect("compacted" in since ? since : [...since]).toEqual(naive.since(kind, revision));
    expect(then).toEqual(naive.select(kind, selection, revision));
  }
}

function expectSame({ store, naive }: Pair): void {
  expect([store.revision, store.compacted]).toEqual([naive.revision, naive.compacted]);
  for (const kind of kinds) {
    expect(store.list(kind)).toEqual(naive.list(kind));
    for (const object of naive.list(kind)) {
      const { namespace, name } = object.metadata;
      expect(store.get(kind, namespace === undefined ? name : `${namespace}/${name}`)).toEqual(
        object,
      );
    }
  }
}

describe("the store", () => {
  it("does what a list of all its states would do, and so does each copy of it", () => {
    const histories = property(orders, (steps) => {
      const pairs: Pair[] = [{ store: new Store(), naive: new NaiveStore() }];
      for (const { on, ...order } of steps) {
        const pair = pairs[on % pairs.length];
        const made = pair && take(order, pair);
        if (made !== undefined && pairs.length < 3) pairs.push(made);
      }
      for (const pair of pairs) expectSame(pair);
    });
    assert(histories, { numRuns: 10_000 });
  }, 120_000);
});
