import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isEvent, isPod } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster, loadCluster } from "../../src/cluster/create-cluster.ts";
import { explore } from "../../src/explore/explorer.ts";
import type { SeenState } from "../../src/explore/memo/state.ts";
import { systemOfText } from "../../src/testkit/load-system.ts";

function deployment(image: string, replicas = 3, strategy = "RollingUpdate"): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  strategy: { type: ${strategy} }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: "registry.example/web:${image}" }] }
`;
}

const two = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: two }
spec:
  replicas: 2
  selector: { matchLabels: { app: two } }
  template:
    metadata: { labels: { app: two } }
    spec: { containers: [{ name: app, image: "registry.example/two:1" }] }
`;

function settled(manifest: string): KubeCluster {
  const cluster = createCluster({ nodes: 2, seed: 1 });
  cluster.apply(manifest);
  cluster.settle();
  return cluster;
}

/** What the controllers say, in the order in which they say it; without names of pods. */
function said({ cluster }: KubeCluster): readonly string[] {
  const events = cluster.list("Event").filter(isEvent);
  const own = events.filter(({ involvedObject: { kind } }) => /Set$|^Deployment$/.test(kind));
  return own.map(({ reason = "", message = "" }) => `${reason}: ${message.replace(/-\w{5}$/, "")}`);
}

function images({ cluster }: KubeCluster): readonly string[] {
  const pods = cluster.list("Pod").filter(isPod);
  return pods.map(({ spec, status }) => `${spec.containers[0]?.image} ${status?.phase}`);
}

function statusOf(cluster: KubeCluster, kind: string, name: string): unknown {
  const object: object = cluster.get(kind, name);
  return "status" in object ? object.status : undefined;
}

const running = (image: string) => `registry.example/web:${image} Running`;

describe("a Deployment", () => {
  it("has its pods, and tells of it", () => {
    const cluster = settled(deployment("1", 2));
    expect(images(cluster)).toEqual([running("1"), running("1")]);
    const [replicaSet] = cluster.list("rs").items;
    const name = replicaSet?.metadata.name ?? "";
    expect(said(cluster)).toEqual([
      `ScalingReplicaSet: Scaled up replica set ${name} from 0 to 2`,
      `SuccessfulCreate: Created pod: ${name}`,
      `SuccessfulCreate: Created pod: ${name}`,
    ]);
    expect(statusOf(cluster, "deploy", "web")).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      conditions: [
        { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
        { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
      ],
    });
  });

  it("rolls out, and never has less than it may", () => {
    const cluster = settled(deployment("1"));
    const ready: number[] = [];
    cluster.watch("deploy", {}, ({ object }) => {
      const status = Object.entries(object).find(([field]) => field === "status")?.[1];
      ready.push(status?.availableReplicas ?? 0);
    });
    cluster.apply(deployment("2"));
    cluster.settle();
    expect(images(cluster)).toEqual([running("2"), running("2"), running("2")]);
    expect(Math.min(...ready)).toBe(3);
    expect(cluster.list("rs").items.map(({ metadata }) => metadata.annotations)).toMatchObject([
      { "deployment.kubernetes.io/revision": "1" },
      { "deployment.kubernetes.io/revision": "2" },
    ]);
  });

  it("recreates when it is told to: no old pod runs any more when a new one is made", () => {
    const cluster = settled(deployment("1", 2, "Recreate"));
    const seen: string[] = [];
    cluster.watch(
      "pods",
      { resourceVersion: cluster.list("pods").metadata.resourceVersion },
      (event) => {
        if (event.type === "ADDED") seen.push(...images(cluster));
      },
    );
    cluster.apply(deployment("2", 2, "Recreate"));
    cluster.settle();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((text) => /:1 (Pending|Running)/.test(text))).toEqual([]);
    expect(images(cluster)).toEqual([running("2"), running("2")]);
  });

  it("goes on where it was saved in the middle of a rollout", () => {
    const cluster = settled(deployment("1"));
    cluster.apply(deployment("2"));
    cluster.advance(1_200);
    const loaded = loadCluster(JSON.parse(JSON.stringify(cluster.save())));
    const fork = cluster.fork();
    for (const one of [cluster, loaded, fork]) one.settle();
    expect(loaded.save()).toEqual(cluster.save());
    expect(fork.save()).toEqual(cluster.save());
  });
});

