import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

const emptyNode = `
{ apiVersion: v1, kind: Node, metadata: { name: east },
  status: { capacity: { cpu: "4", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" } } }
---
{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }
`;
const low = `---
{ apiVersion: v1, kind: Pod, metadata: { name: low },
  spec: { nodeName: east, terminationGracePeriodSeconds: 0, containers: [
    { name: app, image: "app:1", resources: { requests: { cpu: "3" } } } ] } }
`;
const urgent = `---
{ apiVersion: v1, kind: Pod, metadata: { name: urgent },
  spec: { priorityClassName: high, containers: [
    { name: app, image: "app:1", resources: { requests: { cpu: "3" } } } ] } }
`;

function ran(rule: string, manifest = emptyNode + low + urgent): ToldCluster {
  const told = tellCluster(manifest, `environment:\n  - ${rule}\n`);
  told.cluster.run(400_000);
  return told;
}

describe("a request of the scheduler that the API server refuses", () => {
  const busy = "takes: 3s, fails: busy";

  it("leaves the victim of a preemption alone, until it is asked for again", () => {
    const cluster = ran(`{ when: { pod: low }, preempt: { ${busy}, until: 2s } }`);
    expect(cluster.whenOf("low", "Preempted")).toBe(6_000);
    expect(cluster.events("low").filter((event) => event.startsWith("Preempted"))).toHaveLength(1);
    expect(cluster.pod("urgent")?.spec.nodeName).toBe("east");
  });

  it("is made again as soon as it is refused", () => {
    const cluster = ran(`{ when: { pod: low }, preempt: { ${busy}, until: 8s } }`);
    expect(cluster.whenOf("low", "Preempted")).toBe(12_000);
  });

  it("brings a pod whose binding fails back after its back-off", () => {
    const alone = ran(`{ bind: { ${busy}, until: 1s } }`, emptyNode + urgent);
    expect(alone.events("urgent")[0]).toBe(
      'FailedScheduling: running Bind plugin "DefaultBinder": busy',
    );
    expect(alone.whenOf("urgent", "Scheduled")).toBeGreaterThanOrEqual(4_000);
    expect(alone.pod("urgent")?.spec.nodeName).toBe("east");
  });
});
