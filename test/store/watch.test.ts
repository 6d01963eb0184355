import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  property,
  record,
} from "fast-check";
import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import { Store } from "../../src/store/store.ts";
import { eventOf, openWatch, type WatchEvent } from "../../src/system/api/watch.ts";
import { NameNumbers } from "../../src/system/name-numbers.ts";

const names = constantFrom("a", "b", "c");
const selectors = ["", "colour=1"] as const;

const orders = array(
  oneof(
    record({ do: constant("write" as const), name: names, colour: nat(2) }),
    record({ do: constant("delete" as const), name: names }),
    record({ do: constant("watch" as const), back: nat(8), selects: boolean() }),
    record({ do: constant("compact" as const), back: nat(4) }),
  ),
  { maxLength: 30, size: "max" },
);

/** By name the labels, as a client knows them. */
type List = ReadonlyMap<string, string>;

interface Watcher {
  readonly selector: string;
  readonly since: number;
  /** What the list said at that revision. */
  readonly known: List;
  readonly events: WatchEvent[];
  readonly hear: (change: Parameters<typeof eventOf>[0]) => void;
}

/** A store, those who watch it, and every list of its past by revision and selector. */
class Watched {
  readonly store = new Store();
  readonly watchers: Watcher[] = [];
  readonly #past = new Map<string, List>();
  expired = 0;

  write(name: string, colour: number): void {
    const labels = { colour: String(colour) };
    const object: KubeObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels } };
    this.store.put(object);
    this.#told();
  }

  delete(name: string): void {
    if (this.store.get("ConfigMap", name) !== undefined) this.store.delete("ConfigMap", name);
    this.#told();
  }

  compact(back: number): void {
    this.store.compact(Math.max(this.store.compacted, this.store.revision - back));
  }

  watch(back: number, selector: string): void {
    const resource = resourceOfKind("ConfigMap");
    const since = Math.max(1, this.store.revision - back);
    const known = this.#past.get(`${since} ${selector}`);
    if (resource === undefined || known === undefined) return;
    const options = { resourceVersion: String(since), labelSelector: selector };
    const context = { store: this.store, nowMs: 0, names: new NameNumbers() };
    const opened = openWatch(context, { verb: "watch", resource, options });
    expect("refused" in opened).toBe(since < this.store.compacted);
    if ("refused" in opened) {
      expect(opened.refused).toMatchObject({ code: 410, reason: "Expired" });
      this.expired++;
      return;
    }
    const events = [...opened.events];
    const hear = (change: Parameters<typeof eventOf>[0]): void => {
      const event = eventOf(change, opened.wanted);
      if (event !== undefined) events.push(event);
    };
    this.watchers.push({ selector, since, known, events, hear });
  }

  list(selector: string): List {
    const all = this.store.list("ConfigMap").map(({ metadata }) => metadata);
    const meant = all.filter(({ labels }) => selector === "" || labels?.["colour"] === "1");
    return new Map(meant.map(({ name, labels }) => [name, JSON.stringify(labels)]));
  }

  #told(): void {
    for (const change of this.store.takeChanges())
      for (const one of this.watchers) one.hear(change);
    for (const one of selectors) this.#past.set(`${this.store.revision} ${one}`, this.list(one));
  }
}

/** The list as a client has it who takes every event as it comes. */
function replayed({ known, events }: Watcher): List {
  const map = new Map(known);
  for (const { type, object } of events) {
    const { name, labels } = object.metadata;
    expect(map.has(name)).toBe(type !== "ADDED");
    if (type === "DELETED") map.delete(name);
    else map.set(name, JSON.stringify(labels));
  }
  return map;
}

function expectWhole(watched: Watched, watcher: Watcher): void {
  const seen = watcher.events.map(({ object }) => Number(object.metadata.resourceVersion));
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
  expect(seen.every((one) => one > watcher.since)).toBe(true);
  expect(replayed(watcher)).toEqual(watched.list(watcher.selector));
}

describe("a watcher", () => {
  it("sees every change once and in order, or is told that its revision is too old", () => {
    const counts = { opened: 0, expired: 0 };
    const histories = property(orders, (steps) => {
      const watched = new Watched();
      for (const step of steps) {
        if (step.do === "write") watched.write(step.name, step.colour);
        else if (step.do === "delete") watched.delete(step.name);
        else if (step.do === "compact") watched.compact(step.back);
        else watched.watch(step.back, selectors[step.selects ? 1 : 0]);
      }
      counts.opened += watched.watchers.length;
      counts.expired += watched.expired;
      for (const watcher of watched.watchers) expectWhole(watched, watcher);
    });
    assert(histories, { numRuns: 2_000, seed: 1 });
    expect([counts.opened > 1_000, counts.expired > 100]).toEqual([true, true]);
  });
});
