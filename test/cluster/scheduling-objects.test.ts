import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isWhole } from "../../machines/api/objects.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";

function node(name: string, zone: string, cpu = "4"): string {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" }`;
  const labels = `{ kubernetes.io/hostname: ${name}, topology.kubernetes.io/zone: ${zone} }`;
  const metadata = `{ name: ${name}, labels: ${labels} }`;
  return `{ apiVersion: v1, kind: Node, metadata: ${metadata}, status: { capacity: ${capacity} } }`;
}

function pod(name: string, more = "", labels = "", namespace = "default"): string {
  const spec = `${more} containers: [{ name: app, image: app:1, resources: { requests: { cpu: "1" } } }]`;
  const metadata = `{ name: ${name}, namespace: ${namespace}, labels: { ${labels} } }`;
  return `{ apiVersion: v1, kind: Pod, metadata: ${metadata}, spec: { ${spec} } }`;
}

function read(...documents: readonly string[]): readonly KubeObject[] {
  const { objects, issues } = readManifests([{ file: "a.yaml", text: documents.join("\n---\n") }]);
  expect(issues).toEqual([]);
  return objects;
}

/** An object of a kind that stands in the store of the API server. */
function stored(apiVersion: string, kind: string, name: string, more: object = {}): KubeObject {
  return { apiVersion, kind, metadata: { name }, ...more };
}

function disk(zone: string): KubeObject {
  const metadata = { name: "disk", labels: { "topology.kubernetes.io/zone": zone } };
  const spec = {
    accessModes: ["ReadWriteOnce"],
    capacity: { storage: "1Gi" },
    nfs: { server: "files", path: "/" },
  };
  return stored("v1", "PersistentVolume", "disk", { metadata, spec });
}

function party(team: string): KubeObject {
  return stored("v1", "Namespace", "party", { metadata: { name: "party", labels: { team } } });
}

function budgetFor(app: string): KubeObject {
  const metadata = { name: "budget", namespace: "default" };
  const spec = { minAvailable: 1, selector: { matchLabels: { app } } };
  const status = { disruptionsAllowed: 0 };
  return stored("policy/v1", "PodDisruptionBudget", "budget", { metadata, spec, status });
}

/** A cluster in which `others` were there before the pods came. */
function scheduled(others: readonly KubeObject[], ...documents: readonly string[]): Cluster {
  const cluster = Cluster.create({ objects: [], nodes: 0 });
  for (const one of others) cluster.system.world.store.put(one);
  cluster.apply(read(...documents));
  cluster.run(8_000);
  return cluster;
}

function nodeOf(cluster: Cluster, key: string): string | undefined {
  const found = cluster.get("Pod", key);
  return isWhole(found, "Pod") ? found.spec.nodeName : undefined;
}

describe("what the scheduler sees beside pods and nodes", () => {
  it("is the labels of namespaces, by which a pod may be kept away from others", () => {
    const term = `{ topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: noisy } }, namespaceSelector: { matchLabels: { team: loud } } }`;
    const away = `affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } },`;
    const documents = [
      node("one", "a"),
      node("two", "b", "1"),
      pod("noisy", "nodeName: one,", "app: noisy", "party"),
      pod("quiet", away),
    ];
    expect(nodeOf(scheduled([party("loud")], ...documents), "default/quiet")).toBe("two");
    expect(nodeOf(scheduled([party("calm")], ...documents), "default/quiet")).toBe("one");
  });

  it("is budgets, which decide whose pods have to go", () => {
    const high =
      "{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }";
    const documents = [
      high,
      node("one", "a", "2"),
      pod("first", "nodeName: one,", "app: first"),
      pod("second", "nodeName: one,", "app: second"),
      pod("urgent", "priorityClassName: high,"),
    ];
    for (const [guarded, victim] of [
      ["first", "second"],
      ["second", "first"],
    ] as const) {
      const cluster = scheduled([budgetFor(guarded)], ...documents);
      const victims = cluster.list("Event").filter((event) => {
        return "reason" in event && event.reason === "Preempted";
      });
      expect(victims.map(({ metadata }) => metadata.name.split(".")[0])).toEqual([victim]);
    }
  });

  it("is volumes and their zones, and who waits for one is tried when it comes", () => {
    const claim =
      "{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, annotations: { pv.kubernetes.io/bind-completed: 'yes' } }, spec: { volumeName: disk, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }";
    const using =
      "volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }], nodeSelector: {},";
    const documents = [node("one", "a"), node("two", "b"), claim, pod("first", using)];
    expect(nodeOf(scheduled([disk("b")], ...documents), "default/first")).toBe("two");
    const cluster = scheduled([disk("c")], ...documents);
    expect(nodeOf(cluster, "default/first")).toBeUndefined();
    cluster.apply([disk("a")]);
    cluster.run(30_000);
    expect(nodeOf(cluster, "default/first")).toBe("one");
  });

  it("is services, whose pods spread over zones without being asked to", () => {
    const service = stored("v1", "Service", "web", {
      metadata: { name: "web", namespace: "default" },
      spec: { selector: { app: "web" } },
    });
    const documents = [
      node("one", "a"),
      node("two", "b", "3"),
      pod("first", "nodeName: one,", "app: web"),
      pod("second", "", "app: web"),
    ];
    expect(nodeOf(scheduled([service], ...documents), "default/second")).toBe("two");
  });
});
