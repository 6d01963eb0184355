import { resolve } from "node:path";

import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { refusedIn } from "../../src/trace/refusals-text.ts";
import { clusterOf } from "../support/life.ts";
import { tellCluster } from "../support/told-cluster.ts";

const annotation = "kubectl.kubernetes.io/last-applied-configuration";

/** The objects of a scenario after so many seconds, and what kubectl was told. */
function after(seconds: number, scenario = "applied") {
  const { cluster } = clusterOf(resolve(import.meta.dirname, "../scenarios", scenario));
  const told: string[] = [];
  cluster.observe((delivery) => {
    const answer = refusedIn([], delivery);
    if (answer !== undefined) told.push(answer.text);
  });
  cluster.run(seconds * 1_000);
  const web = cluster.get("Pod", "default/web");
  return { web, settings: cluster.get("ConfigMap", "default/settings"), told };
}

describe("kubectl apply", () => {
  it("creates what is not there, and writes down of what", () => {
    const { web, settings } = after(6);
    expect(web?.metadata.annotations?.[annotation]).toBe(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{},"labels":{"app":"web",' +
        '"tier":"front"},"name":"web","namespace":"default"},"spec":{"containers":[{"image":' +
        '"registry.example/web:1.0","name":"app"}],"terminationGracePeriodSeconds":2}}\n',
    );
    expect(settings?.metadata.annotations).toBeUndefined();
  });

  it("changes what the manifest changed, and leaves alone what others wrote", () => {
    const { web } = after(12);
    expect(web?.metadata.labels).toEqual({ app: "web", seen: "yes" });
    expect(web).toMatchObject({
      metadata: { generation: 2, annotations: { "example.com/note": "<second>" } },
      spec: { nodeName: "node-1", containers: [{ image: "registry.example/web:2.0" }] },
    });
  });

  it("is refused what may not change, remembers nothing of it, and goes on", () => {
    const { web, told } = after(23);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('The Pod "web" is invalid: spec: Forbidden: pod updates may not');
    expect(web).toEqual(after(19).web);
  });

  it("takes away only what was applied before", () => {
    expect(after(31).settings).toMatchObject({ data: { color: "blue", size: "small" } });
    const { settings } = after(33);
    expect(settings && "data" in settings && settings.data).toEqual({
      size: "small",
      shape: "round",
    });
    expect(settings?.metadata.labels).toEqual({ owner: "nobody" });
  });
});

const red = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { color: red }
`;
const files = () => readManifests([{ file: "red.yaml", text: red }]).manifests;

describe("kubectl apply --overwrite=false", () => {
  const steps = `steps:
  - { atSeconds: 1, kubectl: apply -f red.yaml }
  - { atSeconds: 2, kubectl: "patch configmap settings -p '{\\"data\\":{\\"color\\":\\"green\\"}}'" }
  - { atSeconds: 3, kubectl: apply --overwrite=false -f red.yaml }
`;

  it("tells what others changed, and changes nothing", () => {
    const { cluster } = tellCluster("", steps, { files });
    const told: string[] = [];
    cluster.observe((delivery) => told.push(...[refusedIn([], delivery)?.text ?? []].flat()));
    cluster.run(5_000);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^error: error when applying patch:\n\nto:\nResource: "\/v1, Resource=/,
    );
    expect(told[0]).toContain(
      'Name: "settings", Namespace: "default"\nfor: "red.yaml": error when patching "red.yaml": ' +
        "creating patch with:\noriginal:\n{",
    );
    expect(told[0]).toContain(
      "for: patch:\ndata:\n  color: red\n\nconflicts with changes made from original to current:\n",
    );
    expect(cluster.get("ConfigMap", "default/settings")).toMatchObject({
      data: { color: "green" },
    });
  });
});

function at(seconds: number) {
  return after(seconds, "applied-server-side");
}

function managers(object: KubeObject | undefined) {
  return object?.metadata.managedFields?.map(({ manager }) => manager);
}

describe("kubectl apply --server-side", () => {
  it("merges what several managers want of one object", () => {
    const { web } = at(7);
    expect(web?.metadata.labels).toEqual({ app: "web", tier: "front", seen: "yes" });
    expect(managers(web)).toEqual(["kubectl", "other"]);
  });

  it("is refused what somebody else has changed, in kubectl's words, and forces it", () => {
    const { web, told } = at(11);
    expect(web).toMatchObject({ spec: { containers: [{ image: "registry.example/web:1.5" }] } });
    expect(told[0]).toMatch(
      /^error: Apply failed with 1 conflict: conflict with "kubectl-set" using v1: \.spec\.contai/,
    );
    expect(told[0]).toContain("re-run the apply\n  command with the `--force-conflicts` flag.");
    const forced = at(13).web;
    expect(forced).toMatchObject({ spec: { containers: [{ image: "registry.example/web:2.0" }] } });
    expect(forced?.metadata.labels).toEqual({ app: "web", seen: "yes" });
    expect(managers(forced)).toEqual(["other", "kubectl"]);
  });

  it("leaves what was there before to before-first-apply", () => {
    const { settings, told } = at(27);
    expect(told.slice(1).map((text) => text.split("\n")[0])).toEqual([
      'error: Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.color',
      'error: Apply failed with 1 conflict: conflict with "a": .data.color',
    ]);
    expect(settings).toMatchObject({ data: { color: "green", shape: "round", size: "small" } });
    expect(managers(settings)).toEqual(["a", "b", "before-first-apply"]);
  });
});
