import { describe, expect, it } from "vitest";

import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";

const template = (labels: object) => ({
  metadata: { labels },
  spec: { containers: [{ name: "app", image: "web:1" }] },
});

function replicaSet(name: string, replicas: number, matchLabels: object, labels = matchLabels) {
  const spec = { replicas, selector: { matchLabels }, template: template(labels) };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name }, spec };
}

function service(name: string, selector: object) {
  const spec = { selector, ports: [{ port: 80 }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
}

/** How many pods each controller has, and how many have none. */
function owners(cluster: KubeCluster): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { metadata } of cluster.list("pods").items) {
    const owner = metadata.ownerReferences?.find((one) => one.controller === true);
    const name = owner?.name ?? "nobody";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function settled(...objects: readonly object[]): KubeCluster {
  const cluster = createCluster();
  for (const object of objects) cluster.create(object);
  cluster.settle();
  return cluster;
}

const web = { app: "web" };

describe("controllers whose selectors match the same pods", () => {
  it("leave each other's pods alone", () => {
    const cluster = settled(replicaSet("one", 2, web), replicaSet("other", 3, web));
    expect(owners(cluster)).toEqual({ one: 2, other: 3 });
    cluster.scale("rs", "one", 0);
    cluster.settle();
    expect(owners(cluster)).toEqual({ other: 3 });
  });

  it("share out an orphan: it belongs to one of them, which makes one pod less", () => {
    const orphan = {
      apiVersion: "v1",
      kind: "Pod",
      ...template(web),
      metadata: { name: "orphan", labels: web },
    };
    const cluster = settled(orphan, replicaSet("one", 2, web), replicaSet("other", 2, web));
    expect(owners(cluster)).toEqual({ one: 2, other: 2 });
    expect(cluster.get("pod", "orphan").metadata.ownerReferences).toHaveLength(1);
  });

  it("thin out what they adopt beyond their number", () => {
    const cluster = settled(replicaSet("wide", 3, web));
    cluster.delete("rs", "wide", { propagationPolicy: "Orphan" });
    cluster.settle();
    expect(owners(cluster)).toEqual({ nobody: 3 });
    cluster.create(replicaSet("narrow", 1, web));
    cluster.settle();
    expect(owners(cluster)).toEqual({ narrow: 1 });
  });

  it("release a pod whose label changes, and fill its place", () => {
    const cluster = settled(replicaSet("one", 2, web));
    const [first] = cluster.list("pods").items;
    const body = { metadata: { labels: { app: "mine" } } };
    cluster.patch("pod", first?.metadata.name ?? "", body, { type: "merge" });
    cluster.settle();
    expect(owners(cluster)).toEqual({ nobody: 1, one: 2 });
  });
});

describe("selectors that match nothing, or everything", () => {
  it("are refused where a template does not carry them", () => {
    const wrong = replicaSet("one", 1, web, { app: "other" });
    expect(() => createCluster().create(wrong)).toThrow(
      'The ReplicaSet "one" is invalid: spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
    );
  });

  it("are refused where they are empty", () => {
    expect(() => createCluster().create(replicaSet("one", 1, {}))).toThrow(
      "spec.selector: Invalid value: {}: empty selector is invalid for deployment",
    );
  });

  it("give a Service no endpoints, and whoever asks it is refused", () => {
    const client = {
      apiVersion: "v1",
      kind: "Pod",
      ...template({ app: "client" }),
      metadata: { name: "client", labels: { app: "client" } },
    };
    const cluster = settled(client, replicaSet("one", 1, web), service("web", { app: "nobody" }));
    expect(cluster.get("endpoints", "web")).not.toHaveProperty("subsets");
    expect(cluster.request("web:80", { pod: "client" })).toMatchObject({
      outcome: "refused",
      because: expect.stringContaining("has no endpoints"),
    });
  });

  it("give a Service every pod that carries all of its labels, whoever made it", () => {
    const cluster = settled(
      replicaSet("one", 1, { app: "web", tier: "a" }),
      replicaSet("other", 2, { app: "web", tier: "b" }),
      service("web", web),
    );
    const [slice] = cluster.list("endpointslices").items;
    expect(slice).toHaveProperty("endpoints.length", 3);
  });
});
