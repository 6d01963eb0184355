import { describe, expect, it } from "vitest";

import type { SchedulingDecision } from "../../../../machines/scheduler/explanation/decision.ts";
import { helpfulChangeText } from "../../../../machines/scheduler/explanation/helpful-change.ts";
import { DecisionLog } from "../../../../src/cluster/decision-log.ts";
import { tellCluster } from "../../../support/told-cluster.ts";

interface NodeText {
  readonly cpu?: number;
  readonly pods?: number;
  readonly labels?: string;
  readonly spec?: string;
}

function node(name: string, { cpu = 4, pods = 110, labels = "", spec = "" }: NodeText = {}) {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "${pods}" }`;
  const own = `kubernetes.io/hostname: ${name}, ${labels}`;
  const metadata = `metadata: { name: ${name}, labels: { ${own} } }`;
  return `{ apiVersion: v1, kind: Node, ${metadata}, spec: { ${spec} }, status: { capacity: ${capacity} } }`;
}

function pod(name: string, cpu: string, more = "", labels = "") {
  const resources = `{ requests: { cpu: ${cpu}, memory: 1Gi } }`;
  const spec = `${more} containers: [{ name: app, image: app:1, resources: ${resources} }]`;
  const metadata = `{ name: ${name}, labels: { ${labels} } }`;
  return `{ apiVersion: v1, kind: Pod, metadata: ${metadata}, spec: { ${spec} } }`;
}

function tainted(taints: string) {
  return node("one", { spec: `taints: [${taints}]` });
}

/** The first decision on the pod `wanted`. */
function decided(...documents: readonly string[]): SchedulingDecision {
  const { cluster } = tellCluster(documents.join("\n---\n"), "");
  const log = new DecisionLog(cluster);
  cluster.run(20_000);
  const [decision] = log.attempts("default/wanted");
  if (decision === undefined) throw new Error("the scheduler tries every pod");
  return decision;
}

function helps(...documents: readonly string[]): readonly string[] {
  return decided(...documents).wouldHelp.map(helpfulChangeText);
}

describe("a decision", () => {
  it("adds up the totals of feasible nodes from what each plugin says of them", () => {
    const { nodes, nodeName, bestNodes } = decided(
      node("small", { cpu: 2 }),
      node("large"),
      pod("wanted", "1"),
    );
    for (const { scores, total } of nodes) {
      expect(scores.map(({ plugin }) => plugin)).toContain("NodeResourcesFit");
      for (const { normalized, weight, weighted } of scores) {
        expect(weighted).toBe(normalized * weight);
      }
      expect(scores.reduce((sum, { weighted }) => sum + weighted, 0)).toBe(total);
    }
    expect([nodeName, bestNodes]).toEqual(["large", ["large"]]);
  });

  it("names the nodes that share the highest total", () => {
    const { bestNodes, nodeName } = decided(node("one"), node("two"), pod("wanted", "1"));
    expect([bestNodes, nodeName]).toEqual([["one", "two"], "one"]);
  });

  it("tells what the plugin says that refused a node, and what others would have said", () => {
    const taints = "taints: [{ key: dedicated, value: db, effect: NoSchedule }]";
    const { nodes, outcome } = decided(node("only", { cpu: 1, spec: taints }), pod("wanted", "2"));
    const refused = nodes[0]?.filters.filter(({ status }) => status !== "Success");
    expect(outcome).toBe("unschedulable");
    expect(refused?.map(({ plugin, reasons, isAsked }) => [plugin, reasons, isAsked])).toEqual([
      ["TaintToleration", ["node(s) had untolerated taint(s)"], true],
      ["NodeResourcesFit", ["Insufficient cpu"], false],
    ]);
  });

  it("names the victims of a preemption", () => {
    const high =
      "{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }";
    const { preemption } = decided(
      high,
      node("only", { cpu: 1 }),
      pod("low", "1", "nodeName: only,"),
      pod("wanted", "1", "priorityClassName: high,"),
    );
    const victims = { node: "only", victims: ["default/low"], numPDBViolations: 0 };
    expect(preemption).toEqual([victims]);
  });

  it("is made anew with each attempt", () => {
    const documents = [
      node("one", { cpu: 1 }),
      pod("runs", "1", "nodeName: one,"),
      pod("wanted", "1"),
    ];
    const gone = "steps: [{ atSeconds: 5, kubectl: delete pod runs --wait=false }]";
    const { cluster } = tellCluster(documents.join("\n---\n"), gone);
    const log = new DecisionLog(cluster);
    cluster.run(60_000);
    const attempts = log
      .attempts("default/wanted")
      .map(({ attempt, outcome }) => [attempt, outcome]);
    expect(attempts).toEqual([
      [1, "unschedulable"],
      [2, "scheduled"],
    ]);
    expect(log.why("default/wanted")?.nodeName).toBe("one");
  });
});

describe("what would help", () => {
  it("is as much of a resource as is missing, on the node that lacks least", () => {
    const told = helps(node("one", { cpu: 1 }), node("two", { cpu: 2 }), pod("wanted", "2500m"));
    expect(told).toContain("500m more cpu on node two");
    expect(told).toContain("a request of 500m less cpu, for node two");
  });

  it("is nothing of one resource when two are missing", () => {
    const text = pod("wanted", "9").replace("1Gi", "9Gi");
    expect(helps(node("one"), text)).toEqual([]);
  });

  it("is a toleration of the taint that is in the way, but not of one of two", () => {
    const first = "{ key: dedicated, value: db, effect: NoSchedule }";
    const second = "{ key: gpu, effect: NoExecute }";
    const told = ["a toleration of dedicated=db:NoSchedule, for node one"];
    expect(helps(tainted(first), pod("wanted", "1"))).toEqual(told);
    expect(helps(tainted(`${first}, ${second}`), pod("wanted", "1"))).toEqual([]);
  });

  it("is the label that the pod selects by", () => {
    const selecting = pod("wanted", "1", "nodeSelector: { disk: ssd },");
    expect(helps(node("one"), selecting)).toEqual(["the label disk=ssd on node one"]);
  });

  it("is the label gone that the pod's affinity forbids", () => {
    const term = "{ matchExpressions: [{ key: old, operator: DoesNotExist }] }";
    const required = `requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${term}] }`;
    const affinity = `affinity: { nodeAffinity: { ${required} } },`;
    const told = helps(node("one", { labels: `old: "1"` }), pod("wanted", "1", affinity));
    expect(told).toEqual(["no label old on node one"]);
  });

  it("is kubectl uncordon of a cordoned node, or a toleration of what the cordon left there", () => {
    const told = helps(node("one", { spec: "unschedulable: true" }), pod("wanted", "1"));
    const toleration = "a toleration of node.kubernetes.io/unschedulable:NoSchedule, for node one";
    expect(told).toEqual([toleration, "kubectl uncordon one"]);
  });

  it("is the smallest pod less that makes enough room", () => {
    const running = ["1", "2"].map((cpu) => pod(`runs-${cpu}`, cpu, "nodeName: one,"));
    const told = helps(node("one"), ...running, pod("wanted", "3"));
    expect(told).toContain("one pod less: default/runs-2 on node one");
  });

  it("is a pod less in the zone, wherever in it the pod is that keeps others away", () => {
    const term = "{ topologyKey: zone, labelSelector: { matchLabels: { app: web } } }";
    const anti = `podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] }`;
    const there = pod("there", "1", "nodeName: one,", "app: web");
    const told = helps(
      node("one", { labels: "zone: a", pods: 1 }),
      node("two", { labels: "zone: a" }),
      there,
      pod("wanted", "1", `affinity: { ${anti} },`),
    );
    expect(told).toContain("one pod less: default/there on node one");
  });

  it("is one node more where the nodes are full", () => {
    const told = helps(node("one"), pod("runs", "3", "nodeName: one,"), pod("wanted", "3"));
    expect(told).toContain("one node more like one");
  });
});

describe("asked at a moment", () => {
  it("the scheduler says how it would decide now on a pod that waits, and of no other", () => {
    const { cluster } = tellCluster([node("one"), pod("wanted", "9")].join("\n---\n"), "");
    cluster.run(5_000);
    expect(cluster.why("default/wanted")?.message).toContain("1 Insufficient cpu");
    expect(cluster.why("default/other")).toBeUndefined();
  });
});