describe("a ReplicaSet", () => {
  it("asks for thirty things at once, and for twenty a second from then on", () => {
    const cluster = createCluster({ nodes: 2, seed: 1 });
    cluster.apply(two.replace("replicas: 2", "replicas: 60"));
    cluster.advance(40);
    expect(cluster.cluster.list("Pod").length).toBeLessThanOrEqual(30);
    cluster.advance(3_000);
    expect(cluster.cluster.list("Pod")).toHaveLength(60);
  });

  it("replaces a pod that is deleted, and one that no longer matches", () => {
    const cluster = settled(two);
    const [first, second] = cluster.list("pods").items.map(({ metadata }) => metadata.name);
    cluster.delete("pod", first ?? "");
    cluster.patch("pod", second ?? "", { metadata: { labels: { app: "other" } } });
    cluster.settle();
    const owned = cluster.list("pods", { labelSelector: "app=two" }).items;
    expect(owned).toHaveLength(2);
    expect(cluster.get("pod", second ?? "").metadata.ownerReferences ?? []).toEqual([]);
    expect(statusOf(cluster, "rs", "two")).toMatchObject({ replicas: 2, readyReplicas: 2 });
  });

  it("adopts a pod that matches, and thins out what is too much", () => {
    const cluster = settled(two);
    cluster.apply(`
apiVersion: v1
kind: Pod
metadata: { name: stray, labels: { app: two } }
spec: { containers: [{ name: app, image: "registry.example/two:1" }] }
`);
    cluster.settle();
    expect(cluster.list("pods").items.map(({ metadata }) => metadata.name)).not.toContain("stray");
    expect(said(cluster).at(-1)).toBe("SuccessfulDelete: Deleted pod: stray");
  });

  it("backs off from what the API server refuses, and tells why", () => {
    const cluster = createCluster();
    cluster.apply(two.replace("spec: { containers", "spec: { priorityClassName: none, containers"));
    cluster.advance("10s");
    expect(cluster.list("pods").items).toEqual([]);
    const why = 'pods "two-" is forbidden: no PriorityClass with name none was found';
    expect(new Set(said(cluster))).toEqual(new Set([`FailedCreate: Error creating: ${why}`]));
    const conditions = [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate" }];
    expect(statusOf(cluster, "rs", "two")).toMatchObject({ conditions });
    cluster.apply(none);
    cluster.advance("20s");
    expect(cluster.list("pods").items).toHaveLength(2);
  });
});

const none = `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: none }
value: 5
`;

describe("an explored system", () => {
  it("holds what controllers remember, so that no state has more pods than are asked for", () => {
    const { system } = systemOfText("two.yaml", `${two}---\n${pod}`);
    if (system === undefined) throw new Error("the manifests are fine");
    const counts = new Set<number>();
    const onState = ({ objects }: SeenState) => counts.add(objects().filter(isOwned).length);
    const bounds = { horizonMs: 600, messages: 100, unusual: 1 };
    const { stoppedBy } = explore({ ...system, bounds }, { onState });
    expect(stoppedBy).toBeUndefined();
    // It may be scaled to three at any moment.
    expect([...counts].toSorted()).toEqual([0, 2, 3]);
  });
});

function isOwned({ kind, metadata: { ownerReferences = [] } }: KubeObject): boolean {
  return kind === "Pod" && ownerReferences.length > 0;
}

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: bare }
spec: { containers: [{ name: app, image: "registry.example/two:1" }] }
`;
