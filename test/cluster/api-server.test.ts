import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { emptyScenario } from "../../src/manifest/scenario.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { refusedIn } from "../../src/trace/refusals-text.ts";
import { buildPod } from "../support/build.ts";
import { tellCluster } from "../support/told-cluster.ts";

const bare = buildPod("web");
const tolerations = [{ operator: "Exists", effect: "NoExecute" }] as const;
const web: Pod = { ...bare, spec: { ...bare.spec, tolerations } };
const labelled: Pod = { ...web, metadata: { ...web.metadata, labels: { tier: "front" } } };

const files = () => [{ object: labelled, manifest: { ...labelled } }];

/** After a user has run `kubectl <verb> -f web.yaml` at 10 s, where web.yaml has a label more. */
function after(verb: "create" | "apply", others = ""): Cluster {
  const step = `{ atSeconds: 10, kubectl: "${verb} -f web.yaml" }`;
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nsteps: [${others}${step}]`;
  const { scenario = emptyScenario } = readScenario("test.scenario.yaml", text);
  const cluster = Cluster.create({ objects: [web], scenario, files });
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

describe("a step that the API server refuses", () => {
  const manifest = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: "app:1" }] }
`;

  /** What kubectl is told, and the pod at the end. */
  function refused(line: string): readonly [readonly string[], Pod | undefined] {
    const steps = `steps:\n  - atSeconds: 5\n    kubectl: ${line}\n`;
    const { cluster, pod } = tellCluster(manifest, steps);
    const told: string[] = [];
    cluster.observe((delivery) => {
      const answer = refusedIn([], delivery);
      if (answer !== undefined) told.push(answer.text);
    });
    cluster.run(10_000);
    return [told, pod("web")];
  }

  it.each([
    ["delete pod none", 'Error from server (NotFound): pods "none" not found'],
    ["label pod none a=b", 'Error from server (NotFound): pods "none" not found'],
    [
      `patch pod web --type=json -p '[{"op":"remove","path":"/metadata/annotations/none"}]'`,
      "The request is invalid: the server rejected our request due to an error in our request",
    ],
    [
      `patch pod web -p '{"metadata":{"name":"other"}}'`,
      "Error from server (BadRequest): " +
        "the name of the object (other) does not match the name on the URL (web)",
    ],
    [
      `patch pod web -p '{"spec":{"containers":[{"name":"more","image":"app:1"}]}}'`,
      'The Pod "web" is invalid: ' +
        "spec.containers: Forbidden: pod updates may not add or remove containers",
    ],
  ])("says so and changes nothing: %s", (line, text) => {
    const [told, pod] = refused(line);
    expect(told).toEqual([text]);
    expect(pod).toMatchObject({ metadata: { generation: 1 }, spec: { containers: [{}] } });
  });

  it("gets back what admission had filled in, when a patch took it away", () => {
    const [told, pod] = refused(`patch pod web -p '{"spec":{"tolerations":[{"key":"a"}]}}'`);
    expect(told).toEqual([]);
    expect(pod?.spec.tolerations).toHaveLength(3);
    expect(pod?.metadata.generation).toBe(2);
  });

  it("does not let a status say what may not be", () => {
    const patch = '{"status":{"qosClass":"Guaranteed"}}';
    const [told, pod] = refused(`patch pod web --subresource=status -p '${patch}'`);
    expect(told).toEqual([
      'The Pod "web" is invalid: status.qosClass: Invalid value: "Guaranteed": field is immutable',
    ]);
    expect(pod?.status?.qosClass).toBe("BestEffort");
  });

  it("leaves all but the status of a pod alone where the status is patched", () => {
    const patch =
      '{"metadata":{"labels":{"a":"b"}},"spec":{"nodeName":"x"},"status":{"reason":"r"}}';
    const [told, pod] = refused(`patch pod web --subresource=status --type=merge -p '${patch}'`);
    expect(told).toEqual([]);
    expect(pod?.spec.nodeName).toBe("node-1");
  });
});
