import { describe, expect, it } from "vitest";

import {
  type EventLog,
  type EventSource,
  emptyLog,
  populateDefaults,
} from "../../src/system/event-correlator.ts";
import { type EventWrite, recordEvent, writeEvent } from "../../src/system/event-recorder.ts";
import { KubeWorld } from "../../src/system/world.ts";

const startMs = 1_768_471_200_000; // 2026-01-15T10:00:00Z

const source: EventSource = {
  component: "kubelet",
  host: "node-1",
  about: { apiVersion: "v1", kind: "Pod", namespace: "default", name: "web", uid: "u" },
  type: "Warning",
  reason: "BackOff",
  message: "Back-off restarting failed container",
};

function aboutContainer(index: number): EventSource["about"] {
  return { ...source.about, fieldPath: `spec.containers{c${index}}` };
}

/** What is written of Events that are said at these seconds. */
function writes(
  said: readonly (Partial<EventSource> & { readonly at: number })[],
): readonly (EventWrite | undefined)[] {
  let log: EventLog = emptyLog;
  return said.map(({ at, ...event }) => {
    const recorded = recordEvent(log, { ...source, ...event }, startMs + at * 1_000);
    log = recorded.log;
    return recorded.write;
  });
}

/** So many messages, one a second. */
function messages(count: number, from = 0) {
  return Array.from({ length: count }, (_, at) => ({ at: from + at, message: `m${from + at}` }));
}

function textsOf(written: readonly (EventWrite | undefined)[]): readonly unknown[] {
  return written.map((one) => one && `${one.verb} ${one.event.count} ${one.event.message}`);
}

describe("an equal Event", () => {
  it("raises the count of the first one, which keeps its name and time", () => {
    const [first, second] = writes([{ at: 0 }, { at: 90 }]);
    expect([first?.verb, second?.verb]).toEqual(["create", "patch"]);
    const { metadata, firstTimestamp } = first?.event ?? {};
    expect(second?.event).toMatchObject({ firstTimestamp, metadata: { name: metadata?.name } });
    const { message } = source;
    expect(second?.patch).toEqual({ count: 2, lastTimestamp: "2026-01-15T10:01:30Z", message });
  });

  it("is another one when it is about another container", () => {
    const said = [0, 1, 0].map((container, at) => ({ at, about: aboutContainer(container) }));
    expect(writes(said).map((one) => one?.event.count)).toEqual([1, 1, 2]);
  });

  it("has another name than a different one of the same moment", () => {
    const written = writes([{ at: 0 }, { at: 0, reason: "Failed" }]);
    expect(new Set(written.map((one) => one?.event.metadata.name)).size).toBe(2);
  });
});

describe("similar Events", () => {
  it("are combined from the tenth message on, whichever container they are about", () => {
    const said = messages(12).map((one) => ({ ...one, about: aboutContainer(one.at % 2) }));
    expect(textsOf(writes(said)).slice(8)).toEqual([
      "create 1 m8",
      "create 1 (combined from similar events): m9",
      "patch 2 (combined from similar events): m10",
      "patch 3 (combined from similar events): m11",
    ]);
  });

  it.each([
    [600, "create 1 (combined from similar events): late"],
    [601, "create 1 late"],
  ])("are remembered for ten minutes: %i s after the last", (pauseSeconds, expected) => {
    const late = { at: 8 + pauseSeconds, message: "late" };
    expect(textsOf(writes([...messages(9), late])).at(-1)).toBe(expected);
  });

  it("lose their annotations and the reporting component", () => {
    const said = messages(10).map((one) => ({ ...one, annotations: { a: "b" } }));
    const [first, last] = [writes(said).at(0)?.event, writes(said).at(-1)?.event];
    expect(first).toMatchObject({ metadata: { annotations: {} }, reportingInstance: "node-1" });
    expect(last?.metadata).not.toHaveProperty("annotations");
    expect(last).toMatchObject({ reportingComponent: "", source: { host: "node-1" } });
  });
});

describe("the spam filter", () => {
  const burst = Array.from({ length: 27 }, () => ({ at: 0 }));

  it("lets 25 of one object and type pass, and one more every five minutes", () => {
    const written = writes([...burst, { at: 299 }, { at: 300 }, { at: 301 }]);
    expect(written.slice(0, 27).filter(Boolean)).toHaveLength(25);
    expect(written.slice(27).map((one) => one?.event.count)).toEqual([undefined, 29, undefined]);
  });

  it("has a bucket for each type, object and component", () => {
    const others: readonly Partial<EventSource>[] = [
      { type: "Normal" },
      { about: { ...source.about, name: "other" } },
      { component: "other" },
    ];
    const written = writes([...burst, ...others.map((other) => ({ ...other, at: 0 }))]);
    expect(written.slice(27).filter(Boolean)).toHaveLength(3);
  });
});

describe("a recorder", () => {
  it("forgets what it has not used for longest when its cache is full", () => {
    const options = populateDefaults({ lruCacheSize: 2 });
    let log: EventLog = emptyLog;
    const counts = ["a", "b", "a", "c", "a", "b"].map((name) => {
      const about = { ...source.about, name };
      const recorded = writeEvent(log, { ...source, about, name, atMs: startMs }, options);
      log = recorded.log;
      return recorded.write?.event.count;
    });
    expect(counts).toEqual([1, 1, 2, 1, 3, 1]);
  });

  it("leaves the log that it was given as it was", () => {
    const { log } = recordEvent(emptyLog, source, startMs);
    const before = JSON.stringify(log);
    const [once, again] = [1, 2].map(() => recordEvent(log, source, startMs + 5_000));
    expect(again).toEqual(once);
    expect(JSON.stringify(log)).toBe(before);
  });
});

describe("the store", () => {
  it("gets a repeat as a change of count, message and last time alone", () => {
    const world = new KubeWorld(startMs);
    world.record(0, { ...source, annotations: { a: "b" } });
    const [first] = world.store.list("Event");
    world.record(5_000, source);
    const { metadata, ...fields } = first ?? { metadata: undefined };
    expect(world.store.list("Event")).toEqual([
      {
        ...fields,
        metadata: { ...metadata, resourceVersion: "2" },
        count: 2,
        lastTimestamp: "2026-01-15T10:00:05Z",
      },
    ]);
  });

  it("gets a new Event for a repeat whose first one was dropped", () => {
    const world = new KubeWorld(startMs);
    for (let said = 0; said < 25; said++) world.record(0, { ...source, message: "full" });
    world.record(1_000, source);
    world.record(301_000, source);
    expect(world.store.list("Event")).toMatchObject([
      { count: 25, message: "full" },
      { count: 2, firstTimestamp: "2026-01-15T10:00:01Z" },
    ]);
  });
});
