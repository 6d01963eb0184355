import { describe, expect, it } from "vitest";

import { isWhole } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";

const shop = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

function config(name: string, finalizers = "[]"): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop, finalizers: ${finalizers} }
`;
}

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  terminationGracePeriodSeconds: 4
  containers: [{ name: app, image: "registry.example/web:1" }]
`;

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, kind: Widget }
  versions:
  - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
`;

const widget = `
apiVersion: example.com/v1
kind: Widget
metadata: { name: w, namespace: shop }
`;

function clusterOf(...manifests: readonly string[]): KubeCluster {
  const cluster = createCluster({ nodes: 1, seed: 1 });
  for (const manifest of [shop, ...manifests]) cluster.apply(manifest);
  cluster.settle();
  return cluster;
}

/** What is True of the namespace, with its message. */
function trueOf(cluster: KubeCluster): readonly string[] {
  const found = cluster.list("ns").items.find(({ metadata }) => metadata.name === "shop");
  const conditions = isWhole(found, "Namespace") ? (found.status?.conditions ?? []) : [];
  const isTrue = conditions.filter(({ status }) => status === "True");
  return isTrue.map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
}

function names(cluster: KubeCluster, kind: string): readonly string[] {
  const all = cluster.list(kind).items.map(({ metadata }) => metadata.name);
  return all.filter((name) => name !== "kube-root-ca.crt");
}

describe("a namespace that is deleted", () => {
  it("takes all that is in it with it, 5 s later", () => {
    const cluster = clusterOf(config("one"), definition, widget);
    cluster.delete("ns", "shop");
    cluster.advance(4_999);
    expect(names(cluster, "ns")).toContain("shop");
    expect(names(cluster, "cm")).toEqual(["one"]);
    cluster.advance(1);
    expect(names(cluster, "ns")).not.toContain("shop");
    expect([...names(cluster, "cm"), ...names(cluster, "widgets")]).toEqual([]);
  });

  it("deletes its pods first, and everything else when none is left", () => {
    const cluster = clusterOf(config("one"), pod);
    cluster.delete("ns", "shop");
    cluster.advance(5_000);
    expect(
      cluster.get("pod", "web", { namespace: "shop" }).metadata.deletionTimestamp,
    ).toBeDefined();
    expect(names(cluster, "cm")).toEqual(["one"]);
    cluster.settle();
    expect([...names(cluster, "pods"), ...names(cluster, "cm")]).toEqual([]);
    expect(names(cluster, "ns")).not.toContain("shop");
  });

  it("waits for finalizers, and says which", () => {
    const cluster = clusterOf(config("held", "[example.com/hold]"), config("free"));
    cluster.delete("ns", "shop");
    cluster.advance(60_000);
    expect(names(cluster, "cm")).toEqual(["held"]);
    expect(trueOf(cluster)).toEqual([
      "NamespaceContentRemaining SomeResourcesRemain: Some resources are remaining: configmaps. has 1 resource instances",
      "NamespaceFinalizersRemaining SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
    ]);
    cluster.patch("cm", "held", { metadata: { finalizers: null } }, { namespace: "shop" });
    cluster.advance(8_000);
    expect(names(cluster, "ns")).not.toContain("shop");
  });

  it("says what is still there without a reason, and looks again soon", () => {
    const cluster = clusterOf(pod);
    cluster.cluster.take({ line: 1, atMs: 0, do: "kubelet-stop", node: "node-1" });
    cluster.delete("ns", "shop");
    cluster.advance(60_000);
    expect(names(cluster, "pods")).toEqual(["web"]);
    expect(trueOf(cluster)).toEqual([
      "NamespaceDeletionContentFailure ContentDeletionFailed: Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods",
    ]);
    cluster.delete("pod", "web", { namespace: "shop", gracePeriodSeconds: 0 });
    cluster.advance(60_000);
    expect(names(cluster, "ns")).not.toContain("shop");
  });
});
