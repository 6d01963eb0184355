import { createInspector, type StatelyInspectionEvent } from "@statelyai/inspect";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";

const text = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: web }] }
`;

describe("Stately's inspector of a cluster on live actors", () => {
  const messages: StatelyInspectionEvent[] = [];
  let host: XStateHost;

  beforeAll(() => {
    vi.useFakeTimers();
    const { objects } = readManifests([{ file: "web.yaml", text }]);
    const { inspect } = createInspector({ send: (message) => void messages.push(message) });
    host = new XStateHost({ inspect });
    Cluster.create({ objects, host }).run(60_000);
    vi.runAllTimers();
  });
  afterAll(() => void vi.useRealTimers());

  it("gets to know each actor before it hears of it, and the cluster first, as its parent", () => {
    const [cluster] = actorsIn(messages);
    expect(cluster?.name).toBe("cluster");
    const known = new Set<string | undefined>([cluster?.sessionId]);
    for (const message of messages) {
      if (message.type !== "@xstate.actor") expect(known).toContain(message.sessionId);
      else if (message !== cluster) expect(message.parentId).toBe(cluster?.sessionId);
      known.add(message.sessionId);
    }
    expect(known.size).toBeGreaterThan(10);
  });

  it("has the cluster as the root of all that it hears", () => {
    const roots = new Set(messages.map(({ rootId }) => rootId));
    expect([...roots]).toEqual([actorsIn(messages)[0]?.sessionId]);
  });

  it("is told the chart of each actor as the catalogue has it", () => {
    const charts = actorsIn(messages).slice(1).map(chartOf);
    expect(charts.filter((id) => !Object.hasOwn(catalogue, id))).toEqual([]);
    expect(charts).toEqual(expect.arrayContaining(["podWorker", "container", "podPhase"]));
  });

  it("sees inner events, and the state that each actor is in at the end", () => {
    const container = actorsIn(messages).find((one) => chartOf(one) === "container");
    const own = messages.filter(({ sessionId }) => sessionId === container?.sessionId);
    const events = own.flatMap((one) => (one.type === "@xstate.event" ? [one.event.type] : []));
    expect(events).toEqual(expect.arrayContaining(["container.created", "container.started"]));
    const last = own.findLast((one) => one.type === "@xstate.snapshot");
    const live = host.system.get("container/default/web/app")?.getSnapshot();
    expect(live.value).toBe("Running");
    expect(last).toMatchObject({ snapshot: JSON.parse(JSON.stringify(live)) });
  });

  it("can show all of it as JSON, as it goes through a socket", () => {
    for (const { type, ...told } of messages) {
      expect(JSON.parse(JSON.stringify(told))).toMatchObject({ sessionId: told.sessionId });
      expect(["@xstate.actor", "@xstate.event", "@xstate.snapshot"]).toContain(type);
    }
  });
});

type ToldActor = Extract<StatelyInspectionEvent, { type: "@xstate.actor" }>;

function actorsIn(messages: readonly StatelyInspectionEvent[]): readonly ToldActor[] {
  return messages.filter((one): one is ToldActor => one.type === "@xstate.actor");
}

function chartOf({ definition }: ToldActor): string {
  return JSON.parse(definition ?? "{}").id;
}
