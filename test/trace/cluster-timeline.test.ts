import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { readRunInput } from "../../src/cli/run-input.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { nodeRulesText, serviceRules } from "../../src/cluster/service-rules.ts";
import { ClusterTimeline, type DeedRow } from "../../src/trace/cluster-timeline.ts";
import type { TimelineRow } from "../../src/trace/timeline.ts";

const examples = fileURLToPath(new URL("../../docs/examples", import.meta.url));

function pathOf(name: string): string {
  return join(examples, name);
}

/** nginx.yaml, told to its end. */
function told(scenario?: string) {
  const { input } = readRunInput([pathOf("nginx.yaml")], scenario && pathOf(scenario));
  if (input === undefined) throw new Error("the example is right");
  const { objects, kubelets } = input;
  const cluster = Cluster.create({ objects, kubelets, scenario: input.scenario, nodes: 3 });
  const timeline = new ClusterTimeline(cluster.epochMs, (node) => serviceRules(cluster, node));
  const rows: (TimelineRow | DeedRow)[] = [];
  cluster.observe((delivery) => rows.push(...timeline.delivered(delivery)));
  cluster.watch((change) => rows.push(...timeline.changed(change)));
  cluster.run(600_000);
  return { cluster, rows };
}

const usual = told();
const lost = told("nginx.scenario.yaml");

describe("the time line of a Deployment and its Service", () => {
  it("names every component that acted, in the order in which they first did", () => {
    expect([...new Set(usual.rows.map(({ who }) => who))]).toEqual([
      "kubernetes-admin",
      "kubelet",
      "kube-proxy",
      "deployment-controller",
      "endpoints-controller",
      "endpointslice-controller",
      "replicaset-controller",
      "default-scheduler",
    ]);
  });

  it("goes from what was applied to rules with two ready endpoints", () => {
    const rules = serviceRules(usual.cluster, "node-1");
    const [{ endpoints = [] } = {}] = rules;
    expect(endpoints).toHaveLength(2);
    expect(usual.rows.at(-1)).toMatchObject({
      who: "kube-proxy",
      cause: `rules for service default/nginx-service: 10.96.0.2:80 to ${endpoints.join(", ")}`,
    });
    const text = nodeRulesText(usual.cluster);
    for (const endpoint of endpoints) expect(text).toContain(`--to-destination ${endpoint}`);
  });

  it("tells a change of rules once, though each node has a kube-proxy", () => {
    const rules = usual.rows.filter(({ who }) => who === "kube-proxy").map(({ cause }) => cause);
    expect(new Set(rules).size).toBe(rules.length);
  });

  it("tells who marks the pod of a lost node, and who replaces it", () => {
    const gone = lost.rows.find((row) => "status" in row && row.status === "Terminating");
    expect(gone?.who).toBe("taint-eviction-controller");
    const after = lost.rows.slice(lost.rows.findIndex((row) => row === gone) + 1);
    expect(after[0]).toMatchObject({ who: "replicaset-controller", status: "Pending" });
  });

  it("has no pod on a lost node behind the Service once the node is not ready", () => {
    const after = lost.rows.slice(
      lost.rows.findIndex(({ cause }) => cause.startsWith("node/node-2: STATUS Not")),
    );
    const rules = after.find(({ who }) => who === "kube-proxy");
    expect(rules?.cause).toMatch(/10\.96\.0\.2:80 to [^,]+$/);
  });
});
