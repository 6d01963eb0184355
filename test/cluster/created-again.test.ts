import { describe, expect, it } from "vitest";

import { Cluster } from "../../src/cluster/cluster.ts";
import { buildPod } from "../support/build.ts";

const web = buildPod("web");

/** Deleted at 10 s with some grace, and created again under its name later. */
function createdAgain(gracePeriodSeconds: number, atMs: number): Cluster {
  const cluster = Cluster.create({ objects: [web] });
  cluster.delete("Pod", "default/web", { gracePeriodSeconds, delayMs: 10_000 });
  cluster.apply([web], atMs);
  return cluster;
}

describe("a pod that is created again under the name of one that is gone", () => {
  it("has a UID and containers of its own", () => {
    const cluster = createdAgain(1, 12_000);
    cluster.system.advanceTo(11_900);
    expect(cluster.get("Pod", "default/web")).toBeUndefined();
    cluster.run(60_000);
    const [again] = cluster.list("Pod");
    expect(again?.metadata.uid).not.toBe(web.metadata.uid);
    expect(again).toMatchObject({
      status: { phase: "Running", startTime: "2026-01-01T00:00:12Z" },
    });
  });

  it("runs once the containers of one deleted by force have stopped", () => {
    const cluster = createdAgain(0, 10_100);
    cluster.run(60_000);
    expect(cluster.list("Pod")).toMatchObject([{ status: { phase: "Running" } }]);
  });
});
