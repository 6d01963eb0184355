import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

const node = (name: string) => `
{ apiVersion: v1, kind: Node, metadata: { name: ${name} },
  status: { capacity: { cpu: "4", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" } } }
---`;
const classes = `
{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }
---`;
const podOf = (name: string, cpu: number, more = "") => `
{ apiVersion: v1, kind: Pod, metadata: { name: ${name} },
  spec: { ${more} terminationGracePeriodSeconds: 0, containers: [
    { name: app, image: "app:1", resources: { requests: { cpu: "${cpu}" } } } ] } }
---`;
const small = podOf("small-1", 2, "nodeName: east,") + podOf("small-2", 2, "nodeName: east,");
const urgent = podOf("urgent", 4, "priorityClassName: high,");

const closed = node("west").replace("status:", "spec: { unschedulable: true }, status:");

function ran(rule: string, steps = "[]"): ToldCluster {
  const told = tellCluster(
    node("east") + closed + classes + small + urgent,
    [`environment: [{ when: { pod: small-1 }, preempt: ${rule} }]`, `steps: ${steps}`].join("\n"),
  );
  told.cluster.run(400_000);
  return told;
}

describe("a preemption", () => {
  it("asks for all victims but one at the same time, and for the last one afterwards", () => {
    const told = ran("{ takes: 3s }");
    expect(told.whenOf("small-1", "Preempted")).toBe(3_000);
    expect(told.whenOf("small-2", "Preempted")).toBe(3_000);
    expect(told.pod("urgent")?.spec.nodeName).toBe("east");
  });

  it("asks for no other victim when one was refused, and begins again", () => {
    const told = ran("{ takes: 3s, fails: busy, until: 1s }");
    expect(told.whenOf("small-2", "Preempted")).toBe(6_000);
    expect(told.events("small-2").filter((one) => one.startsWith("Preempted"))).toHaveLength(1);
    expect([told.pod("small-1"), told.pod("small-2")]).toEqual([undefined, undefined]);
  });

  it("keeps its pod from being tried until all victims were told to go", () => {
    const uncordoned = "[{ atSeconds: 1, kubectl: uncordon west }]";
    const told = ran("{ takes: 5s }", uncordoned);
    expect(told.whenOf("urgent", "Scheduled")).toBeGreaterThanOrEqual(5_000);
    expect(told.pod("urgent")?.spec.nodeName).toBe("east");
    const alone = ran("{ takes: 5s, fails: busy }", uncordoned);
    expect(alone.whenOf("urgent", "Scheduled")).toBe(5_000);
    expect(alone.pod("urgent")?.spec.nodeName).toBe("west");
    expect(alone.pod("small-1")).toBeDefined();
  });
});
