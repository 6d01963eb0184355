import { describe, expect, it } from "vitest";

import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: "registry.example/web:1" }] }
`;

function bare(name: string, more = ""): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}${more} }
spec: { containers: [{ name: app, image: "registry.example/web:1" }] }
`;
}

function settled(...manifests: readonly string[]): KubeCluster {
  const cluster = createCluster({ nodes: 2, seed: 1 });
  for (const manifest of manifests) cluster.apply(manifest);
  cluster.settle();
  return cluster;
}

/** How many there are of each kind. */
function counts(cluster: KubeCluster): readonly number[] {
  return ["deploy", "rs", "pods"].map((kind) => cluster.list(kind).items.length);
}

describe("a Deployment that is deleted", () => {
  it("takes its ReplicaSet with it, and this its pods", () => {
    const cluster = settled(web, bare("alone"));
    expect(counts(cluster)).toEqual([1, 1, 3]);
    cluster.delete("deploy", "web");
    cluster.settle();
    expect(counts(cluster)).toEqual([0, 0, 1]);
  });

  it("goes last in the foreground", () => {
    const cluster = settled(web);
    const gone: string[] = [];
    for (const kind of ["deploy", "rs", "pods"]) {
      const { resourceVersion } = cluster.list(kind).metadata;
      cluster.watch(kind, { resourceVersion }, ({ type }) => {
        if (type === "DELETED") gone.push(kind);
      });
    }
    cluster.delete("deploy", "web", { propagationPolicy: "Foreground" });
    cluster.settle();
    expect(gone).toEqual(["pods", "pods", "rs", "deploy"]);
  });

  it("leaves its ReplicaSet behind as an orphan", () => {
    const cluster = settled(web);
    cluster.delete("deploy", "web", { propagationPolicy: "Orphan" });
    cluster.settle();
    expect(counts(cluster)).toEqual([0, 1, 2]);
    expect(cluster.list("rs").items[0]?.metadata.ownerReferences ?? []).toEqual([]);
  });
});

describe("a pod whose owner is not there", () => {
  it("is deleted", () => {
    const owner = `{ apiVersion: apps/v1, kind: ReplicaSet, name: nobody, uid: u1 }`;
    const cluster = settled(bare("owned", `, ownerReferences: [${owner}]`), bare("alone"));
    expect(cluster.list("pods").items.map(({ metadata }) => metadata.name)).toEqual(["alone"]);
  });
});
