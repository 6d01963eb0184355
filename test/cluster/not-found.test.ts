import { describe, expect, it } from "vitest";

import { tellCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-1, terminationGracePeriodSeconds: 2, containers: [{ name: app, image: "app:1" }] }
`;

/** Events about a pod whose only container the runtime does not stop. */
function eventsOf(fails: string): readonly string[] {
  const told =
    `environment: [{ stop: { fails: "${fails}", until: 12s } }]\n` +
    "steps: [{ atSeconds: 5, kubectl: delete pod web --wait=false }]\n";
  const { cluster, events } = tellCluster(web, told);
  cluster.run(30_000);
  return events("web").filter((event) => event.startsWith("FailedKillPod"));
}

describe("a runtime that cannot stop a container", () => {
  it("keeps its pod", () => expect(eventsOf("context deadline exceeded")).toHaveLength(1));

  it("has stopped it when it does not know it any more", () => {
    const events = eventsOf("rpc error: code = NotFound desc = not found");
    expect(events.join()).not.toContain("KillContainer");
  });
});
