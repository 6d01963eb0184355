import { describe, expect, it } from "vitest";

import { ApiClient } from "../../support/api-client.ts";
import { pod, pods } from "../../support/api-objects.ts";

describe("a request in somebody else's name", () => {
  const bob = { user: "bob", groups: [] };

  it("counts as theirs", () => {
    const client = new ApiClient();
    const answer = client.send("GET", pods, undefined, undefined, bob);
    expect(answer).toMatchObject({
      refused: { message: expect.stringContaining('User "bob" cannot list resource "pods"') },
    });
  });

  it("is refused to whom may not impersonate", () => {
    const client = new ApiClient();
    client.credential = { type: "certificate", name: "jane", groups: [] };
    const answer = client.send("GET", pods, undefined, undefined, bob);
    expect(answer).toMatchObject({
      refused: {
        code: 403,
        message:
          'users "bob" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
      },
    });
  });

  it("has a service account's own groups", () => {
    const client = new ApiClient();
    const user = "system:serviceaccount:default:ci";
    client.ask("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", {
      metadata: { name: "reader" },
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }],
    });
    client.ask("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
      metadata: { name: "accounts" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" },
      subjects: [{ kind: "Group", name: "system:serviceaccounts:default" }],
    });
    const answer = client.send("GET", pods, undefined, undefined, { user, groups: [] });
    expect(answer).toMatchObject({ code: 200 });
  });
});

describe("a pod's log and processes", () => {
  it("are those of a container that it has, on a node that it has", () => {
    const client = new ApiClient();
    client.ask("POST", pods, pod("web"));
    expect(client.refused("GET", `${pods}/web/log?container=none`).message).toBe(
      "container none is not valid for pod web",
    );
    expect(client.refused("POST", `${pods}/web/exec?command=ls`).message).toBe(
      "pod web does not have a host assigned",
    );
  });
});
