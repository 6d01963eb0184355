import { describe, expect, it } from "vitest";

import { ApiClient } from "../../support/api-client.ts";
import {
  configMaps,
  deployment,
  deployments,
  listed,
  pod,
  pods,
} from "../../support/api-objects.ts";

const budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

function eviction(name: string): object {
  return { apiVersion: "policy/v1", kind: "Eviction", metadata: { name } };
}

describe("subresources", () => {
  it("scale what can be scaled", () => {
    const client = new ApiClient();
    client.ask("POST", deployments, deployment("web"));
    expect(client.ask("GET", `${deployments}/web/scale`)).toMatchObject({
      kind: "Scale",
      spec: { replicas: 2 },
      status: { selector: "app=web" },
    });
    expect(client.merge(`${deployments}/web/scale`, { spec: { replicas: 5 } })).toMatchObject({
      spec: { replicas: 5 },
    });
    expect(client.ask("GET", `${deployments}/web`).metadata.generation).toBe(2);
    const merge = "application/merge-patch+json";
    expect(
      client.refused("PATCH", `${deployments}/web/scale`, { spec: { replicas: -1 } }, merge)
        .message,
    ).toBe(
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(client.refused("GET", `${configMaps}/a/scale`).code).toBe(404);
  });

  it("bind a pod once", () => {
    const client = new ApiClient();
    client.ask("POST", pods, pod("web"));
    const binding = { target: { kind: "Node", name: "n1" } };
    client.send("POST", `${pods}/web/binding`, binding);
    expect(client.ask("GET", `${pods}/web`)).toMatchObject({
      spec: { nodeName: "n1" },
      status: { conditions: [{ type: "PodScheduled", status: "True" }] },
    });
    expect(client.refused("POST", `${pods}/web/binding`, binding).message).toBe(
      'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "n1"',
    );
  });

  it("evict a pod only as far as its budget goes", () => {
    const client = new ApiClient();
    const running = {
      status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] },
    };
    for (const name of ["a", "b"]) {
      client.ask("POST", pods, pod(name, { nodeName: "n1" }));
      client.merge(`${pods}/${name}/status`, running);
    }
    const spec = { minAvailable: 1, selector: { matchLabels: { app: "web" } } };
    client.ask("POST", budgets, {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "web" },
      spec,
    });
    const early = client.refused("POST", `${pods}/a/eviction`, eviction("a"));
    expect([early.code, early.details?.retryAfterSeconds]).toEqual([429, 10]);
    const status = {
      observedGeneration: 1,
      disruptionsAllowed: 1,
      currentHealthy: 2,
      desiredHealthy: 1,
    };
    client.merge(`${budgets}/web/status`, { status });
    client.send("POST", `${pods}/a/eviction`, eviction("a"));
    expect(client.ask("GET", `${pods}/a`)).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 30 },
      status: {
        conditions: [
          { type: "Ready" },
          { type: "DisruptionTarget", reason: "EvictionByEvictionAPI" },
        ],
      },
    });
    client.merge(`${budgets}/web/status`, { status: { currentHealthy: 1 } });
    expect(
      client.refused("POST", `${pods}/b/eviction`, eviction("b")).details?.causes?.[0]?.message,
    ).toBe("The disruption budget web needs 1 healthy pods and has 1 currently");
  });
});

describe("who asks", () => {
  const reader = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: "reader" },
    rules: [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] }],
  };
  const rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";

  it("is nobody with a token that was never given", () => {
    const client = new ApiClient();
    client.credential = { type: "token", token: "bad" };
    expect(client.refused("GET", pods)).toEqual({
      code: 401,
      reason: "Unauthorized",
      message: "Unauthorized",
    });
  });

  it("may do what a role that is bound to it or its group says, and nothing else", () => {
    const client = new ApiClient();
    client.ask("POST", `${rbac}/roles`, reader);
    client.ask("POST", `${rbac}/rolebindings`, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "readers" },
      subjects: [{ kind: "Group", name: "developers", apiGroup: "rbac.authorization.k8s.io" }],
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    });
    client.ask("POST", pods, pod("web"));
    client.credential = { type: "certificate", name: "jane", groups: ["developers"] };
    expect(listed(client, pods).names).toEqual(["web"]);
    expect(client.refused("DELETE", `${pods}/web`).message).toBe(
      'pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"',
    );
    client.credential = { type: "none" };
    expect(client.refused("GET", "/api/v1/nodes").message).toBe(
      'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
    );
  });

  it("is a node that reads only what its own pods need", () => {
    const client = new ApiClient();
    const secrets = "/api/v1/namespaces/default/secrets";
    for (const name of ["mine", "other"])
      client.ask("POST", secrets, { apiVersion: "v1", kind: "Secret", metadata: { name } });
    client.ask(
      "POST",
      pods,
      pod("web", { nodeName: "n1", volumes: [{ name: "v", secret: { secretName: "mine" } }] }),
    );
    client.credential = { type: "certificate", name: "system:node:n1", groups: ["system:nodes"] };
    expect(client.ask("GET", `${secrets}/mine`).metadata.name).toBe("mine");
    expect(client.refused("GET", `${secrets}/other`).message).toBe(
      `secrets "other" is forbidden: User "system:node:n1" cannot get resource "secrets" in API group "" in the namespace "default": no relationship found between node 'n1' and this object`,
    );
  });
});
