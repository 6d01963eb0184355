import { describe, expect, it } from "vitest";

import { isEvent, isNode, isPod } from "../../machines/api/objects.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";

const manifest = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      nodeSelector: { kubernetes.io/os: linux }
      containers: [{ name: app, image: "registry.example/web:1" }]
---
apiVersion: v1
kind: Pod
metadata: { name: bare }
spec: { nodeName: node-1, containers: [{ name: app, image: "registry.example/web:1" }] }
`;

/** The cluster after a step of its scenario and all that follows from it. */
function after(step: string, nodes: number, untilMs = 1_000_000): Cluster {
  const { objects } = readManifests([{ file: "m.yaml", text: manifest }]);
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps: [{ atSeconds: 20, ${step} }]\n`;
  const { scenario } = readScenario("s.yaml", text);
  const cluster = Cluster.create({ objects, nodes, ...(scenario && { scenario }) });
  cluster.run(untilMs);
  return cluster;
}

function nodeOf(cluster: Cluster): readonly string[] {
  const node = cluster.get("Node", "node-1");
  if (node === undefined || !isNode(node)) return [];
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
  const taints = (node.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
  return [ready?.status ?? "", ...taints.toSorted()];
}

function podsOf(cluster: Cluster): readonly string[] {
  const pods = cluster.list("Pod").filter(isPod);
  return pods.map(({ metadata, spec }) => {
    const isGoing = metadata.deletionTimestamp !== undefined;
    return `${metadata.generateName ?? metadata.name} ${spec.nodeName}${isGoing ? " deleted" : ""}`;
  });
}

const unreachable = "node.kubernetes.io/unreachable";

describe("a node that is lost", () => {
  it("is Unknown and tainted, and its pods are deleted; only a ReplicaSet's is replaced", () => {
    const cluster = after("do: node-crash, node: node-1", 2);
    expect(nodeOf(cluster)).toEqual([
      "Unknown",
      `${unreachable}:NoExecute`,
      `${unreachable}:NoSchedule`,
    ]);
    const pods = podsOf(cluster);
    expect(pods).toContain("bare node-1 deleted");
    expect(pods.filter((text) => text === "web- node-2")).toHaveLength(1);
    expect(pods).not.toContain("web- node-1");
  });

  it("evicts nobody when it is the only one", () => {
    const cluster = after("do: node-crash, node: node-1", 1);
    expect(nodeOf(cluster)).toEqual(["Unknown", `${unreachable}:NoSchedule`]);
    expect(podsOf(cluster).toSorted()).toEqual(["bare node-1", "web- node-1"]);
  });

  it("has pods that are not ready, of which an Event tells", () => {
    const cluster = after("do: kubelet-stop, node: node-1", 2, 100_000);
    const events = cluster.list("Event").filter(isEvent);
    const told = events.filter(({ source }) => source?.component === "node-controller");
    const reasons = told.map(({ involvedObject, reason }) => `${involvedObject.kind} ${reason}`);
    expect(reasons).toContain("Pod NodeNotReady");
    expect(reasons).toContain("Node NodeNotReady");
  });

  it("leaves no pod behind when it is deleted", () => {
    const cluster = after("kubectl: delete node node-1", 2);
    expect(podsOf(cluster)).toEqual(["web- node-2"]);
  });

  it("goes on in a cluster that was saved while nobody had missed it", () => {
    const cluster = after("do: node-crash, node: node-1", 2, 40_000);
    const copy = Cluster.load(cluster.save());
    for (const one of [cluster, copy]) one.run(1_000_000);
    expect([nodeOf(copy), podsOf(copy)]).toEqual([nodeOf(cluster), podsOf(cluster)]);
  });
});
