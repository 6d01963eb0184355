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

function configMap(name: string, metadata: object = {}): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data: { a: "1" } };
}

function fieldsOf(object: object): Readonly<Record<string, unknown>> {
  return { ...object };
}

describe("create", () => {
  it("gives an object its uid, its time, its defaults and its first generation", () => {
    const client = new ApiClient();
    const made = client.ask("POST", deployments, { ...deployment("web"), status: { replicas: 9 } });
    expect(made.metadata).toMatchObject({
      name: "web",
      namespace: "default",
      generation: 1,
      creationTimestamp: "2026-01-01T00:00:00Z",
    });
    expect(made.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(fieldsOf(made)["status"]).toBeUndefined();
  });

  it("makes up a name, another one for each object", () => {
    const client = new ApiClient();
    const names = [0, 1, 2].map(() => {
      return client.ask("POST", configMaps, configMap("", { name: undefined, generateName: "c-" }))
        .metadata.name;
    });
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => /^c-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name))).toBe(true);
  });

  it("refuses what is there, what has no namespace, and what comes into a namespace that goes", () => {
    const client = new ApiClient();
    client.ask("POST", configMaps, configMap("a"));
    expect(client.refused("POST", configMaps, configMap("a")).message).toBe(
      'configmaps "a" already exists',
    );
    const elsewhere = "/api/v1/namespaces/none/configmaps";
    expect(client.refused("POST", elsewhere, configMap("a")).message).toBe(
      'namespaces "none" not found',
    );
    client.ask("POST", "/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop" },
      spec: { finalizers: ["kubernetes"] },
    });
    client.ask("DELETE", "/api/v1/namespaces/shop");
    const refused = client.refused("POST", "/api/v1/namespaces/shop/configmaps", configMap("a"));
    expect(refused.message).toBe(
      'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    expect(refused.details?.causes?.[0]?.reason).toBe("NamespaceTerminating");
  });

  it("writes nothing when it is only tried", () => {
    const client = new ApiClient();
    client.send("POST", `${configMaps}?dryRun=All`, configMap("a"));
    expect(client.refused("GET", `${configMaps}/a`).code).toBe(404);
  });
});

