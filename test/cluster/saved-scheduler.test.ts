import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { emptyScenario } from "../../src/manifest/scenario.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { traceLine } from "../../src/trace/trace-lines.ts";

/** Its two pods need six CPUs. */
function nodeOf(cpu: number, zone: string): string {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" }`;
  return `
{ apiVersion: v1, kind: Node, metadata: { name: east, labels: { zone: ${zone} } },
  status: { capacity: ${capacity}, allocatable: ${capacity} } }
`;
}
const pods = `---
{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }
---
{ apiVersion: v1, kind: Pod, metadata: { name: low },
  spec: { nodeName: east, containers: [
    { name: app, image: "app:1", resources: { requests: { cpu: "3" } } } ] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: urgent },
  spec: { priorityClassName: high, nodeSelector: { zone: a }, containers: [
    { name: app, image: "app:1", resources: { requests: { cpu: "3" } } } ] } }
`;

function objectsOf(text: string): readonly KubeObject[] {
  return readManifests([{ file: "test.yaml", text }]).objects;
}

/** All deliveries from now on. */
function rest(cluster: Cluster): readonly string[] {
  const lines: string[] = [];
  cluster.observe((delivery) => lines.push(traceLine(delivery)));
  cluster.run(120_000);
  return lines;
}

describe("a cluster that is saved while a pod is being tried", () => {
  it.each([
    [8, "b", "a"],
    [4, "a", "b"],
  ])("goes on as it would have: a node of %s CPUs moves from zone %s to %s", (cpu, from, to) => {
    for (let before = 0; before < 60; before++) {
      const whole = Cluster.create({ objects: objectsOf(nodeOf(cpu, from) + pods) });
      for (let left = before; left > 0; left--) whole.system.step();
      whole.apply(objectsOf(nodeOf(cpu, to)));
      for (let after = 0; after < 6; after++) {
        whole.system.step();
        const text = JSON.stringify(whole.save());
        const again = Cluster.load(JSON.parse(text), emptyScenario);
        expect(rest(again), `saved ${after} after ${before}`).toEqual(rest(whole.fork()));
      }
    }
  });

  it("has found out what comes of it, or has still to", () => {
    const found = new Set<unknown>();
    const cluster = Cluster.create({ objects: objectsOf(nodeOf(4, "a") + pods) });
    for (let left = 60; left > 0; left--) {
      cluster.system.step();
      found.add(cluster.system.world.scheduler.attempt?.attempt?.type);
    }
    expect([...found]).toEqual(expect.arrayContaining([undefined, "unfit"]));
  });
});
