import { describe, expect, it } from "vitest";

import { createCluster } from "../../src/cluster/create-cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget, shortNames: [wd]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.ready}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [size]
            properties:
              size: {type: integer, minimum: 1}
              mode: {type: string, default: fast}
          status: {type: object, properties: {ready: {type: integer}}}
`;

const widget = {
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "w" },
  spec: { size: 2 },
};

function clusterWithWidgets() {
  const cluster = createCluster();
  cluster.apply(definition);
  return cluster;
}

describe("a kind that a CustomResourceDefinition defines", () => {
  it("is established at once, with the names that were left out", () => {
    const found = clusterWithWidgets().get("crd", "widgets.example.com");
    expect(found).toMatchObject({
      spec: { names: { singular: "widget", listKind: "WidgetList" } },
      status: { conditions: [{ type: "NamesAccepted" }, { type: "Established" }] },
    });
  });

  it("is defaulted, versioned, listed, watched and scaled by its paths", () => {
    const cluster = clusterWithWidgets();
    const told: string[] = [];
    cluster.watch("wd", {}, ({ type, object }) => told.push(`${type} ${object.metadata.name}`));
    const made = cluster.create(widget);
    expect(made).toMatchObject({ spec: { mode: "fast" }, metadata: { generation: 1 } });
    cluster.scale("widgets", "w", 5);
    expect(cluster.get("widgets.example.com", "w")).toMatchObject({
      spec: { size: 5 },
      metadata: { generation: 2 },
    });
    cluster.delete("Widget", "w");
    expect(told).toEqual(["ADDED w", "MODIFIED w", "DELETED w"]);
    expect(cluster.list("widgets").items).toEqual([]);
  });

  it("has a status that only its subresource changes", () => {
    const cluster = clusterWithWidgets();
    cluster.create({ ...widget, status: { ready: 1 } });
    expect(cluster.get("wd", "w")).not.toHaveProperty("status");
    const type = "merge";
    cluster.patch("wd", "w", { status: { ready: 2 } }, { subresource: "status", type });
    expect(cluster.get("wd", "w")).toMatchObject({ status: { ready: 2 }, spec: { size: 2 } });
  });

  it("refuses what its schema refuses, and a strategic patch", () => {
    const cluster = clusterWithWidgets();
    expect(() => cluster.create({ ...widget, spec: { size: 0 } })).toThrow(
      'The Widget "w" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    );
    expect(() => cluster.get("wd", "none")).toThrow('widgets.example.com "none" not found');
    cluster.create(widget);
    expect(() => cluster.patch("wd", "w", {})).toThrow("UnsupportedMediaType");
  });

  it("goes with its definition, whose objects go first", () => {
    const cluster = clusterWithWidgets();
    cluster.apply(widget);
    cluster.apply({ ...widget, metadata: { name: "held", finalizers: ["example.com/hold"] } });
    cluster.delete("crd", "widgets.example.com");
    expect(cluster.get("crd", "widgets.example.com").metadata.finalizers).toEqual([
      "customresourcecleanup.apiextensions.k8s.io",
    ]);
    cluster.advance(1_000);
    expect(cluster.list("widgets").items.map(({ metadata }) => metadata.name)).toEqual(["held"]);
    expect(() => cluster.apply({ ...widget, metadata: { name: "late" } })).toThrow(
      'widgets.example.com "late" is forbidden: create not allowed while custom resource definition is terminating',
    );
    cluster.patch("widget", "held", { metadata: { finalizers: null } }, { type: "merge" });
    cluster.advance(5_000);
    expect(cluster.list("crd").items).toEqual([]);
  });

  it("is refused when its definition is", () => {
    const wrong = definition.replace("name: widgets.example.com", "name: widget.example.com");
    expect(() => createCluster().apply(wrong.replace("storage: true", "storage: false"))).toThrow(
      'must be spec.names.plural+"."+spec.group',
    );
  });
});

describe("a kind that nobody defines", () => {
  it("is refused with the list of what there is", () => {
    expect(() => createCluster().create(widget)).toThrow("It has Pod, Node");
  });

  it("is kept, versioned and watched in a cluster that is opaque", () => {
    const cluster = createCluster({ opaque: true });
    const { metadata } = cluster.create(widget);
    cluster.update({ ...widget, metadata, spec: { anything: [1] } });
    const found = cluster.fork().get("widgets", "w");
    expect(found).toMatchObject({ spec: { anything: [1] }, metadata: { generation: 2 } });
  });

  it("is no other than Kubernetes' own of that word", () => {
    const cluster = createCluster({ opaque: true });
    const service = { apiVersion: "serving.example.com/v1", kind: "Service", spec: { any: 1 } };
    cluster.create({ ...service, metadata: { name: "s" } });
    expect(cluster.list("services").items).toEqual([]);
  });
});

describe("manifests with kinds that are not Kubernetes' own", () => {
  const text = `${definition}---\n${JSON.stringify({ ...widget, spec: { size: 0, speed: 1 } })}`;

  it("are checked by the definition beside them, with line and column", () => {
    const issues = readManifests([{ file: "w.yaml", text }]).issues.map(formatIssue);
    expect(issues.join("\n")).toMatch(/w\.yaml:28:\d+: spec\.size: expected a valid value/);
    expect(issues.join("\n")).toContain("spec.speed: expected a field of the schema of Widget");
  });

  it("are taken as they are where any kind is, and else refused", () => {
    const one = [{ file: "w.yaml", text: JSON.stringify(widget) }];
    expect(readManifests(one, [], [], { opaque: true }).objects).toMatchObject([
      { ...widget, metadata: { name: "w", namespace: "default" } },
    ]);
    expect(readManifests(one).issues.map(formatIssue).join()).toContain("--opaque");
  });
});
