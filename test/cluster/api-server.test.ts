import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { emptyScenario } from "../../src/manifest/scenario.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { buildPod } from "../support/build.ts";

const web = buildPod("web");
const labelled: Pod = { ...web, metadata: { ...web.metadata, labels: { tier: "front" } } };

/** After a user has run `kubectl <verb> -f web.yaml` at 10 s, where web.yaml has a label more. */
function after(verb: "create" | "apply", others = ""): Cluster {
  const step = `{ atSeconds: 10, kubectl: "${verb} -f web.yaml" }`;
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps: [${others}${step}]`;
  const { scenario = emptyScenario } = readScenario("test.scenario.yaml", text);
  const cluster = Cluster.create({ objects: [web], scenario, files: () => [labelled] });
  cluster.run(20_000);
  return cluster;
}

describe("a pod that is there", () => {
  it("stays as it is when it is created again", () => {
    expect(after("create").list("Pod")).toMatchObject([{ metadata: { uid: "uid-of-web" } }]);
    expect(after("create").get("Pod", "default/web")?.metadata.labels).toBeUndefined();
  });

  it("has what is applied, and keeps its node, its status and its UID", () => {
    expect(after("apply").get("Pod", "default/web")).toMatchObject({
      metadata: { uid: "uid-of-web", labels: { tier: "front" }, generation: 1 },
      spec: { nodeName: "node-1" },
      status: { phase: "Running" },
    });
  });

  it("goes on being deleted when it is applied", () => {
    const deleted = '{ atSeconds: 9.9, kubectl: "delete pod web --wait=false" }, ';
    expect(after("apply", deleted).list("Pod")).toEqual([]);
  });
});
