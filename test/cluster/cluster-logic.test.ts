import { describe, expect, it } from "vitest";
import { createActor } from "xstate";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { clusterLogic } from "../../src/cluster/cluster-logic.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { buildPod } from "../support/build.ts";

describe("a cluster as one XState actor", () => {
  it("runs a pod and tells every delivery and every write", () => {
    const actor = createActor(clusterLogic, { input: { objects: [buildPod("web")] } });
    const told: string[] = [];
    actor.on("changed", ({ change }) => told.push(`${change.type} ${change.object.kind}`));
    actor.start();
    actor.send({ type: "run", untilMs: 60_000 });
    expect(phases(actor.getSnapshot().cluster.list("Pod"))).toEqual(["Running"]);
    expect(told).toContain("ADDED Pod");
  });

  it("keeps each snapshot as it was", () => {
    const actor = createActor(clusterLogic, { input: { objects: [buildPod("web")] } }).start();
    const before = actor.getSnapshot();
    actor.send({ type: "run", untilMs: 60_000 });
    expect(before.cluster.now).toBe(0);
    expect(before.cluster.list("Pod")).toEqual([]);
  });

  it("goes on from what it persisted as if nothing had happened", () => {
    const { scenario } = readScenario("slow.yaml", slowPull);
    const options = { objects: [buildPod("web")], ...(scenario && { scenario }) };
    const actor = createActor(clusterLogic, { input: options }).start();
    actor.send({ type: "advance", toMs: 300 });
    const text = JSON.stringify(actor.getPersistedSnapshot());
    const input = { objects: [] };
    const again = createActor(clusterLogic, { input, snapshot: JSON.parse(text) }).start();
    for (const one of [actor, again]) one.send({ type: "run", untilMs: 60_000 });
    const [kept, restored] = [actor, again].map((one) => one.getSnapshot().cluster.save());
    expect(restored).toEqual(kept);
  });
});

/** The pull is asked for and ends after the snapshot was taken. */
const slowPull = `
apiVersion: kubechart/v1
kind: Scenario
environment:
  - when: { image: "*" }
    pull: { takes: 7s }
`;

function phases(objects: readonly KubeObject[]): unknown[] {
  return objects.filter(isPod).map(({ status }) => status?.phase);
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}
