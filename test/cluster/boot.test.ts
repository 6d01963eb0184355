import { describe, expect, it } from "vitest";

import { isNode, isPod } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";
import { readScenario } from "../../src/manifest/scenario.ts";

const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web" },
  spec: { containers: [{ name: "app", image: "registry.example/web:1" }] },
};

function booting(instances: number, steps = "", seed?: number): KubeCluster {
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps: [${steps}]\n`;
  const { scenario, issues } = readScenario("s.yaml", text);
  expect(issues).toEqual([]);
  const controlPlane = { instances, boot: true } as const;
  return createCluster({
    controlPlane,
    ...(scenario && { scenario }),
    ...(seed !== undefined && { seed }),
  });
}

/** Who has begun to answer or to lead, and which nodes have come, in the order of time. */
function story(cluster: KubeCluster, untilMs: number): readonly string[] {
  const told: string[] = [];
  cluster.cluster.observe(({ at, to, facts }) => {
    for (const { type } of facts) {
      if (type === "component.runs") told.push(`${at} ${to.split("/").slice(1).join(" on ")} runs`);
      if (type === "leading.begun") told.push(`${at} ${to.split("/").slice(2).join(" on ")} leads`);
    }
  });
  cluster.cluster.watch(({ type, object, atMs }) => {
    if (isNode(object) && type === "ADDED") told.push(`${atMs} ${object.metadata.name} is there`);
  });
  cluster.advance(untilMs);
  return told;
}

describe("a control plane that boots", () => {
  it("comes in the order in which its programs wait for each other", () => {
    const names = story(booting(1), 10_000).map((one) => one.replace(/^\d+ /, ""));
    expect(names.slice(0, 2)).toEqual([
      "etcd on control-plane-1 runs",
      "kube-apiserver on control-plane-1 runs",
    ]);
    expect(names.slice(2).toSorted()).toEqual([
      "control-plane-1 is there",
      "kube-controller-manager on control-plane-1 leads",
      "kube-controller-manager on control-plane-1 runs",
      "kube-scheduler on control-plane-1 leads",
      "kube-scheduler on control-plane-1 runs",
      "node-1 is there",
    ]);
  });

  it("answers nobody before its API server does", () => {
    const cluster = booting(1);
    expect(() => cluster.apply(pod)).toThrow(
      "The connection to the server control-plane-1:6443 was refused",
    );
    cluster.advance("5s");
    cluster.apply(pod);
    cluster.settle();
    expect(cluster.cluster.list("Pod").filter(isPod)[0]?.status?.phase).toBe("Running");
  });

  it("keeps pods off its own nodes by a taint", () => {
    const cluster = booting(3);
    cluster.advance("10s");
    const nodes = cluster.cluster.list("Node").filter(isNode);
    const tainted = nodes.filter(({ spec }) => {
      return spec?.taints?.some(({ key }) => key === "node-role.kubernetes.io/control-plane");
    });
    expect(tainted.map(({ metadata }) => metadata.name)).toEqual([
      "control-plane-1",
      "control-plane-2",
      "control-plane-3",
    ]);
    cluster.apply(pod);
    cluster.settle();
    expect(cluster.cluster.list("Pod").filter(isPod)[0]?.spec.nodeName).toBe("node-1");
  });

  it("starts what has died again: at once, and 10 s later the next time", () => {
    const kill = "do: component-kill, component: kube-scheduler";
    const steps = `{ atSeconds: 20, ${kill} }, { atSeconds: 40, ${kill} }`;
    const told = story(booting(1, steps), 60_000).filter((one) =>
      one.includes("kube-scheduler on control-plane-1 runs"),
    );
    expect(told.map((one) => Number(one.split(" ")[0])).slice(1)).toEqual([21_000, 51_000]);
  });

  it("starts a leader again that has lost its Lease", () => {
    const who = "component: kube-controller-manager";
    const steps = `{ atSeconds: 20, do: component-cut-off, ${who} }, { atSeconds: 40, do: component-reconnect, ${who} }`;
    const told = story(booting(1, steps), 80_000).filter((one) =>
      one.includes("kube-controller-manager"),
    );
    expect(told.map((one) => one.replace(/^\d+ /, ""))).toEqual([
      "kube-controller-manager on control-plane-1 runs",
      "kube-controller-manager on control-plane-1 leads",
      "kube-controller-manager on control-plane-1 runs",
      "kube-controller-manager on control-plane-1 leads",
    ]);
  });

  it("comes up whatever fails to start at first", () => {
    for (const seed of [1, 2, 3]) {
      const cluster = booting(2, "", seed);
      cluster.advance("10m");
      cluster.apply(pod);
      cluster.settle();
      expect(cluster.cluster.list("Pod").filter(isPod)[0]?.spec.nodeName).toBe("node-1");
    }
  });
});
