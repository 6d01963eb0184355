import { describe, expect, it } from "vitest";

import { Cluster } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { refusedIn } from "../../src/trace/refusals-text.ts";

const manifests = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: "web:1" }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 2, selector: { matchLabels: { app: web } } }
---
apiVersion: v1
kind: Pod
metadata: { name: alone }
spec:
  containers: [{ name: main, image: "web:1" }]
  volumes: [{ name: tmp, emptyDir: {} }]
`;

/** What kubectl said, line by line with its time, and what it failed with. */
function told(steps: readonly string[]) {
  const text = ["apiVersion: kubechart/v1", "kind: Scenario", "steps:", ...steps].join("\n");
  const { scenario, issues } = readScenario("steps.yaml", text);
  if (scenario === undefined) throw new Error(JSON.stringify(issues));
  const { objects } = readManifests([{ file: "drained.yaml", text: manifests }]);
  const cluster = Cluster.create({ objects, scenario, nodes: 1 });
  const said: string[] = [];
  const failed: string[] = [];
  cluster.observe((delivery) => {
    const { said: line }: { readonly said?: unknown } = { ...delivery.detail };
    if (delivery.event.type === "kubectl.said") said.push(`${delivery.at / 1_000} ${line}`);
    failed.push(...[refusedIn([], delivery)?.text ?? []].flat());
  });
  cluster.run(120_000);
  const pods = cluster.list("Pod").map(({ metadata }) => metadata.name.replace(/-\w+$/, "-…"));
  return { cluster, said, failed, pods };
}

const all = "--ignore-daemonsets --force --delete-emptydir-data";

describe("kubectl drain", () => {
  it("cordons, and evicts nothing while one pod may not go", () => {
    const { said, failed, pods } = told(["  - { atSeconds: 10, kubectl: drain node-1 }"]);
    expect(said).toEqual(["10 node/node-1 cordoned"]);
    expect(pods).toHaveLength(3);
    const why =
      "cannot delete Pods with local storage (use --delete-emptydir-data to override): default/alone";
    expect(failed).toEqual([
      [
        `error: unable to drain node "node-1" due to error: ${why}, continuing command...`,
        "There are pending nodes to be drained:",
        " node-1",
        `error: ${why}`,
      ].join("\n"),
    ]);
  });

  it("tries again every 5 s what a budget does not allow, until its timeout", () => {
    const { said, failed, pods } = told([
      `  - { atSeconds: 15, kubectl: drain node-1 ${all} --timeout=12s }`,
    ]);
    const tries = said.filter((line) => line.includes("evicting pod default/web"));
    expect(tries.map((line) => line.split(" ")[0])).toEqual(
      [15, 15, 20, 20, 25, 25, 30, 30].map(String),
    );
    expect(said.some((line) => line.endsWith("pod/alone evicted"))).toBe(true);
    expect(pods).toEqual(["web-…", "web-…"]);
    expect(failed[0]).toContain("Warning: deleting Pods that declare no controller: default/alone");
    expect(failed[0]?.match(/\(will retry after 5s\): Cannot evict pod as it would/g)).toHaveLength(
      6,
    );
    expect(failed[0]?.match(/: global timeout reached: 12s$/gm)).toHaveLength(2);
  });

  it("waits for evicted pods, and goes on when a budget is gone", () => {
    const { said, failed, cluster } = told([
      `  - { atSeconds: 15, kubectl: drain node-1 ${all} --grace-period=1 }`,
      "  - { atSeconds: 22, kubectl: delete pdb web }",
    ]);
    expect(failed).toEqual([]);
    expect(said.at(-1)).toMatch(/^2\d node\/node-1 drained$/);
    const running = cluster.list("Pod").filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(running.every((pod) => "spec" in pod && !("nodeName" in Object(pod.spec)))).toBe(true);
  });

  it("deletes without asking budgets with --disable-eviction", () => {
    const { said, failed } = told([
      `  - { atSeconds: 15, kubectl: drain node-1 ${all} --disable-eviction }`,
    ]);
    expect(failed).toEqual([]);
    expect(said.filter((line) => line.includes(" deleted"))).toHaveLength(3);
  });
});

describe("what kubectl makes of objects that it reads", () => {
  it("exposes a ReplicaSet once", () => {
    const { cluster, said, failed } = told([
      "  - { atSeconds: 5, kubectl: expose rs web --port=80 --target-port=8080 }",
      "  - { atSeconds: 6, kubectl: expose rs web --port=80 }",
    ]);
    expect(said).toEqual(["5 service/web exposed"]);
    expect(failed).toEqual(['Error from server (AlreadyExists): services "web" already exists']);
    expect(cluster.get("Service", "default/web")).toMatchObject({
      spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8_080 }] },
    });
  });

  it("sets resources in a template", () => {
    const { said } = told(["  - { atSeconds: 5, kubectl: set resources rs web --limits=cpu=1 }"]);
    expect(said).toEqual(["5 replicaset.apps/web resource requirements updated"]);
  });

  it("has no rollout status of a ReplicaSet", () => {
    const { failed } = told(["  - { atSeconds: 5, kubectl: rollout status rs/web }"]);
    expect(failed).toEqual(["error: no status viewer has been implemented for ReplicaSet"]);
  });

  it("does not scale by load yet", () => {
    expect(() => told(["  - { atSeconds: 5, kubectl: autoscale rs web --max=3 }"])).toThrow(
      "no controller scales by load yet",
    );
  });
});
