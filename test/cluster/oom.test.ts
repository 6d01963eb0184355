import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

function podOf(name: string, resources: string, restartPolicy = "Never"): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  restartPolicy: ${restartPolicy}
  containers: [{ name: app, image: "app:1", resources: ${resources} }]
`;
}

const limited = "{ limits: { memory: 32Mi } }";

function run(manifest: string, rules: readonly string[], untilMs = 120_000): ToldCluster {
  const environment = rules.map((rule) => `  - { ${rule} }\n`).join("");
  const told = tellCluster(manifest, `environment:\n${environment}`);
  told.cluster.run(untilMs);
  return told;
}

const v1 = "node: { cgroup: v1 }";
const tooMuch = (largest: string) => `memory: [{ at: 3s, uses: 64Mi, largest: ${largest} }]`;

function endOf(told: ToldCluster, name: string) {
  const status = told.pod(name)?.status;
  const { exitCode, reason } = status?.containerStatuses?.[0]?.state?.terminated ?? {};
  return { phase: status?.phase, exitCode, reason };
}

describe("a container that uses more memory than its limit", () => {
  it("is OOMKilled with exit code 137, and nothing else is told of it", () => {
    const told = run(podOf("job", limited), [tooMuch("main")]);
    expect(told.rows("job").slice(-2)).toEqual(["Running 1/1", "OOMKilled 0/1"]);
    expect(endOf(told, "job")).toEqual({ phase: "Failed", exitCode: 137, reason: "OOMKilled" });
    expect(told.events("job").at(-1)).toBe("Started: Container started");
  });

  it("ends as a whole when a child is the largest, with cgroup v2", () => {
    const told = run(podOf("job", limited), [tooMuch("child"), "process: { runs: 10s }"]);
    expect(endOf(told, "job")).toEqual({ phase: "Failed", exitCode: 137, reason: "OOMKilled" });
  });

  it("runs on with cgroup v1 when a child is the largest, and ends OOMKilled with 0", () => {
    const rules = [v1, tooMuch("child"), "process: { runs: 10s }"];
    const told = run(podOf("job", limited), rules);
    expect(told.rows("job").slice(-2)).toEqual(["Running 1/1", "OOMKilled 0/1"]);
    expect(endOf(told, "job")).toEqual({ phase: "Succeeded", exitCode: 0, reason: "OOMKilled" });
    expect(told.cluster.now).toBeGreaterThan(10_000);
  });

  it("runs on with singleProcessOOMKill, too", () => {
    const kubelet = `---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
singleProcessOOMKill: true
`;
    const rules = [tooMuch("child"), "process: { runs: 10s }"];
    const told = run(podOf("job", limited) + kubelet, rules);
    expect(endOf(told, "job")).toMatchObject({ phase: "Succeeded", exitCode: 0 });
  });

  it("is not killed without a limit", () => {
    const told = run(podOf("job", "{}"), [tooMuch("main")]);
    expect(told.rows("job").at(-1)).toBe("Running 1/1");
  });

  it("shows OOMKilled and CrashLoopBackOff in turn while it is restarted", () => {
    const at = "memory: [{ at: 500ms, uses: 64Mi }]";
    const told = run(podOf("web", limited, "Always"), [at], 60_000);
    const rows = told.rows("web");
    expect(rows.slice(rows.indexOf("OOMKilled 0/1"))).toEqual([
      "OOMKilled 0/1",
      "CrashLoopBackOff 0/1",
      "OOMKilled 0/1",
      "CrashLoopBackOff 0/1",
      "OOMKilled 0/1",
    ]);
    expect(told.events("web").at(-1)).toMatch(/^BackOff: Back-off restarting failed container app/);
  });
});

describe("a node without any memory left", () => {
  const kubelet = `---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
evictionHard: { memory.available: 1Mi }
`;
  const two = podOf("small", "{ requests: { memory: 1Gi } }");
  const pods = `${two}${podOf("big", "{ requests: { memory: 2Gi } }")}${kubelet}`;
  const small = "when: { pod: small }, memory: [{ at: 0s, uses: 500Mi }]";
  const big = "when: { pod: big }, memory: [{ at: 5s, uses: 7800Mi }]";

  it("gives up the container whose use and oom_score_adj together are the highest", () => {
    const told = run(pods, [small, big]);
    expect(endOf(told, "big")).toEqual({ phase: "Failed", exitCode: 137, reason: "OOMKilled" });
    expect(told.rows("small").at(-1)).toBe("Running 1/1");
  });

  it("gives up one that has requested nothing before one that uses more", () => {
    const none = "when: { pod: none }, memory: [{ at: 0s, uses: 3500Mi }]";
    const asked = "when: { pod: big }, memory: [{ at: 5s, uses: 5000Mi }]";
    const told = run(podOf("none", "{}") + pods, [none, asked]);
    expect(endOf(told, "none").reason).toBe("OOMKilled");
    expect(told.rows("big").at(-1)).toBe("Running 1/1");
  });

  it("does not say why with cgroup v1, where the runtime hears nothing of it", () => {
    const told = run(pods, [v1, small, big]);
    expect(endOf(told, "big")).toEqual({ phase: "Failed", exitCode: 137, reason: "Error" });
  });

  it("counts no container above its own limit, whose processes are dead by then", () => {
    const limit = podOf("capped", "{ limits: { memory: 1Gi } }");
    const eats = "when: { pod: capped }, memory: [{ at: 5s, uses: 9Gi }]";
    const told = run(limit + pods, [small, eats]);
    expect(endOf(told, "capped").reason).toBe("OOMKilled");
    expect(["small", "big"].map((name) => told.rows(name).at(-1))).toEqual([
      "Running 1/1",
      "Running 1/1",
    ]);
  });
});
