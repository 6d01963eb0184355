import type { KubeObject } from "../../machines/api/meta.ts";
import { parseSelector } from "../../machines/api/parse-selector.ts";
import { Store } from "../../src/store/store.ts";
import type { Figure } from "./figure.ts";
import { fastestCpuMs, fastestInTurnMs, heapBytes } from "./measure.ts";

const few = 10_000;
const many = 100_000;
const perApp = 100;

/** The store alone: what a write, a list by labels, a delivery to a watcher and a read cost. */
export function store(): Figure[] {
  return [...creations(), ...lists(), ...deliveries(), ...reads()];
}

function creations(): Figure[] {
  const [ofFew = 0, ofMany = 0] = fastestInTurnMs(5, [() => filled(few), () => filled(many)]);
  const [small, large] = [ofFew / few, ofMany / many];
  return [
    { what: "an object created among 10 000", value: small * 1e6, unit: "ns" },
    { what: "an object created among 100 000", value: large * 1e6, unit: "ns" },
    { what: "among 100 000 / 10 000", value: large / small, unit: "×", bound: { atMost: 1.2 } },
  ];
}

/** The same number of objects is found in a store that is ten times as large. */
function lists(): Figure[] {
  const [small, large] = [filled(few), filled(many)];
  const [ofFew = 0, ofMany = 0] = fastestInTurnMs(20, [() => found(small), () => found(large)]);
  const all = fastestCpuMs(5, () => small.list("ConfigMap").filter(isOfFirstApp));
  return [
    { what: "100 objects by a label among 10 000", value: ofFew * 1e3, unit: "µs" },
    { what: "a look at all 10 000 of them", value: all * 1e3, unit: "µs" },
    {
      what: "the same among 100 000 / 10 000",
      value: ofMany / ofFew,
      unit: "×",
      bound: { atMost: 2 },
    },
  ];
}

/** Each watcher pulls each change of its kind when it is made. */
function deliveries(): Figure[] {
  const [ofFew = 0, ofMany = 0] = fastestInTurnMs(5, [() => watched(100), () => watched(1_000)]);
  const [small, large] = [ofFew / (100 * changes), ofMany / (1_000 * changes)];
  return [
    { what: "a delivery to one of 1 000 watchers", value: large * 1e6, unit: "ns" },
    { what: "of 1 000 / 100 watchers", value: large / small, unit: "×", bound: { atMost: 1.5 } },
  ];
}

function reads(): Figure[] {
  const full = filled(many);
  const keys = full.keys("ConfigMap");
  const before = heapBytes();
  let size = 0;
  for (const key of keys) size += full.get("ConfigMap", key)?.metadata.name.length ?? 0;
  const bytes = process.memoryUsage().heapUsed - before;
  if (size === 0) throw new Error("what is there can be read");
  return [{ what: "memory of a read", value: bytes / many, unit: "bytes", bound: { atMost: 64 } }];
}

const changes = 1_000;

function watched(watchers: number): number {
  const one = new Store();
  const revisions = Array.from({ length: watchers }, () => 0);
  let told = 0;
  for (let change = 0; change < changes; change++) {
    one.put(configMap(change));
    for (let watcher = 0; watcher < watchers; watcher++) {
      const news = one.since("ConfigMap", revisions[watcher] ?? 0);
      if ("compacted" in news) throw new Error("a watcher that keeps up is told everything");
      for (const _ of news) told++;
      revisions[watcher] = one.revision;
    }
  }
  if (told !== watchers * changes) throw new Error("each watcher is told each change");
  return told;
}

function filled(count: number): Store {
  const one = new Store();
  for (let index = 0; index < count; index++) one.put(configMap(index));
  one.takeChanges();
  return one;
}

function found(one: Store): readonly KubeObject[] {
  const parsed = parseSelector("app=app-1");
  const labels = "requirements" in parsed ? parsed.requirements : [];
  const objects = one.select("ConfigMap", { labels });
  if (objects.length !== perApp) throw new Error("every app has as many objects");
  return objects;
}

function isOfFirstApp({ metadata: { labels = {} } }: KubeObject): boolean {
  return labels["app"] === "app-1";
}

function configMap(index: number): KubeObject {
  const labels = { app: `app-${Math.floor(index / perApp)}` };
  const metadata = { name: `config-${index}`, namespace: "default", labels };
  return { apiVersion: "v1", kind: "ConfigMap", metadata };
}
