import { describe, expect, it } from "vitest";

import { isStored } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster, loadCluster } from "../../src/cluster/create-cluster.ts";

const pods = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: "registry.example/web:1" }] }
`;

const service = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

function settled(...manifests: string[]): KubeCluster {
  const cluster = createCluster({ nodes: 2, seed: 1 });
  for (const manifest of manifests) cluster.apply(manifest);
  cluster.settle();
  return cluster;
}

/** By address, ready or not. */
function endpointsOf({ cluster }: KubeCluster): readonly string[] {
  const slices = cluster.list("EndpointSlice").filter((one) => isStored(one, "EndpointSlice"));
  return slices.flatMap(({ endpoints = [] }) =>
    endpoints.map(({ addresses = [], conditions }) => {
      const { ready, serving, terminating } = conditions ?? {};
      return `${addresses[0]} ${ready} ${serving} ${terminating}`;
    }),
  );
}

function addressesOf({ cluster }: KubeCluster): readonly string[] {
  const all = cluster.list("Endpoints").filter((one) => isStored(one, "Endpoints"));
  return all.flatMap(({ subsets = [] }) =>
    subsets.flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)),
  );
}

function podAddresses({ cluster }: KubeCluster): readonly string[] {
  const all = cluster.list("Pod").filter((one) => isStored(one, "Pod"));
  return all.map(({ status }) => status?.podIP ?? "");
}

describe("a Service", () => {
  it("has the addresses of its pods in Endpoints and in one EndpointSlice", () => {
    const cluster = settled(service, pods);
    const addresses = podAddresses(cluster);
    expect(new Set(addressesOf(cluster))).toEqual(new Set(addresses));
    const all = addresses.map((address) => `${address} true true false`);
    expect(new Set(endpointsOf(cluster))).toEqual(new Set(all));
    const [slice] = cluster.list("endpointslices").items;
    expect(slice).toMatchObject({
      addressType: "IPv4",
      ports: [{ name: "", port: 8080, protocol: "TCP" }],
      metadata: {
        labels: { "kubernetes.io/service-name": "web" },
        ownerReferences: [{ kind: "Service", name: "web" }],
      },
    });
  });

  it("without pods keeps an empty place: Endpoints and a slice without endpoints", () => {
    const cluster = settled(service);
    expect(cluster.get("endpoints", "web")).not.toHaveProperty("subsets");
    expect(cluster.list("endpointslices").items).toMatchObject([{ endpoints: [] }]);
  });

  it("without a selector is left to others", () => {
    const cluster = settled(service.replace("selector: { app: web }, ", ""), pods);
    expect(cluster.list("endpoints").items).toEqual([]);
    expect(cluster.list("endpointslices").items).toEqual([]);
  });

  it("keeps a terminating pod in its slices, and not in its Endpoints", () => {
    const cluster = settled(service, pods);
    const [doomed] = cluster.list("pods").items;
    cluster.delete("pod", doomed?.metadata.name ?? "");
    cluster.advance(200);
    expect(endpointsOf(cluster)).toContainEqual(expect.stringMatching(/ false true true$/));
    expect(addressesOf(cluster)).toHaveLength(1);
    cluster.settle();
    expect(endpointsOf(cluster).map((text) => text.slice(-15))).toEqual(
      [" true true false", " true true false"].map((text) => text.slice(-15)),
    );
  });

  it("that selects another pod now has that pod's address", () => {
    const cluster = settled(service, pods);
    const [chosen] = cluster.list("pods").items.filter((pod) => isStored(pod, "Pod"));
    cluster.patch("pod", chosen?.metadata.name ?? "", { metadata: { labels: { role: "blue" } } });
    cluster.patch("service", "web", { spec: { selector: { role: "blue" } } });
    cluster.settle();
    expect(endpointsOf(cluster)).toHaveLength(1);
    expect(addressesOf(cluster)).toEqual([chosen?.status?.podIP]);
  });

  it("gets back a slice and Endpoints that somebody else has changed or deleted", () => {
    const cluster = settled(service, pods);
    const before = endpointsOf(cluster);
    const [slice] = cluster.list("endpointslices").items;
    const name = slice?.metadata.name ?? "";
    cluster.patch("endpointslice", name, { endpoints: [] }, { type: "merge" });
    cluster.delete("endpoints", "web");
    cluster.settle();
    expect(new Set(endpointsOf(cluster))).toEqual(new Set(before));
    expect(addressesOf(cluster)).toHaveLength(2);
    cluster.delete("endpointslice", name);
    cluster.settle();
    expect(new Set(endpointsOf(cluster))).toEqual(new Set(before));
  });

  it("takes its Endpoints along when it goes", () => {
    const cluster = settled(service, pods);
    cluster.delete("service", "web");
    cluster.settle();
    expect(cluster.list("endpoints").items).toEqual([]);
  });

  it("goes on where it was saved while its endpoints change", () => {
    const cluster = createCluster({ nodes: 2, seed: 1 });
    cluster.apply(`${service}---${pods}`);
    cluster.advance(1_500);
    const loaded = loadCluster(JSON.parse(JSON.stringify(cluster.save())));
    const fork = cluster.fork();
    for (const one of [cluster, loaded, fork]) one.settle();
    expect(loaded.save()).toEqual(cluster.save());
    expect(fork.save()).toEqual(cluster.save());
    expect(endpointsOf(cluster)).toHaveLength(2);
  });
});
