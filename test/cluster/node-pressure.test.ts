import { describe, expect, it } from "vitest";

import { pressureOf, type ToldCluster, tellCluster } from "../support/told-cluster.ts";

function podOf(name: string, resources = "{}"): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [{ name: app, image: "app:1", resources: ${resources} }] }
`;
}

function kubeletWith(fields: string): string {
  return `---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
${fields}
`;
}

function run(manifest: string, told: string, untilMs = 600_000): ToldCluster {
  const cluster = tellCluster(manifest, told);
  cluster.cluster.run(untilMs);
  return cluster;
}

const short = kubeletWith("evictionPressureTransitionPeriod: 30s");

describe("a node whose memory runs out", () => {
  const two = podOf("modest", "{ requests: { memory: 64Mi } }") + podOf("hungry") + short;
  const eats = `environment:
  - { node: { memoryUsed: 1Gi } }
  - { when: { pod: hungry }, memory: [{ at: 25s, uses: 7100Mi }], process: { onStop: ignored } }
  - { when: { pod: modest }, memory: [{ at: 0s, uses: 10Mi }] }
`;

  it("evicts the pod that uses more than it has requested, and says so in this order", () => {
    const { events, whenOf, rows } = run(two, eats);
    const told = ["EvictionThresholdMet", "NodeHasInsufficientMemory"].map((reason) =>
      whenOf("node-1", reason),
    );
    const [met = 0, posted = 0] = told;
    expect([met, whenOf("hungry", "Evicted")]).toEqual([30_000, 30_000]);
    expect(posted).toBeGreaterThan(met);
    expect(events("hungry")).toContain(
      "Evicted: The node was low on resource: memory. " +
        "Threshold quantity: 100Mi, available: 58Mi. Container app was using 7100Mi, " +
        "request is 0, has larger consumption of memory. ",
    );
    expect(rows("modest").at(-1)).toBe("Running 1/1");
  });

  it("says in annotations who used what", () => {
    const { eventOf } = run(two, eats);
    expect(eventOf("hungry", "Evicted")?.metadata.annotations).toEqual({
      offending_containers: "app",
      offending_containers_usage: "7100Mi",
      starved_resource: "memory",
    });
  });

  it("disrupts the evicted pod", () => {
    const { pod } = run(two, eats);
    const { conditions = [], message } = pod("hungry")?.status ?? {};
    expect(conditions.find(({ type }) => type === "DisruptionTarget")).toMatchObject({
      status: "True",
      reason: "TerminationByKubelet",
      message,
    });
  });

  it("has the condition and its taint until the transition period is over", () => {
    const told = tellCluster(two, eats);
    told.cluster.system.advanceTo(31_000);
    expect(pressureOf(told.node())).toMatchObject({
      MemoryPressure: "True KubeletHasInsufficientMemory",
      DiskPressure: "False KubeletHasNoDiskPressure",
      PIDPressure: "False KubeletHasSufficientPID",
    });
    expect(told.node()?.spec?.taints).toMatchObject([
      { key: "node.kubernetes.io/memory-pressure", effect: "NoSchedule" },
    ]);
    told.cluster.run(600_000);
    expect(pressureOf(told.node())["MemoryPressure"]).toBe("False KubeletHasSufficientMemory");
    expect(told.node()?.spec?.taints).toBeUndefined();
    expect(told.cluster.now).toBeLessThan(120_000);
  });

  it("refuses a pod that has requested nothing, and takes in another", () => {
    const told = tellCluster(two, eats);
    told.cluster.system.advanceTo(40_000);
    const late = tellCluster(podOf("none") + podOf("some", "{ requests: { memory: 1Mi } }"));
    late.cluster.run(0);
    told.cluster.apply(late.cluster.list("Pod"));
    told.cluster.run(600_000);
    expect(told.rows("none").at(-1)).toBe("Evicted 0/1");
    expect(told.pod("none")?.status).toMatchObject({
      phase: "Failed",
      reason: "Evicted",
      message: "Pod was rejected: The node had condition: [MemoryPressure]. ",
    });
    expect(told.rows("some").at(-1)).toBe("Running 1/1");
  });
});

function press(more: string): string {
  return `steps:
  - { atSeconds: 15, do: node-pressure, ${more} }
