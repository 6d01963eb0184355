import { describe, expect, it } from "vitest";
import type { ActorRefLike, InspectionEvent } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";

/** What `@statelyai/inspect` sends to Stately's inspector: plain JSON, actors by their session. */
type Message =
  | { readonly type: "@xstate.actor"; readonly sessionId: string; readonly definition: string }
  | { readonly type: "@xstate.event"; readonly sessionId: string; readonly event: string }
  | { readonly type: "@xstate.snapshot"; readonly sessionId: string; readonly snapshot: string };

/** As `createInspector` makes them of XState's inspection events. */
function messageOf({ type, actorRef, ...rest }: InspectionEvent): Message | [] {
  const { sessionId } = actorRef;
  switch (type) {
    case "@xstate.actor":
      return { type, sessionId, definition: definitionOf(actorRef) };
    case "@xstate.event":
      return { type, sessionId, event: JSON.stringify(Reflect.get(rest, "event")) };
    case "@xstate.snapshot":
      return { type, sessionId, snapshot: JSON.stringify(Reflect.get(rest, "snapshot")) };
    default:
      return [];
  }
}

function definitionOf(actorRef: ActorRefLike): string {
  const logic: unknown = Reflect.get(actorRef, "logic");
  const config: unknown = typeof logic === "object" && logic && Reflect.get(logic, "config");
  return JSON.stringify(config ?? null);
}

const text = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: web }] }
`;

describe("an inspector of a cluster on live actors", () => {
  const { objects } = readManifests([{ file: "web.yaml", text }]);
  const host = new XStateHost();
  const messages: Message[] = [];
  host.system.inspect((event) => messages.push(...[messageOf(event)].flat()));
  Cluster.create({ objects, host }).run(60_000);
  const ofType = <T extends Message["type"]>(type: T) => {
    return messages.filter((one): one is Extract<Message, { type: T }> => one.type === type);
  };

  it("gets to know each actor before it hears of it", () => {
    const known = new Set<string>();
    for (const { type, sessionId } of messages) {
      if (type === "@xstate.actor") known.add(sessionId);
      else expect(known).toContain(sessionId);
    }
    expect(known.size).toBeGreaterThan(10);
  });

  it("is told the chart of each actor as the catalogue has it", () => {
    const charts = ofType("@xstate.actor").map(({ definition }) => JSON.parse(definition)?.id);
    expect(charts.filter((id) => !Object.hasOwn(catalogue, id))).toEqual([]);
    expect(charts).toEqual(expect.arrayContaining(["podWorker", "container", "podPhase"]));
  });

  it("sees inner events, and the state that each actor is in at the end", () => {
    const [container] = ofType("@xstate.actor").filter(({ definition }) => {
      return JSON.parse(definition)?.id === "container";
    });
    const own = (one: Message) => one.sessionId === container?.sessionId;
    const events = ofType("@xstate.event")
      .filter(own)
      .map(({ event }) => JSON.parse(event).type);
    expect(events).toEqual(expect.arrayContaining(["container.created", "container.started"]));
    const [last] = ofType("@xstate.snapshot").filter(own).toReversed();
    const shown = JSON.parse(last?.snapshot ?? "{}");
    const live = host.system.get("container/default/web/app")?.getSnapshot();
    expect(shown.value).toBe("Running");
    expect(shown).toEqual(JSON.parse(JSON.stringify(live)));
  });
});
