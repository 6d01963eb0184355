import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";
import { properties } from "../properties/all.ts";
import { agreementOf } from "../support/agreement.ts";
import { restartingAll } from "../support/gated-scripts.ts";
import { modelHistory } from "../support/histories.ts";
import { randomScript } from "../support/random-scripts.ts";
import { playing, type Script } from "../support/scripts.ts";
import { tellCluster } from "../support/told-cluster.ts";

const gates = "{ RestartAllContainersOnContainerExits: true, NodeDeclaredFeatures: true }";
const kubelet = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
featureGates: ${gates}
---
`;
const rules = `restartPolicy: Never
      restartPolicyRules:
        - { action: RestartAllContainers, exitCodes: { operator: In, values: [42] } }`;
const helped = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  restartPolicy: Never
  initContainers:
    - { name: fetch, image: "fetch:1" }
    - { name: log, image: "log:1", restartPolicy: Always }
  containers:
    - name: app
      image: app:1
      ${rules}
    - { name: helper, image: "helper:1" }
`;
const alone = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  restartPolicy: Never
  containers:
    - name: app
      image: app:1
      ${rules}
`;
const told = `environment:
  - { when: { image: "*" }, pull: { takes: 100ms } }
  - { when: { container: fetch }, process: { runs: 2s } }
  - { when: { container: app, run: 1 }, process: { runs: 6s, exits: 42 } }
  - { when: { container: helper }, process: { onStop: ignored } }
