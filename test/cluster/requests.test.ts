import { describe, expect, it } from "vitest";

import { isNode } from "../../machines/api/objects.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import type { Delivery } from "../../src/system/delivery.ts";

const { manifests } = readManifests([
  {
    file: "web.yaml",
    text: `{ apiVersion: apps/v1, kind: ReplicaSet, metadata: { name: web }, spec: {
      selector: { matchLabels: { a: b } },
      template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: x }] } } } }`,
  },
]);

function scenarioOf(...lines: readonly string[]) {
  const steps = lines.map(
    (line, nth) => `  - { atSeconds: ${nth + 1}, kubectl: ${JSON.stringify(line)} }`,
  );
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps:\n${steps.join("\n")}\n`;
  const { scenario } = readScenario("scenario.yaml", text);
  if (scenario === undefined) throw new Error("the scenario is right");
  return scenario;
}

function files() {
  return manifests;
}

/** A cluster with one node, after these lines of kubectl, and what they were answered. */
function after(...lines: readonly string[]) {
  const cluster = Cluster.create({ objects: [], scenario: scenarioOf(...lines), files });
  const requests: Delivery[] = [];
  const refusals: string[] = [];
  cluster.observe((delivery) => {
    if (delivery.to.startsWith("request/")) requests.push(delivery);
    if (delivery.to.startsWith("kubectl/")) refusals.push(JSON.stringify(delivery.detail));
  });
  cluster.run(60_000);
  const node = cluster.get("Node", "node-1");
  return { spec: node !== undefined && isNode(node) ? node.spec : undefined, requests, refusals };
}

describe("a line of kubectl", () => {
  it("is a request that ends when it is answered", () => {
    const { spec, requests } = after("cordon node-1", "cordon node-1");
    expect(spec).toMatchObject({
      unschedulable: true,
      taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }],
    });
    expect(requests.map(({ to, after: state, facts }) => [to, state, facts[0]?.type])).toEqual([
      ["request//kubernetes-admin patch nodes node-1 #4.0", "responded", "object.written"],
      ["request//kubernetes-admin patch nodes node-1 #5.0", "responded", "object.unchanged"],
    ]);
  });

  it("reads a node's taints before it writes them", () => {
    const { spec } = after("taint node node-1 a=b:NoSchedule c=:NoExecute", "taint node node-1 a-");
    expect(spec?.taints).toEqual([{ key: "c", effect: "NoExecute" }]);
  });

  it("is told why it is refused, by the API server or by kubectl itself", () => {
    const { requests, refusals } = after("uncordon other", "taint node node-1 none-");
    expect(requests.map(({ facts }) => facts)).toEqual([
      [{ type: "request.refused", stage: "persistence" }],
      [{ type: "request.refused", stage: "dispatch" }],
    ]);
    expect(refusals[0]).toContain('nodes \\"other\\" not found');
    expect(refusals[1]).toContain('"error":"taint \\"none\\" not found"');
  });
});

function stagesOf(work: (cluster: ReturnType<typeof createCluster>) => void) {
  const cluster = createCluster();
  const facts: unknown[] = [];
  cluster.cluster.observe(({ to, facts: own }) => {
    if (to.startsWith("request/")) facts.push(...own);
  });
  try {
    work(cluster);
  } catch {
    // It is the fact that counts.
  }
  return facts;
}

describe("the stages of a request", () => {
  const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a" },
    spec: { containers: [{ name: "a", image: "a" }] },
  };

  it.each([
    ["authentication", (c) => c.as({ type: "token", token: "x" }).list("po")],
    ["authorization", (c) => c.as({ type: "none" }).list("po")],
    ["dispatch", (c) => c.create({ ...configMap, data: [] })],
    ["reading", (c) => c.get("cm", "none")],
    ["mutation", (c) => c.create({ ...pod, spec: { ...pod.spec, priorityClassName: "none" } })],
    ["validation", (c) => c.create({ ...configMap, metadata: { name: "A" } })],
    ["admission", (c) => c.delete("ns", "default")],
    ["persistence", (c) => c.delete("cm", "none")],
  ] as const satisfies readonly (readonly [string, Parameters<typeof stagesOf>[0]])[])(
    "end at %s where it is refused there",
    (stage, work) => {
      expect(stagesOf(work)).toEqual([{ type: "request.refused", stage }]);
    },
  );

  it("end with what was done", () => {
    const facts = stagesOf((cluster) => {
      cluster.create(configMap);
      cluster.patch("cm", "a", { data: { a: "b" } });
      cluster.patch("cm", "a", { data: { a: "b" } });
      cluster.list("cm");
      cluster.patch("cm", "a", { metadata: { finalizers: ["example.com/hold"] } });
      cluster.delete("cm", "a");
      cluster.patch("cm", "a", { metadata: { finalizers: null } }, { type: "merge" });
    });
    expect(facts).toEqual([
      { type: "object.written", change: "created" },
      { type: "object.written", change: "changed" },
      { type: "object.unchanged" },
      { type: "objects.read" },
      { type: "object.written", change: "changed" },
      { type: "object.written", change: "marked" },
      { type: "object.written", change: "removed" },
    ]);
  });

  it("scales only from the number that it was told", () => {
    const { refusals } = after(
      "create -f web.yaml",
      "scale rs/web --replicas=2 --current-replicas=3",
      "scale rs/web --replicas=2 --current-replicas=1",
      "scale rs/web --replicas=0 --current-replicas=2",
    );
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toContain("Expected replicas to be 3, was 1");
  });
});
