import { describe, expect, it } from "vitest";

import { configuration, injector } from "../../docs/examples/sidecar-injector/injector.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster } from "../../src/cluster/create-cluster.ts";
import { readScenario } from "../../src/manifest/scenario.ts";

const name = "sidecar.example.com";

function pod(of: string, more: object = {}): object {
  const spec = { containers: [{ name: "app", image: "web" }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name: of, ...more }, spec };
}

function withInjector(change: object = {}, environment = ""): KubeCluster {
  const { scenario } = readScenario(
    "scenario.yaml",
    `{ apiVersion: kubechart/v1, kind: Scenario, environment: [${environment}], steps: [] }`,
  );
  const programs = environment === "" ? { [name]: injector } : {};
  const cluster = createCluster({ webhooks: programs, ...(scenario && { scenario }) });
  const labels = { "sidecar-injection": "enabled" };
  cluster.patch("ns", "default", { metadata: { labels } });
  const webhooks = configuration.webhooks.map((one) => ({ ...one, ...change }));
  cluster.create({ ...configuration, webhooks });
  return cluster;
}

function containersOf(object: KubeObject): readonly string[] {
  return isPod(object) ? object.spec.containers.map((one) => one.name) : [];
}

describe("a sidecar injector", () => {
  it("adds its container to new pods, which is defaulted and mounts the account's token", () => {
    const made = withInjector().create(pod("web"));
    expect(containersOf(made)).toEqual(["app", "proxy"]);
    const proxy = isPod(made) ? made.spec.containers[1] : undefined;
    expect(proxy?.terminationMessagePolicy).toBe("File");
    expect(proxy?.volumeMounts).toHaveLength(1);
  });

  it("is asked only where its selectors and rules mean it", () => {
    const cluster = withInjector();
    expect(containersOf(cluster.create(pod("system", { namespace: "kube-system" })))).toEqual([
      "app",
    ]);
    const none = withInjector({ objectSelector: { matchLabels: { inject: "true" } } });
    expect(containersOf(none.create(pod("plain")))).toEqual(["app"]);
    expect(containersOf(none.create(pod("marked", { labels: { inject: "true" } })))).toHaveLength(
      2,
    );
  });

  it("adds it to the pods of a ReplicaSet", () => {
    const cluster = withInjector();
    const selector = { matchLabels: { app: "web" } };
    const template = {
      metadata: { labels: selector.matchLabels },
      spec: { containers: [{ name: "app", image: "web" }] },
    };
    cluster.create({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "web" },
      spec: { selector, template },
    });
    cluster.settle();
    expect(cluster.list("pods").items.map(containersOf)).toEqual([["app", "proxy"]]);
  });

  it("may hold back a deletion, and not change what is deleted", () => {
    const rules = [
      { apiGroups: [""], apiVersions: ["v1"], operations: ["DELETE"], resources: ["pods"] },
    ];
    const asked = (answer: string) => {
      const environment = `{ when: { webhook: ${name} }, webhook: ${answer} }`;
      const cluster = withInjector({ rules }, environment);
      cluster.create(pod("web"));
      return () => cluster.delete("pod", "web");
    };
    expect(asked("{ denies: not today }")).toThrow(
      'admission webhook "sidecar.example.com" denied the request: not today',
    );
    expect(asked("{ labels: { going: soon } }")).toThrow(
      'admission webhook "sidecar.example.com" attempted to modify the object, which is not supported for this operation',
    );
    expect(asked("{}")).not.toThrow();
  });

  it("keeps pods out when it does not answer, unless it may be ignored", () => {
    const silent = `{ when: { webhook: ${name} }, webhook: { fails: context deadline exceeded } }`;
    expect(() => withInjector({}, silent).create(pod("web"))).toThrow(
      'failed calling webhook "sidecar.example.com": failed to call webhook: Post "https://sidecar-injector.kube-system.svc:443/?timeout=5s": context deadline exceeded',
    );
    const ignored = withInjector({ failurePolicy: "Ignore" }, silent);
    expect(containersOf(ignored.create(pod("web")))).toEqual(["app"]);
  });

  it("keeps pods out with its own words", () => {
    const denying = `{ when: { webhook: ${name} }, webhook: { denies: no pods today } }`;
    expect(() => withInjector({}, denying).create(pod("web"))).toThrow(
      'admission webhook "sidecar.example.com" denied the request: no pods today',
    );
  });

  it("has side effects or none: a dry run asks only the latter", () => {
    const cluster = withInjector();
    cluster.create(pod("web"), { dryRun: true });
    expect(cluster.list("pods").items).toEqual([]);
    expect(() => withInjector({ sideEffects: "Some" })).toThrow(
      'webhooks[0].sideEffects: Unsupported value: "Some"',
    );
  });
});
