import { describe, expect, it } from "vitest";
import type { AnyStateMachine } from "xstate";

import { isEvent, isPod, isWhole } from "../../machines/api/objects.ts";
import { leaderElectionMachine } from "../../machines/index.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";
import { systemNamespaces } from "../../src/cluster/system-namespaces.ts";
import { readScenario } from "../../src/manifest/scenario.ts";

const replicaSet = {
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name: "web" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "app", image: "registry.example/web:1" }] },
    },
  },
};

/** Two of each, and what happens to them. */
function clusterWith(...steps: readonly string[]): KubeCluster {
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps:\n${steps.map((one) => `  - { ${one} }\n`).join("")}`;
  const { scenario, issues } = readScenario("s.yaml", steps.length === 0 ? none : text);
  expect(issues).toEqual([]);
  return createCluster({ controlPlane: { instances: 2 }, ...(scenario && { scenario }) });
}

const none = "apiVersion: kubechart/v1\nkind: Scenario\n";

function lease(cluster: KubeCluster, component: string) {
  const found = cluster.get("Lease", component, { namespace: "kube-system" });
  return isWhole(found, "Lease") ? (found.spec ?? {}) : {};
}

function holder(cluster: KubeCluster, component: string): string {
  return (lease(cluster, component).holderIdentity ?? "").replace(/_[0-9a-f-]{36}$/, "");
}

function said(cluster: KubeCluster): readonly string[] {
  const events = cluster.cluster.list("Event").filter(isEvent);
  const told = events.filter(({ reason }) => reason === "LeaderElection");
  return told.map(({ involvedObject, message }) => {
    return `${involvedObject.name}: ${message.replace(/_[0-9a-f-]{36}/, "")}`;
  });
}

function podsOf(cluster: KubeCluster): readonly string[] {
  return cluster.cluster
    .list("Pod")
    .filter(isPod)
    .map(({ spec }) => spec.nodeName ?? "");
}

const manager = "kube-controller-manager";
const scheduler = "kube-scheduler";

describe("of several controller managers and schedulers", () => {
  it("one of each acquires the Lease of its component, and says so", () => {
    const cluster = clusterWith();
    expect(holder(cluster, manager)).toBe("control-plane-1");
    expect(holder(cluster, scheduler)).toBe("control-plane-1");
    expect(lease(cluster, manager)).toMatchObject({
      leaseDurationSeconds: 15,
      leaseTransitions: 0,
      acquireTime: "2026-01-01T00:00:00.000000Z",
    });
    expect(said(cluster)).toEqual([
      `${manager}: control-plane-1 became leader`,
      `${scheduler}: control-plane-1 became leader`,
    ]);
  });

  it("the leader renews its Lease every 2 s", () => {
    const cluster = clusterWith();
    cluster.advance("7s");
    expect(lease(cluster, manager)).toMatchObject({
      acquireTime: "2026-01-01T00:00:00.000000Z",
      renewTime: "2026-01-01T00:00:06.000000Z",
    });
  });

  it("the leaders act", () => {
    const cluster = clusterWith();
    cluster.apply(replicaSet);
    cluster.settle();
    expect(podsOf(cluster)).toEqual(["node-1", "node-1"]);
  });

  it("nobody acts while a Lease of a leader that was killed lasts", () => {
    const kill = "do: component-kill, component: kube-controller-manager, host: control-plane-1";
    const cluster = clusterWith(`atSeconds: 3, ${kill}`);
    cluster.advance("4s");
    cluster.apply(replicaSet);
    cluster.advance("12s");
    expect(podsOf(cluster)).toEqual([]);
    expect(holder(cluster, manager)).toBe("control-plane-1");
    cluster.advance("5s");
    expect(holder(cluster, manager)).toBe("control-plane-2");
    expect(lease(cluster, manager).leaseTransitions).toBe(1);
    expect(podsOf(cluster)).toHaveLength(2);
  });

  it("what was done before is known to the next leader, and not done again", () => {
    const kill = "do: component-kill, component: kube-controller-manager, host: control-plane-1";
    const cluster = clusterWith(`atSeconds: 30, ${kill}`);
    cluster.apply(replicaSet);
    cluster.advance("60s");
    expect(holder(cluster, manager)).toBe("control-plane-2");
    expect(podsOf(cluster)).toHaveLength(2);
    cluster.scale("ReplicaSet", "web", 3);
    cluster.settle();
    expect(podsOf(cluster)).toHaveLength(3);
  });

  it("a scheduler that is told to end gives its Lease back, and the next has it at its next try", () => {
    const stop = "do: component-stop, component: kube-scheduler, host: control-plane-1";
    const cluster = clusterWith(`atSeconds: 10, ${stop}`);
    cluster.advance("10s");
    expect(holder(cluster, scheduler)).toBe("");
    expect(lease(cluster, scheduler).leaseDurationSeconds).toBe(1);
    cluster.advance("5s");
    expect(holder(cluster, scheduler)).toBe("control-plane-2");
    expect(said(cluster).filter((one) => one.startsWith(scheduler))).toEqual([
      `${scheduler}: control-plane-1 became leader`,
      `${scheduler}: control-plane-1 stopped leading`,
      `${scheduler}: control-plane-2 became leader`,
    ]);
    cluster.apply(replicaSet);
    cluster.settle();
    expect(podsOf(cluster)).toEqual(["node-1", "node-1"]);
  });

  it("a leader that is cut off stops before another begins", () => {
    const cutOff = "do: component-cut-off, component: kube-scheduler, host: control-plane-1";
    const cluster = clusterWith(`atSeconds: 5, ${cutOff}`);
    cluster.apply(replicaSet);
    cluster.advance("15s");
    const { world } = cluster.cluster.system;
    expect(world.controllers.recall("leaders", scheduler)).toEqual(["control-plane-1"]);
    cluster.advance("2s");
    expect(world.controllers.recall("leaders", scheduler)).toBeUndefined();
    cluster.advance("10s");
    expect(world.controllers.recall("leaders", scheduler)).toEqual(["control-plane-2"]);
  });

  it("a leader that is cut off for a short time keeps its Lease and hears what it has missed", () => {
    const who = "component: kube-controller-manager, host: control-plane-1";
    const cluster = clusterWith(
      `atSeconds: 5, do: component-cut-off, ${who}`,
      `atSeconds: 11, do: component-reconnect, ${who}`,
    );
    cluster.advance("6s");
    cluster.apply(replicaSet);
    cluster.advance("4s");
    expect(podsOf(cluster)).toEqual([]);
    cluster.advance("30s");
    expect(holder(cluster, manager)).toBe("control-plane-1");
    expect(podsOf(cluster)).toHaveLength(2);
  });

  it("a Lease that somebody has deleted is made again", () => {
    const cluster = clusterWith();
    cluster.advance("1s");
    cluster.delete("Lease", manager, { namespace: "kube-system" });
    cluster.advance("2s");
    expect(holder(cluster, manager)).toBe("control-plane-1");
    expect(lease(cluster, manager).leaseTransitions).toBe(0);
  });

  it("goes on byte for byte from what was saved", () => {
    const kill = "do: component-kill, component: kube-controller-manager, host: control-plane-1";
    const cluster = clusterWith(`atSeconds: 3, ${kill}`);
    cluster.apply(replicaSet);
    cluster.advance("10s");
    const other = cluster.fork();
    for (const one of [cluster, other]) one.advance("20s");
    expect(other.save()).toEqual(cluster.save());
  });
});

describe("at most one leader acts", () => {
  const faults = ["component-cut-off", "component-kill", "component-stop"];
  const steps = faults.flatMap((fault, nth) => [
    `{ atSeconds: ${5 + 40 * nth}, do: ${fault}, component: ${scheduler}, host: control-plane-1 }`,
    `{ atSeconds: ${25 + 40 * nth}, do: component-reconnect, component: ${scheduler} }`,
    `{ atSeconds: ${26 + 40 * nth}, do: component-start, component: ${scheduler} }`,
    `{ atSeconds: ${35 + 40 * nth}, do: component-kill, component: ${scheduler}, host: control-plane-2 }`,
  ]);
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps: [${steps.join(", ")}]\n`;

  /** How many lead at once, in each moment of a life; and how many lives of leaders there were. */
  function leadersOver(seed: number, machine: AnyStateMachine = leaderElectionMachine) {
    const { scenario } = readScenario("s.yaml", text);
    const cluster = Cluster.create({
      objects: systemNamespaces,
      controlPlane: { instances: 2 },
      seed,
      instead: { leaderElection: machine },
      ...(scenario && { scenario }),
    });
    const { system } = cluster;
    const [counts, holders] = [new Set<number>(), new Set<string>()];
    while ((system.nextAt() ?? Number.POSITIVE_INFINITY) < 130_000 && system.step()) {
      const leaders = system.world.controllers.recall("leaders", scheduler) ?? [];
      counts.add(leaders.length);
      for (const one of leaders) holders.add(one);
    }
    return { most: Math.max(...counts), holders: holders.size };
  }

  it("whoever is killed, told to end or cut off", () => {
    const lives = [1, 2, 3].map((seed) => leadersOver(seed));
    expect(lives.map(({ most }) => most)).toEqual([1, 1, 1]);
    expect(lives.some(({ holders }) => holders === 2)).toBe(true);
  });

  it("which needs a deadline before the end of the Lease", () => {
    const late = leaderElectionMachine.provide({ delays: { renewDeadline: () => 50_000 } });
    const lives = [1, 2, 3].map((seed) => leadersOver(seed, late));
    expect(lives.map(({ most }) => most)).toContain(2);
  });
});
