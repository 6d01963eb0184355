import { describe, expect, it } from "vitest";

import { Cluster } from "../../src/cluster/cluster.ts";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { RequestLog } from "../../src/trace/requests-text.ts";

const objects = `
apiVersion: v1
kind: Secret
metadata: { name: bootstrap-token-abcdef, namespace: kube-system }
type: bootstrap.kubernetes.io/token
stringData: { token-id: abcdef, token-secret: 0123456789abcdef, usage-bootstrap-authentication: "true" }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: editor }
rules: [{ apiGroups: [""], resources: [configmaps], verbs: ["*"] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: editors }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: editor }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: jane }
  - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:bootstrappers" }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: labeller }
webhooks:
  - name: labels.example.com
    clientConfig: { url: "https://labels.example.com/" }
    rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
    sideEffects: None
    admissionReviewVersions: [v1]
`;

/** The requests about ConfigMaps that a scenario's steps make, as `-o requests` tells them. */
function told(steps: string): readonly string[] {
  const settings = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings } }";
  const file = readManifests([{ file: "settings.yaml", text: settings }]).manifests;
  const { objects: all, issues } = readManifests([{ file: "objects.yaml", text: objects }]);
  const { scenario } = readScenario(
    "scenario.yaml",
    `apiVersion: kubechart/v1
kind: Scenario
environment: [{ when: { webhook: labels.example.com }, webhook: { labels: { team: shop } } }]
steps:
${steps}`,
  );
  if (scenario === undefined || issues.length > 0) throw new Error("all of it is right");
  const cluster = Cluster.create({ objects: all, scenario, files: () => file });
  const log = new RequestLog(
    () => [],
    () => {
      const { answer } = cluster.system.world;
      return answer !== undefined && "object" in answer ? answer.admission : undefined;
    },
  );
  cluster.observe((delivery) => log.delivered(delivery));
  cluster.watch((change) => log.changed(change));
  cluster.run(60_000);
  const lines = log
    .text()
    .split("\n")
    .filter((line) => line.includes("configmaps"));
  return lines.map((line) =>
    line
      .slice(9)
      .replaceAll(/ {2,}/g, "  ")
      .replace(/revision \d+/, "revision"),
  );
}

describe("a step of somebody's own", () => {
  it("goes the way of a request, and tells who changed what", () => {
    const steps = `  - { atSeconds: 1, kubectl: create -f settings.yaml, user: { name: jane } }
  - { atSeconds: 2, kubectl: delete configmap settings, user: { token: abcdef.0123456789abcdef } }`;
    expect(told(steps)).toEqual([
      "jane  create configmaps default/settings  revision; labels.example.com set metadata.labels",
      "somebody  delete configmaps default/settings  revision",
    ]);
  });

  it("is refused where nobody knows them, or where they may not", () => {
    const steps = `  - { atSeconds: 1, kubectl: get configmaps, user: { token: abcdef.fedcba9876543210 } }
  - { atSeconds: 2, kubectl: get configmaps, user: { name: joe } }
  - { atSeconds: 3, kubectl: get configmaps, user: {} }`;
    expect(told(steps).map((line) => line.replace(/^.* {2}/, ""))).toEqual([
      "refused at authentication",
      "refused at authorization",
      "refused at authorization",
    ]);
  });
});

describe("a quota of a cluster", () => {
  it("counts what is there, what comes and what has gone", () => {
    const cluster = createCluster();
    const made = (kind: string, name: string, more: object = {}) =>
      cluster.create({ apiVersion: "v1", kind, metadata: { name }, ...more });
    made("ConfigMap", "first");
    made("ResourceQuota", "few", { spec: { hard: { "count/configmaps": "2" } } });
    expect(cluster.get("quota", "few")).toMatchObject({
      status: { used: { "count/configmaps": "1" } },
    });
    made("ConfigMap", "second");
    expect(() => made("ConfigMap", "third")).toThrow(
      "exceeded quota: few, requested: count/configmaps=1, used: count/configmaps=2, limited: count/configmaps=2",
    );
    cluster.delete("configmap", "first");
    made("ConfigMap", "third");
  });
});
