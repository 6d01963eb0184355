import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import { ApiError } from "../../src/cluster/api-error.ts";
import { createCluster, type KubeCluster, loadCluster } from "../../src/cluster/create-cluster.ts";
import type { WatchEvent } from "../../src/system/api/watch.ts";

const web = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: app, image: "registry.example/web:1.0" }] }
`;

function configMap(name: string, value = "1"): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { value } };
}

function phaseOf(cluster: KubeCluster, name = "web"): string | undefined {
  const pod = cluster.get("pod", name);
  return isPod(pod) ? pod.status?.phase : undefined;
}

function errorOf(work: () => unknown): ApiError {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function names(objects: readonly KubeObject[]): readonly string[] {
  return objects.map(({ metadata }) => metadata.name);
}

describe("a cluster", () => {
  it("has its namespaces and nodes, and runs what is applied", () => {
    const cluster = createCluster({ nodes: 2 });
    expect(names(cluster.list("ns").items)).toEqual([
      "default",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
    expect(names(cluster.list("nodes").items)).toEqual(["node-1", "node-2"]);
    cluster.apply(web);
    expect(phaseOf(cluster)).toBe("Pending");
    expect(cluster.settle().endedBy).toBe("quiet");
    expect(phaseOf(cluster)).toBe("Running");
    cluster.delete("po", "web");
    cluster.settle();
    expect(errorOf(() => cluster.get("po", "web")).reason).toBe("NotFound");
  });

  it("lets time go on by as much as is said", () => {
    const cluster = createCluster();
    cluster.advance("1m30s");
    cluster.advance(500);
    expect(cluster.now).toBe(90_500);
    expect(() => cluster.advance("soon")).toThrow('a time such as "90s"');
  });

  it("goes its own way when it is forked, and goes on where it was saved", () => {
    const cluster = createCluster({ seed: 1 });
    cluster.apply(web);
    const other = cluster.fork();
    const loaded = loadCluster(JSON.parse(JSON.stringify(cluster.save())));
    cluster.settle();
    expect([phaseOf(cluster), phaseOf(other)]).toEqual(["Running", "Pending"]);
    loaded.settle();
    expect(loaded.get("po", "web")).toEqual(cluster.get("po", "web"));
  });

  it("runs the machines of another minor", () => {
    const cluster = createCluster({ version: "1.32" });
    cluster.apply(web);
    cluster.settle();
    expect(phaseOf(cluster)).toBe("Running");
  });
});

describe("apply", () => {
  it("changes what was applied before, and leaves what others have written", () => {
    const cluster = createCluster();
    cluster.apply(configMap("a"));
    cluster.patch("cm", "a", { data: { other: "x" } });
    const [changed] = cluster.apply(configMap("a", "2"));
    expect(changed).toMatchObject({ data: { value: "2", other: "x" } });
    const [same] = cluster.apply(configMap("a", "2"));
    expect(same?.metadata.resourceVersion).toBe(changed?.metadata.resourceVersion);
  });

  it("tells who has a field, where the API server merges", () => {
    const cluster = createCluster();
    cluster.apply(configMap("a"), { serverSide: true, fieldManager: "alice" });
    const taken = () =>
      cluster.apply(configMap("a", "2"), { serverSide: true, fieldManager: "bob" });
    expect(errorOf(taken).message).toContain('conflict with "alice": .data.value');
    expect(errorOf(taken).reason).toBe("Conflict");
  });

  it("says where in the text the field stands that is refused", () => {
    const cluster = createCluster();
    const wrong = web.replace("name: app", "name: App");
    const { message } = errorOf(() => cluster.apply(wrong, { file: "web.yaml" }));
    expect(message).toContain(
      'The Pod "web" is invalid: spec.containers[0].name: Invalid value: "App"',
    );
    expect(message).toContain("at web.yaml:5:30: spec.containers[0].name");
  });

  it("knows the kinds that it has, and says which", () => {
    const cluster = createCluster();
    const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a" } };
    expect(errorOf(() => cluster.apply(widget)).message).toContain('resource type "Widget"');
    expect(errorOf(() => cluster.list("deploymnt")).message).toContain("deployment");
  });
});

describe("a watch", () => {
  it("hears what there is, and then each change of what it selects, once and in order", () => {
    const cluster = createCluster();
    cluster.create(configMap("a"));
    const heard: string[] = [];
    const tell = ({ type, object }: WatchEvent) => heard.push(`${type} ${object.metadata.name}`);
    const stop = cluster.watch("cm", { labelSelector: "app=web" }, tell);
    cluster.patch("cm", "a", { metadata: { labels: { app: "web" } } });
    cluster.patch("cm", "a", { data: { value: "2" } });
    cluster.patch("cm", "a", { metadata: { labels: { app: null } } });
    cluster.create(configMap("b"));
    expect(heard).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
    stop();
    cluster.patch("cm", "a", { metadata: { labels: { app: "web" } } });
    expect(heard).toHaveLength(3);
  });

  it("begins at a revision, or is told that it is too old", () => {
    const cluster = createCluster();
    const { metadata } = cluster.create(configMap("a"));
    const resourceVersion = metadata.resourceVersion ?? "";
    cluster.create(configMap("b"));
    const heard: string[] = [];
    cluster.watch("cm", { resourceVersion }, ({ object }) => heard.push(object.metadata.name));
    expect(heard).toEqual(["b"]);
    const { store } = cluster.cluster.system.world;
    store.compact(store.revision);
    const late = errorOf(() => cluster.watch("cm", { resourceVersion }, () => {}));
    expect(late.reason).toBe("Expired");
    const early = errorOf(() => cluster.watch("cm", { resourceVersion: "99999" }, () => {}));
    expect(early.message).toContain("Too large resource version: 99999, current: ");
  });
});

describe("two writers", () => {
  it("lose no update: who has read before the other wrote has to read again", () => {
    const cluster = createCluster();
    const read = cluster.create(configMap("a"));
    cluster.update({ ...read, data: { value: "first" } });
    const second = () => cluster.update({ ...read, data: { value: "second" } });
    expect(errorOf(second).reason).toBe("Conflict");
    cluster.update({ ...cluster.get("cm", "a"), data: { value: "second" } });
    expect(cluster.get("cm", "a")).toMatchObject({ data: { value: "second" } });
  });
});

describe("who asks", () => {
  it("may do what its roles say", () => {
    const cluster = createCluster();
    const jane = cluster.as({ type: "certificate", name: "jane", groups: [] });
    expect(errorOf(() => jane.list("pods", { namespace: "default" })).message).toBe(
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    cluster.apply([
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata: { name: "reader" },
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }],
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "readers" },
        subjects: [{ kind: "User", name: "jane", apiGroup: "rbac.authorization.k8s.io" }],
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
      },
    ]);
    expect(jane.list("pods", { namespace: "default" }).items).toEqual([]);
  });
});

describe("a workload", () => {
  it("is scaled, and a pod evicted, as kubectl does", () => {
    const cluster = createCluster();
    cluster.apply(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: web }] }
`);
    cluster.scale("deploy", "web", 3);
    expect(cluster.get("deploy", "web")).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
    });
    cluster.apply(web);
    cluster.settle();
    cluster.evict("web");
    expect(cluster.get("po", "web").metadata.deletionTimestamp).toBeDefined();
  });
});
