import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

function podOf(name: string, container: string, more = ""): string {
  const app = `{ name: app, image: "app:1", ${container} }`;
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [${app}] ${more} }
`;
}

const limited = "resources: { limits: { ephemeral-storage: 10Mi } }";
const cache = ", volumes: [{ name: cache, emptyDir: { sizeLimit: 10Mi } }]";

function run(manifest: string, scenario: string, untilMs = 120_000): ToldCluster {
  const cluster = tellCluster(manifest, scenario);
  cluster.cluster.run(untilMs);
  return cluster;
}

const writes = (of: string) => `disk: [{ at: 5s, uses: 40Mi, of: ${of} }]`;
const endsWell = "process: { onStop: { takes: 300ms, exits: 0 } }";
const ignores = "process: { onStop: ignored }";

describe("a pod over its own limit of local storage", () => {
  it("goes when its emptyDir is over its sizeLimit, once its volumes have been measured", () => {
    const { events, whenOf } = run(
      podOf("web", "", cache),
      `environment: [{ ${writes("cache")}, ${endsWell} }]`,
    );
    expect(events("web").slice(-2)).toEqual([
      'Evicted: Usage of EmptyDir volume "cache" exceeds the limit "10Mi". ',
      "Killing: Stopping container app",
    ]);
    expect(whenOf("web", "Evicted")).toBe(60_000);
  });

  it("goes with all its containers when their layers and logs are over the sum of limits", () => {
    const { events } = run(
      podOf("web", limited),
      `environment: [{ ${writes("container log")}, ${endsWell} }]`,
    );
    expect(events("web")).toContain(
      "Evicted: Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. ",
    );
  });

  it("goes when one container is over its limit and the pod is not over the sum", () => {
    const other =
      '{ name: log, image: "log:1", resources: { limits: { ephemeral-storage: 1Gi } } }';
    const both = podOf("web", limited).replace(" }] ", ` }, ${other}] `);
    const when = "when: { container: app }";
    const { events } = run(both, `environment: [{ ${when}, ${writes("writable layer")} }]`);
    expect(events("web")).toContain(
      'Evicted: Container app exceeded its local ephemeral storage limit "10Mi". ',
    );
  });

  it("stays when its limits are not watched", () => {
    const kubelet = `---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
localStorageCapacityIsolation: false
`;
    const { rows, cluster } = run(podOf("web", limited) + kubelet, told(endsWell));
    expect(rows("web").at(-1)).toBe("Running 1/1");
    expect(cluster.system.isBusy).toBe(false);
  });

  it("is not disrupted, so it has no such condition", () => {
    const { pod } = run(
      podOf("web", limited),
      `environment: [{ ${writes("writable layer")}, ${ignores} }]`,
    );
    const { conditions = [], reason } = pod("web")?.status ?? {};
    expect(reason).toBe("Evicted");
    expect(conditions.map(({ type }) => type)).not.toContain("DisruptionTarget");
  });

  it("goes together with every other pod over a limit, in one pass", () => {
    const two = podOf("a", limited) + podOf("b", limited);
    const { whenOf } = run(two, `environment: [{ ${writes("writable layer")}, ${endsWell} }]`);
    const [first = 0, second = 0] = ["a", "b"].map((name) => whenOf(name, "Evicted"));
    expect(first).toBe(10_000);
    expect(second - first).toBeLessThan(1_000);
  });
});

function told(more: string): string {
  return `environment: [{ ${writes("writable layer")}, ${more} }]`;
}

describe("what is seen of an evicted pod", () => {
  it("is Completed without a reason when its process exits 0", () => {
    const { rows, pod } = run(podOf("web", limited), told(endsWell));
    expect(rows("web").slice(-2)).toEqual(["Running 1/1", "Completed 0/1"]);
    expect(pod("web")?.status).toMatchObject({ phase: "Succeeded" });
    expect(pod("web")?.status?.reason).toBeUndefined();
  });

  it("is Error beside the reason Evicted when its process ignores SIGTERM for two seconds", () => {
    const { rows, pod, cluster } = run(podOf("web", limited), told(ignores));
    expect(rows("web").slice(-2)).toEqual(["Running 1/1", "Error 0/1"]);
    const status = pod("web")?.status;
    expect(status).toMatchObject({ phase: "Failed", reason: "Evicted" });
    expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 137,
      reason: "Error",
      finishedAt: cluster.system.world.time(12_000),
    });
  });

  it("is ContainerStatusUnknown when its container is removed before its exit was read", () => {
    const unread = "kubelet: { containerRemoval: before its exit was read }";
    const { rows, pod } = run(podOf("web", limited), told(`${ignores}, ${unread}`));
    expect(rows("web").slice(-3)).toEqual([
      "Running 1/1",
      "ContainerCreating 0/1",
      "ContainerStatusUnknown 0/1",
    ]);
    expect(pod("web")?.status).toMatchObject({ phase: "Failed", reason: "Evicted" });
  });
});
