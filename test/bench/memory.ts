import type { Cluster } from "../../src/cluster/cluster.ts";
import { builtCluster } from "./fork.ts";
import type { Figure } from "./figure.ts";
import { heapBytes } from "./measure.ts";

/**
 * What idle pods take beyond their API objects. The heap is weighed with the whole cluster, and
 * again when nothing is left of it but copies of its Pods and Events.
 */
export async function memory(pods: number, nodes: number): Promise<readonly Figure[]> {
  const held: Held = { clusters: [], copies: [] };
  const before = await settledHeapBytes();
  held.clusters = [builtCluster(pods, nodes)];
  const all = (await settledHeapBytes()) - before;
  replaceByCopies(held);
  const objects = (await settledHeapBytes()) - before;
  if (held.copies.length < pods) throw new Error("a cluster with pods has objects");
  return [
    { what: "API objects of an idle pod", value: objects / pods / 1000, unit: "kB" },
    {
      what: "memory of an idle pod beyond its API objects",
      value: (all - objects) / pods / 1000,
      unit: "kB",
      bound: { atMost: 6 },
    },
  ];
}

interface Held {
  clusters: readonly Cluster[];
  copies: readonly object[];
}

/** What the frames on the stack still point to is let go first. */
async function settledHeapBytes(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    heapBytes();
  }
  return heapBytes();
}

function replaceByCopies(held: Held): void {
  held.copies = held.clusters.flatMap(objectsOf).map(copier());
  held.clusters = [];
}

function objectsOf(cluster: Cluster): readonly object[] {
  return [...cluster.list("Pod"), ...cluster.list("Event")];
}

/** Copies that share among each other what the originals share, and their texts. */
function copier(): (value: object) => object {
  const copies = new Map<object, object>();
  const copied = (value: object): object => {
    const known = copies.get(value);
    if (known !== undefined) return known;
    const copy = Array.isArray(value) ? value.slice() : { ...value };
    for (const [field, part] of Object.entries(value)) {
      if (typeof part === "object" && part !== null) Reflect.set(copy, field, copied(part));
    }
    copies.set(value, copy);
    return copy;
  };
  return copied;
}
