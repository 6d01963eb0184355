import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

const twoNodes = [nodeOf("east", "{ zone: east }"), nodeOf("west", "{ zone: west }")];
const gone = "{ atSeconds: 10, kubectl: delete pod first --wait=false }";

function nodeOf(name: string, labels: string, cpu = 4): string {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" }`;
  const metadata = `{ name: ${name}, labels: ${labels} }`;
  return `{ apiVersion: v1, kind: Node, metadata: ${metadata}, status: { capacity: ${capacity} } }`;
}

/** A pod that asks for so much CPU. */
function podOf(name: string, cpu: number, more = ""): string {
  const resources = `{ requests: { cpu: "${cpu}" } }`;
  const spec = `{ ${more} containers: [{ name: app, image: app:1, resources: ${resources} }] }`;
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: ${spec} }`;
}

function told(documents: readonly string[], ...steps: readonly string[]): ToldCluster {
  const scenario =
    steps.length === 0 ? "" : `steps:\n${steps.map((one) => `  - ${one}\n`).join("")}`;
  return tellCluster(documents.join("\n---\n"), scenario);
}

function ran(documents: readonly string[], ...steps: readonly string[]): ToldCluster {
  const cluster = told(documents, ...steps);
  cluster.cluster.run(400_000);
  return cluster;
}

function objectsOf(...documents: readonly string[]): readonly KubeObject[] {
  return readManifests([{ file: "late.yaml", text: documents.join("\n---\n") }]).objects;
}

describe("a pod without a node", () => {
  it("gets the one that its node selector names", () => {
    const cluster = ran([...twoNodes, podOf("first", 1, "nodeSelector: { zone: west },")]);
    expect(cluster.pod("first")?.spec.nodeName).toBe("west");
    const scheduled = "Scheduled: Successfully assigned default/first to west";
    expect(cluster.events("first")[0]).toBe(scheduled);
  });

  it("gets the emptier one", () => {
    const cluster = ran([...twoNodes, podOf("first", 3), podOf("second", 2)]);
    const nodes = ["first", "second"].map((name) => cluster.pod(name)?.spec.nodeName);
    expect(new Set(nodes)).toEqual(new Set(["east", "west"]));
  });

  it("waits, with the reason in its condition, until another is gone", () => {
    const cluster = ran([podOf("first", 3), podOf("second", 2)], gone);
    const why = "0/1 nodes are available: 1 Insufficient cpu.";
    expect(cluster.eventOf("second", "FailedScheduling")?.message).toContain(why);
    expect(cluster.whenOf("second", "Scheduled")).toBeGreaterThanOrEqual(10_000);
    expect(cluster.rows("second").slice(0, 2)).toEqual(["Pending 0/1", "ContainerCreating 0/1"]);
  });

  it("waits as long as a gate is there", () => {
    const cluster = ran([podOf("first", 1, "schedulingGates: [{ name: example.com/quota }],")]);
    expect(cluster.rows("first")).toEqual(["SchedulingGated 0/1"]);
    expect(cluster.events("first")).toEqual([]);
  });

  it("waits for ever for a scheduler that does not exist", () => {
    const cluster = ran([podOf("first", 1, "schedulerName: other,")]);
    expect(cluster.events("first")).toEqual([]);
  });

  it("is tried again when a node comes", () => {
    const cluster = told([nodeOf("small", "{}", 1), podOf("first", 2)]);
    cluster.cluster.run(5_000);
    expect(cluster.pod("first")?.spec.nodeName).toBeUndefined();
    cluster.cluster.apply(objectsOf(nodeOf("large", "{}")));
    cluster.cluster.run(60_000);
    expect(cluster.pod("first")?.spec.nodeName).toBe("large");
  });

  it("goes on in a copy, and in one that was saved while it waited", () => {
    const cluster = told([podOf("first", 3), podOf("second", 2)], gone);
    cluster.cluster.run(5_000);
    const copies = [
      cluster.cluster.fork(),
      Cluster.load(JSON.parse(JSON.stringify(cluster.cluster.save()))),
    ];
    cluster.cluster.run(60_000);
    for (const copy of copies) {
      copy.run(60_000);
      expect(JSON.stringify(copy.save())).toBe(JSON.stringify(cluster.cluster.save()));
    }
  });
});

describe("a pod that matters more", () => {
  const classes = [
    "{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }",
  ];
  const high = podOf("second", 2, "priorityClassName: high,");

  it("is tried first", () => {
    const cluster = ran([...classes, podOf("first", 3), high]);
    expect(cluster.pod("second")?.spec.nodeName).toBe("node-1");
    expect(cluster.pod("first")?.spec.nodeName).toBeUndefined();
  });

  it("tells its victim, waits for it and is bound in its place", () => {
    const cluster = told([podOf("first", 3)]);
    cluster.cluster.run(5_000);
    cluster.cluster.apply(objectsOf(...classes, high));
    cluster.cluster.run(60_000);
    expect(cluster.eventOf("first", "Preempted")?.message).toContain("on node node-1");
    expect(cluster.rows("first").at(-1)).toBe("gone");
    expect(cluster.pod("second")?.spec.nodeName).toBe("node-1");
    expect(cluster.pod("second")?.status?.nominatedNodeName).toBeUndefined();
  });
});