`;

/** What each version of the pod says of something, without repeats. */
function versions(manifest: string, of: (pod: Pod) => unknown): readonly unknown[] {
  const { cluster } = tellCluster(manifest, told);
  const texts: string[] = [];
  cluster.watch(({ object }) => {
    if (!isPod(object)) return;
    const text = JSON.stringify(of(object) ?? null);
    if (text !== texts.at(-1)) texts.push(text);
  });
  cluster.run(120_000);
  return texts.map((text): unknown => JSON.parse(text));
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

function timeAt(second: string): string {
  return `2026-01-01T00:00:${second}Z`;
}

function node(name: string): string {
  const status = `status: { capacity: { cpu: "4", memory: 8Gi, pods: "110" } }`;
  return `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\n${status}\n---\n`;
}

describe("a container's exit that starts all containers of its pod anew", () => {
  it("stops the others without a grace period, sidecars behind regular ones", () => {
    const { cluster, events } = tellCluster(kubelet + helped, told);
    const stops: unknown[] = [];
    cluster.observe(({ event, from, at }) => {
      if (event.type === "StopContainer") stops.push([at, from, event["timeoutSeconds"]]);
    });
    cluster.run(60_000);
    expect(stops).toEqual([
      [11_000, "containerKill/default/web/helper", 2],
      [13_000, "containerKill/default/web/log", 2],
    ]);
    expect(events("web")).toContain("Killing: killing");
  });

  it("counts as a restart of every container, init containers among them", () => {
    const { cluster, pod } = tellCluster(kubelet + helped, told);
    cluster.run(60_000);
    const { initContainerStatuses = [], containerStatuses = [] } = pod("web")?.status ?? {};
    const all = [...initContainerStatuses, ...containerStatuses];
    expect(all.map(({ name, restartCount }) => [name, restartCount])).toEqual([
      ["fetch", 1],
      ["log", 1],
      ["app", 1],
      ["helper", 1],
    ]);
  });

  it("keeps the sandbox with its address", () => {
    const { cluster, pod, events } = tellCluster(kubelet + helped, told);
    cluster.run(60_000);
    expect(pod("web")?.status?.podIP).toBe("10.88.0.1");
    expect(events("web").join()).not.toContain("SandboxChanged");
  });

  it("tells nothing of how they ended, but that they were removed", () => {
    const exits = versions(kubelet + helped, ({ status }) => {
      const [app] = status?.containerStatuses ?? [];
      return (app?.state?.terminated ?? app?.lastState?.terminated)?.exitCode;
    });
    expect(exits).toEqual([null, 42, 137, null]);
    const [word] = versions(kubelet + helped, ({ status }) => {
      const [app] = status?.containerStatuses ?? [];
      const { reason, message } = app?.state?.waiting ?? {};
      return message && [reason, message];
    }).filter((one) => one !== null);
    const message = "The container is removed because RestartAllContainers in place";
    expect(word).toEqual(["RestartingAllContainers", message]);
  });

  it("is AllContainersRestarting from then on, until nothing is left of them", () => {
    const conditions = versions(kubelet + helped, ({ status }) => {
      const found = status?.conditions?.find(({ type }) => type === "AllContainersRestarting");
      return found && [found.status, found.reason, found.lastTransitionTime];
    });
    expect(conditions).toEqual([
      null,
      ["False", null, timeAt("00")],
      ["True", "RestartAllContainersStarted", timeAt("11")],
      ["False", null, timeAt("14")],
    ]);
  });

  it("makes the pod Pending again while it initializes", () => {
    expect(versions(kubelet + helped, ({ status }) => status?.phase)).toEqual([
      "Pending",
      "Running",
      "Pending",
      "Running",
      "Pending",
      "Running",
    ]);
  });

  it("never takes Initialized back", () => {
    const initialized = versions(kubelet + helped, ({ status }) => {
      return status?.conditions?.find(({ type }) => type === "Initialized")?.status;
    });
    expect(initialized).toEqual([null, "False", "True"]);
  });

  it("has to wait for the kubelet's next look when no other container was running", () => {
    const { cluster, pod } = tellCluster(kubelet + alone, told);
    cluster.run(60_000);
    expect(pod("web")?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(42);
    cluster.run(120_000);
    expect(pod("web")?.status?.containerStatuses?.[0]?.state?.running).toBeDefined();
  });

  it("ends a container by its policy where the node's kubelet has no such gate", () => {
    const bound = alone.replace("spec:\n", "spec:\n  nodeName: old\n");
    const { cluster, pod } = tellCluster(`${node("new")}${kubelet}${node("old")}${bound}`, told);
    cluster.run(120_000);
    expect(pod("web")?.status?.phase).toBe("Failed");
    const types = pod("web")?.status?.conditions?.map(({ type }) => type);
    expect(types).not.toContain("AllContainersRestarting");
  });
});

describe("in random lives of pods that restart all their containers", () => {
  const scripts = randomScript().map(restartingAll);
  const holds = (numRuns: number, law: (script: Script, seed: number) => void): void => {
    fc.assert(fc.property(scripts, fc.nat(), law), { numRuns, seed: 3, endOnFailure: true });
  };

  it("both hosts tell the same", { timeout: 60_000 }, () => {
    holds(30, (script, seed) => {
      const [memo, live] = [undefined, new XStateHost()].map((host) => {
        const cluster = playing(script, { seed, ...(host && { host }) });
        return linesOf(cluster, script);
      });
      expect(live).toEqual(memo);
    });
  });

  it("a saved cluster goes on as it would have", { timeout: 60_000 }, () => {
    holds(30, (script, seed) => {
      const whole = playing(script, { seed });
      const half = playing(script, { seed });
      half.run(script.untilMs / 2);
      whole.run(script.untilMs / 2);
      const text = JSON.stringify(half.save());
      const again = Cluster.load(JSON.parse(text), script.scenario, script.kubelets);
      expect(linesOf(again, script)).toEqual(linesOf(whole, script));
    });
  });

  it("container and podPhase say what the status says, and every property holds", {
    timeout: 60_000,
  }, () => {
    let restarts = 0;
    holds(30, (script, seed) => {
      const { disagreements } = agreementOf(playing(script, { seed }), script.untilMs);
      expect(disagreements).toEqual([]);
      const history = modelHistory(playing(script, { seed }), script.untilMs);
      restarts += history.filter(({ object }) => isRestarting(object)).length;
      for (const { says, broken } of properties)
        expect([says, broken(history)]).toEqual([says, []]);
    });
    expect(restarts).toBeGreaterThan(10);
  });
});

function isRestarting(object: KubeObject): boolean {
  if (!isPod(object)) return false;
  const { conditions = [] } = object.status ?? {};
  return conditions.some(
    ({ type, status }) => type === "AllContainersRestarting" && status === "True",
  );
}

/** Every delivery from now on. */
function linesOf(cluster: Cluster, { untilMs }: Script): readonly string[] {
  const lines: string[] = [];
  cluster.observe((delivery) => lines.push(JSON.stringify(delivery)));
  cluster.run(untilMs);
  return lines;
}
