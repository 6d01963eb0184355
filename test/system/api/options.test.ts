import { describe, expect, it } from "vitest";

import { ApiClient } from "../../support/api-client.ts";

const pods = "/api/v1/namespaces/default/pods";
const services = "/api/v1/namespaces/default/services";
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web" },
  spec: { containers: [{ name: "app", image: "web" }] },
};

function service(name: string, spec: object): object {
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
}

describe("the options of a request", () => {
  it.each([
    [
      "?resourceVersion=1&resourceVersionMatch=Maybe",
      'resourceVersionMatch: Unsupported value: "Maybe": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      "?resourceVersionMatch=Exact",
      "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
    ],
    [
      "?resourceVersion=0&resourceVersionMatch=Exact",
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      "?sendInitialEvents=true",
      "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
    ],
  ])("of a list: %s", (query, why) => {
    const { code, message } = new ApiClient().refused("GET", `${pods}${query}`);
    expect([code, message]).toEqual([422, `ListOptions.meta.k8s.io "" is invalid: ${why}`]);
  });

  it.each([
    ["dryRun=Some", 'dryRun: Unsupported value: ["Some"]: supported values: "All"'],
    [
      "fieldValidation=Loose",
      'fieldValidation: Unsupported value: "Loose": supported values: "", "Ignore", "Strict", "Warn"',
    ],
    [`fieldManager=${"a".repeat(129)}`, "fieldManager: Too long: may not be more than 128 bytes"],
  ])("of a write: %s", (query, why) => {
    const { code, message } = new ApiClient().refused("POST", `${pods}?${query}`, pod);
    expect([code, message]).toEqual([422, `CreateOptions.meta.k8s.io "" is invalid: ${why}`]);
  });

  it("of a page: an exact revision shows what there was", () => {
    const client = new ApiClient();
    const { metadata } = client.ask("POST", pods, pod);
    client.ask("DELETE", `${pods}/web`);
    const query = `?resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=Exact`;
    const answer = client.send("GET", `${pods}${query}`);
    expect("object" in answer ? answer.object : answer).toMatchObject({
      items: [{ metadata: { name: "web" } }],
    });
  });
});

describe("what a new object needs", () => {
  it("is there: a pod's service account, but for the one that every namespace has", () => {
    const client = new ApiClient();
    const own = { ...pod, spec: { ...pod.spec, serviceAccountName: "builder" } };
    expect(client.refused("POST", pods, own).message).toBe(
      'pods "web" is forbidden: error looking up service account default/builder: serviceaccount "builder" not found',
    );
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "builder" } };
    client.ask("POST", "/api/v1/namespaces/default/serviceaccounts", account);
    expect(client.ask("POST", pods, own).metadata.name).toBe("web");
  });

  it("is given: a Service's address and node port, each to one Service", () => {
    const client = new ApiClient();
    const ports = [{ port: 80 }];
    expect(client.ask("POST", services, service("a", { ports }))).toMatchObject({
      spec: { clusterIP: "10.96.0.2", type: "ClusterIP" },
    });
    expect(client.ask("POST", services, service("b", { type: "NodePort", ports }))).toMatchObject({
      spec: { clusterIP: "10.96.0.3", ports: [{ port: 80, nodePort: 30_000 }] },
    });
    const refused = client.refused(
      "POST",
      services,
      service("c", { clusterIP: "10.96.0.2", ports }),
    );
    expect(refused.message).toBe(
      'Service "c" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.2"]: failed to allocate IP 10.96.0.2: provided IP is already allocated',
    );
    const scaled = client.merge(`${services}/a`, { spec: { selector: { app: "web" } } });
    expect(scaled).toMatchObject({ spec: { clusterIP: "10.96.0.2", selector: { app: "web" } } });
  });
});