describe("list", () => {
  it("gives pages of one revision, whatever is written meanwhile", () => {
    const client = new ApiClient();
    for (const name of ["e", "a", "d", "b", "c"]) client.ask("POST", configMaps, configMap(name));
    const first = listed(client, `${configMaps}?limit=2`);
    expect(first.names).toEqual(["a", "b"]);
    expect(first.metadata.remainingItemCount).toBe(3);
    client.ask("POST", configMaps, configMap("bb"));
    client.ask("DELETE", `${configMaps}/d`);
    const second = listed(client, `${configMaps}?limit=2&continue=${first.metadata.continue}`);
    const third = listed(client, `${configMaps}?limit=2&continue=${second.metadata.continue}`);
    expect([...second.names, ...third.names]).toEqual(["c", "d", "e"]);
    expect(third.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(third.metadata.continue).toBeUndefined();
    expect(listed(client, configMaps).names).toEqual(["a", "b", "bb", "c", "e"]);
  });

  it("says so when the page's revision is compacted, and how to go on", () => {
    const client = new ApiClient();
    for (const name of ["a", "b", "c"]) client.ask("POST", configMaps, configMap(name));
    const { metadata } = listed(client, `${configMaps}?limit=1`);
    client.ask("DELETE", `${configMaps}/c`);
    client.store.compact(client.store.revision);
    const expired = client.refused("GET", `${configMaps}?limit=1&continue=${metadata.continue}`);
    expect([expired.code, expired.reason]).toEqual([410, "Expired"]);
    expect(listed(client, `${configMaps}?continue=${expired.continue}`).names).toEqual(["b"]);
  });

  it("selects by labels and fields, in one namespace or in all", () => {
    const client = new ApiClient();
    for (const name of ["a", "b"]) client.ask("POST", pods, pod(name));
    client.ask("POST", "/api/v1/namespaces/kube-system/pods", pod("c"));
    client.merge(`${pods}/b`, { metadata: { labels: { tier: "front" } } });
    expect(listed(client, `${pods}?labelSelector=app%3Dweb,!tier`).names).toEqual(["a"]);
    expect(listed(client, "/api/v1/pods?labelSelector=app+in+(web)").names).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(listed(client, `${pods}?fieldSelector=metadata.name%3Db`).names).toEqual(["b"]);
    expect(client.refused("GET", `${pods}?labelSelector=a+in+(b`).code).toBe(400);
    expect(client.refused("GET", `${pods}?continue=abc`).message).toContain(
      "continue key is not valid",
    );
  });
});

describe("update and patch", () => {
  it("refuse what was read before somebody else has written", () => {
    const client = new ApiClient();
    const read = client.ask("POST", deployments, deployment("web"));
    client.merge(`${deployments}/web`, { spec: { replicas: 3 } });
    const refused = client.refused("PUT", `${deployments}/web`, read);
    expect(refused.message).toBe(
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    );
    const again = client.ask("GET", `${deployments}/web`);
    expect(client.ask("PUT", `${deployments}/web`, again).metadata.resourceVersion).toBe(
      again.metadata.resourceVersion,
    );
  });

  it("count another generation when the spec changes, and none when the status or labels do", () => {
    const client = new ApiClient();
    client.ask("POST", deployments, deployment("web"));
    const generations = [
      client.merge(`${deployments}/web`, { spec: { replicas: 3 } }),
      client.merge(`${deployments}/web`, { metadata: { labels: { a: "b" } } }),
      client.merge(`${deployments}/web/status`, { spec: { replicas: 9 }, status: { replicas: 3 } }),
      client.merge(`${deployments}/web`, {
        metadata: { annotations: { a: "b" } },
        status: { replicas: 7 },
      }),
    ].map(({ metadata }) => metadata.generation);
    expect(generations).toEqual([2, 2, 2, 3]);
    const { spec, status } = JSON.parse(JSON.stringify(client.ask("GET", `${deployments}/web`)));
    expect([spec.replicas, status.replicas]).toEqual([3, 3]);
  });

  it("write nothing where nothing changes", () => {
    const client = new ApiClient();
    const { metadata } = client.ask("POST", configMaps, configMap("a"));
    expect(client.merge(`${configMaps}/a`, { data: { a: "1" } }).metadata.resourceVersion).toBe(
      metadata.resourceVersion,
    );
  });

  it("keep names, kinds and depth", () => {
    const client = new ApiClient();
    client.ask("POST", configMaps, configMap("a"));
    const put = client.refused("PUT", `${configMaps}/a`, configMap("b"));
    expect(put.message).toBe("the name of the object (b) does not match the name on the URL (a)");
    expect(client.refused("PUT", `${configMaps}/none`, configMap("none")).code).toBe(404);
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    const merge = "application/merge-patch+json";
    expect(client.refused("PATCH", `${configMaps}/a`, deep, merge).message).toBe(
      "exceeded max depth",
    );
    const many = Array.from({ length: 10_001 }, () => ({
      op: "test",
      path: "/kind",
      value: "ConfigMap",
    }));
    expect(
      client.refused("PATCH", `${configMaps}/a`, many, "application/json-patch+json").code,
    ).toBe(413);
  });

  it("leave alone what all objects share, whatever keys a patch has", () => {
    const client = new ApiClient();
    client.ask("POST", configMaps, configMap("a"));
    const evil = JSON.parse(
      '{"data":{"__proto__":"x","constructor":"y"},"metadata":{"labels":{"__proto__":"z"}}}',
    );
    client.send("PATCH", `${configMaps}/a`, evil, "application/merge-patch+json");
    client.send("PATCH", `${configMaps}/a`, evil, "application/strategic-merge-patch+json");
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(fieldsOf({})["x"]).toBeUndefined();
  });
});

describe("delete", () => {
  it("takes an object away at once, or leaves it to those who have finalizers on it", () => {
    const client = new ApiClient();
    client.ask("POST", configMaps, configMap("a"));
    client.ask("DELETE", `${configMaps}/a`);
    expect(client.refused("GET", `${configMaps}/a`).code).toBe(404);
    client.ask("POST", configMaps, configMap("held", { finalizers: ["example.com/hold"] }));
    const held = client.ask("DELETE", `${configMaps}/held`);
    expect(held.metadata.deletionGracePeriodSeconds).toBe(0);
    const more = { metadata: { finalizers: ["example.com/hold", "example.com/more"] } };
    expect(
      client.refused("PATCH", `${configMaps}/held`, more, "application/merge-patch+json").code,
    ).toBe(422);
    client.merge(`${configMaps}/held`, { metadata: { finalizers: null } });
    expect(client.refused("GET", `${configMaps}/held`).code).toBe(404);
  });

  it("waits for the garbage collector where the request or the kind says so", () => {
    const client = new ApiClient();
    client.ask("POST", deployments, deployment("web"));
    const answer = client.ask("DELETE", `${deployments}/web?propagationPolicy=Foreground`);
    expect(answer.metadata.finalizers).toEqual(["foregroundDeletion"]);
    expect(answer.metadata.generation).toBe(2);
    client.ask("POST", deployments, deployment("bare"));
    client.ask("DELETE", `${deployments}/bare`, { propagationPolicy: "Orphan" });
    expect(client.ask("GET", `${deployments}/bare`).metadata.finalizers).toEqual(["orphan"]);
  });

  it("asks whether it is the one that was meant", () => {
    const client = new ApiClient();
    client.ask("POST", pods, pod("web"));
    const refused = client.refused("DELETE", `${pods}/web`, { preconditions: { uid: "other" } });
    expect(refused.message).toContain(
      'Operation cannot be fulfilled on Pod "web": the UID in the precondition (other)',
    );
  });

  it("marks a pod that runs, and takes one away that was never bound", () => {
    const client = new ApiClient();
    client.ask("POST", pods, pod("free"));
    client.ask("DELETE", `${pods}/free`);
    expect(client.refused("GET", `${pods}/free`).code).toBe(404);
    client.ask("POST", pods, pod("bound", { nodeName: "n1" }));
    expect(client.ask("DELETE", `${pods}/bound`).metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: "2026-01-01T00:00:30Z",
      generation: 2,
    });
    client.ask("DELETE", `${pods}/bound?gracePeriodSeconds=0`);
    expect(client.refused("GET", `${pods}/bound`).code).toBe(404);
  });

  it("takes away all that a selector means", () => {
    const client = new ApiClient();
    for (const name of ["a", "b", "c"]) client.ask("POST", configMaps, configMap(name));
    client.merge(`${configMaps}/b`, { metadata: { labels: { keep: "yes" } } });
    client.send("DELETE", `${configMaps}?labelSelector=!keep`);
    expect(listed(client, configMaps).names).toEqual(["b"]);
  });

  it("waits with a namespace until somebody has emptied it", () => {
    const client = new ApiClient();
    const shop = "/api/v1/namespaces/shop";
    client.ask("POST", "/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop" },
      spec: { finalizers: ["kubernetes"] },
    });
    expect(fieldsOf(client.ask("DELETE", shop))["status"]).toEqual({ phase: "Terminating" });
    const emptied = { ...client.ask("GET", shop), spec: {} };
    client.ask("PUT", `${shop}/finalize`, emptied);
    expect(client.refused("GET", shop).code).toBe(404);
    expect(client.refused("DELETE", "/api/v1/namespaces/default").message).toBe(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});
