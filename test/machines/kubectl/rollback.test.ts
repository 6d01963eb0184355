import { describe, expect, it } from "vitest";

import type { Deployment, ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { rollback } from "../../../machines/kubectl/rollback.ts";

const spec = (version: string, more: object = {}) => ({
  selector: { matchLabels: { app: "web" } },
  template: {
    metadata: { labels: { app: "web", ...more } },
    spec: { containers: [{ name: "app", image: `web:${version}` }] },
  },
});

const web: Deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", uid: "u", annotations: { "deployment.kubernetes.io/revision": "3" } },
  spec: spec("3"),
};

const replicaSets = ["1", "2", "3"].map(
  (version): ReplicaSet => ({
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `web-${version}`,
      annotations: { "deployment.kubernetes.io/revision": version, note: version },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u", controller: true },
      ],
    },
    spec: spec(version, { "pod-template-hash": version }),
  }),
);

describe("kubectl rollout undo", () => {
  it.each([
    [0, "2"],
    [1, "1"],
  ])("to revision %i puts template %s back without its hash", (toRevision, version) => {
    expect(rollback(web, replicaSets, toRevision)).toEqual({
      patch: [
        { op: "replace", path: "/spec/template", value: spec(version).template },
        {
          op: "replace",
          path: "/metadata/annotations",
          value: { "deployment.kubernetes.io/revision": "3", note: version },
        },
      ],
    });
  });

  it("sends nothing when the template is that one already", () => {
    expect(rollback(web, replicaSets, 3)).toEqual({
      skipped: "skipped rollback (current template already matches revision 3)",
    });
  });

  it("refuses what it does not find, and a paused Deployment", () => {
    const paused = { ...web, spec: { ...web.spec, paused: true } };
    expect([
      rollback(web, replicaSets, 7),
      rollback(web, replicaSets.slice(0, 1), 0),
      rollback(paused, replicaSets, 1),
    ]).toEqual([
      { error: "unable to find specified revision 7 in history" },
      { error: 'no rollout history found for deployment "web"' },
      {
        error:
          "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
      },
    ]);
  });
});