`;
}

describe("pressure from what is no pod", () => {
  it("evicts one pod a pass until none is left", () => {
    const { whenOf } = run(podOf("a") + podOf("b"), press("signal: memory.available"), 60_000);
    const [first = 0, second = 0] = ["a", "b"].map((name) => whenOf(name, "Evicted"));
    expect(first).toBe(20_000);
    expect(second).toBeGreaterThan(first + 1_000);
  });

  it("takes the newest of equal pods first when the kubelet finds them in that order", () => {
    const told = `environment: [{ kubelet: { podOrder: newest first } }]\n`;
    const step = press("signal: memory.available, lasts: 6s");
    const { whenOf } = run(podOf("a") + podOf("b"), told + step, 60_000);
    expect([whenOf("a", "Evicted"), whenOf("b", "Evicted")]).toEqual([undefined, 20_000]);
  });

  it("is over when the step is", () => {
    const step = press("signal: memory.available, available: 50Mi, lasts: 2s");
    const { events } = run(podOf("a"), step);
    expect(events("a").some((event) => event.startsWith("Evicted"))).toBe(false);
  });

  it("on processes is told as PIDPressure, and the pod with most of them goes", () => {
    const kubelet = kubeletWith("evictionHard: { pid.available: 10% }");
    const forks = `environment: [{ when: { pod: b }, processes: [{ at: 0s, count: 900 }] }]\n`;
    const step = press("signal: pid.available, lasts: 6s");
    const { whenOf, eventOf } = run(podOf("a") + podOf("b") + kubelet, forks + step, 60_000);
    expect([whenOf("a", "Evicted"), whenOf("b", "Evicted")]).toEqual([undefined, 20_000]);
    expect(eventOf("b", "Evicted")?.message).toBe(
      "The node was low on resource: pids. Threshold quantity: 3276, available: 3275. ",
    );
    expect(eventOf("node-1", "NodeHasInsufficientPID")).toBeDefined();
  });

  it("on the disk deletes images that nobody uses before pods go", () => {
    const image = "registry.example/old:1.0";
    const told = `environment: [{ node: { images: ["${image}"] } }]
steps: [{ atSeconds: 155, do: node-pressure, signal: nodefs.available, available: 5Gi }]
`;
    const { cluster, whenOf } = run(podOf("a"), told, 170_000);
    expect(cluster.system.world.node("node-1").images).not.toContain(image);
    expect(whenOf("node-1", "EvictionThresholdMet")).toBe(160_000);
    expect(whenOf("a", "Evicted")).toBe(160_000);
  });

  it("of several crossed thresholds takes the one that the kubelet finds first", () => {
    const told = `environment: [{ kubelet: { threshold: hard imagefs.available } }]\n`;
    const step = press("signal: nodefs.available, available: 5Gi");
    const { eventOf } = run(podOf("a"), told + step, 30_000);
    expect(eventOf("a", "Evicted")?.message).toBe(
      "The node was low on resource: ephemeral-storage. " +
        "Threshold quantity: 16106128000, available: 5Gi. ",
    );
  });
});

function pressFor(lasts: string): string {
  const step = press(`signal: memory.available, available: 400Mi, lasts: ${lasts}`);
  return `environment: [{ process: { onStop: ignored } }]\n${step}`;
}

describe("a soft threshold", () => {
  const soft = kubeletWith(`evictionSoft: { memory.available: 500Mi }
evictionSoftGracePeriod: { memory.available: 30s }
evictionMaxPodGracePeriod: 8`);
  it("shows in the node's condition at once, and evicts after its grace period", () => {
    const { whenOf } = run(podOf("web") + soft, pressFor("50s"));
    expect(whenOf("node-1", "NodeHasInsufficientMemory")).toBeLessThan(31_000);
    expect(whenOf("web", "Evicted")).toBe(50_000);
  });

  it("leaves the pod its own grace period up to the maximum", () => {
    const { pod, cluster } = run(podOf("web") + soft, pressFor("50s"));
    const { terminated } = pod("web")?.status?.containerStatuses?.[0]?.state ?? {};
    expect(terminated?.finishedAt).toBe(cluster.system.world.time(58_000));
  });

  it("evicts nobody when it is not crossed for so long", () => {
    const { whenOf } = run(podOf("web") + soft, pressFor("20s"));
    expect(whenOf("web", "Evicted")).toBeUndefined();
    expect(whenOf("node-1", "NodeHasInsufficientMemory")).toBeDefined();
  });
});

describe("an eviction manager", () => {
  it("begins anew with its kubelet, which has forgotten the pressure", () => {
    const told = tellCluster(
      podOf("web", "{ requests: { memory: 1Mi } }"),
      `steps:
  - { atSeconds: 15, do: node-pressure, signal: memory.available, available: 50Mi, lasts: 2s }
  - { atSeconds: 25, do: node-pressure, signal: memory.available, available: 50Mi, lasts: 1s }
  - { atSeconds: 32, do: kubelet-stop }
  - { atSeconds: 35, do: kubelet-start }
  - { atSeconds: 40, do: node-pressure, signal: memory.available, available: 50Mi, lasts: 10s }
`,
    );
    told.cluster.run(60_000);
    expect(told.whenOf("web", "Evicted")).toBe(45_000);
  });

  it("keeps no run going on a node without pressure", () => {
    const { cluster } = run(podOf("web"), "environment: [{ memory: [{ at: 15s, uses: 1Gi }] }]");
    expect(cluster.now).toBeLessThan(20_000);
  });

  it("costs an idle node three deliveries in ten seconds", () => {
    const { cluster } = tellCluster("", "", { nodes: 100 });
    cluster.run(60_000);
    const before = cluster.system.seq;
    cluster.system.advanceTo(60_000);
    expect(cluster.system.seq - before).toBe(100 * 6 * 3);
  });
});
