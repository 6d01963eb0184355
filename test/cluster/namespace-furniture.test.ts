import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isWhole } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";

const controllers = ["serviceAccount", "rootCaCertPublisher", "resourceQuota"] as const;

function furnished(): KubeCluster {
  const cluster = createCluster({ controlPlane: { controllers } });
  cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } });
  cluster.settle();
  return cluster;
}

function dataOf(object: KubeObject) {
  return isWhole(object, "ConfigMap") ? object.data : undefined;
}

const inTeam = { namespace: "team" };

function usedIn(cluster: KubeCluster) {
  const quota = cluster.get("ResourceQuota", "few", inTeam);
  return isWhole(quota, "ResourceQuota") ? quota.status?.used : undefined;
}

const quota = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "few", namespace: "team" },
  spec: { hard: { configmaps: "3", pods: "2" } },
};

describe("a namespace", () => {
  it("gets its ServiceAccount default and its kube-root-ca.crt", () => {
    const cluster = furnished();
    expect(cluster.get("ServiceAccount", "default", inTeam).metadata.name).toBe("default");
    const map = cluster.get("ConfigMap", "kube-root-ca.crt", inTeam);
    expect(isWhole(map, "ConfigMap") && Object.keys(map.data ?? {})).toEqual(["ca.crt"]);
    expect(map.metadata.annotations?.["kubernetes.io/description"]).toMatch(
      /^Contains a CA bundle/,
    );
    const names = cluster.list("ServiceAccount").items.map(({ metadata }) => metadata.namespace);
    expect(names).toEqual(["default", "kube-node-lease", "kube-public", "kube-system", "team"]);
  });

  it("gets them again when they are deleted", () => {
    const cluster = furnished();
    cluster.delete("ServiceAccount", "default", inTeam);
    cluster.delete("ConfigMap", "kube-root-ca.crt", inTeam);
    cluster.settle();
    expect(cluster.get("ServiceAccount", "default", inTeam).metadata.name).toBe("default");
    expect(cluster.get("ConfigMap", "kube-root-ca.crt", inTeam).metadata.name).toBeDefined();
  });

  it("has its certificate as it was when somebody changes it", () => {
    const cluster = furnished();
    const before = cluster.get("ConfigMap", "kube-root-ca.crt", inTeam);
    cluster.patch("ConfigMap", "kube-root-ca.crt", { data: { other: "x" } }, inTeam);
    cluster.settle();
    const after = cluster.get("ConfigMap", "kube-root-ca.crt", inTeam);
    expect(dataOf(after)).toEqual(dataOf(before));
  });

  it("gets none without those controllers", () => {
    const cluster = createCluster();
    cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } });
    cluster.settle();
    expect(cluster.list("ServiceAccount").items).toEqual([]);
  });
});

describe("a ResourceQuota", () => {
  it("says what its namespace uses a moment after it is made, not at once", () => {
    const cluster = furnished();
    cluster.create(quota);
    expect(usedIn(cluster)).toBeUndefined();
    cluster.settle();
    expect(usedIn(cluster)).toEqual({ configmaps: "1", pods: "0" });
  });

  it("has less used when something goes", () => {
    const cluster = furnished();
    cluster.create(quota);
    cluster.settle();
    const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "own", ...inTeam } };
    cluster.create(map);
    expect(usedIn(cluster)).toEqual({ configmaps: "2", pods: "0" });
    cluster.delete("ConfigMap", "own", inTeam);
    expect(usedIn(cluster)).toEqual({ configmaps: "2", pods: "0" });
    cluster.settle();
    expect(usedIn(cluster)).toEqual({ configmaps: "1", pods: "0" });
  });

  it("counts no pod that has ended", () => {
    const cluster = furnished();
    cluster.create(quota);
    cluster.settle();
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web", ...inTeam },
      spec: { containers: [{ name: "app", image: "registry.example/web:1" }] },
    };
    cluster.create(pod);
    expect(usedIn(cluster)).toMatchObject({ pods: "1" });
    const status = { status: { phase: "Failed" } };
    cluster.patch("Pod", "web", status, { ...inTeam, subresource: "status", type: "merge" });
    cluster.delete("Pod", "web", { ...inTeam, gracePeriodSeconds: 0 });
    cluster.settle();
    expect(usedIn(cluster)).toMatchObject({ pods: "0" });
  });
});
