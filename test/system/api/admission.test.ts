import { describe, expect, it } from "vitest";

import { ApiClient } from "../../support/api-client.ts";

const root = "/api/v1/namespaces";
const rbac = "/apis/rbac.authorization.k8s.io/v1";

function pod(name: string, spec: object = {}): object {
  const containers = [{ name: "app", image: "registry.example/web:1.0" }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers, ...spec } };
}

function quota(hard: object, used?: object, spec: object = {}): ApiClient {
  const client = new ApiClient();
  const object = { metadata: { name: "few" }, spec: { hard, ...spec } };
  client.ask("POST", `${root}/default/resourcequotas`, object);
  if (used !== undefined) {
    client.merge(`${root}/default/resourcequotas/few/status`, { status: { hard, used } });
  }
  return client;
}

function usedOf(client: ApiClient): unknown {
  const object: object = client.ask("GET", `${root}/default/resourcequotas/few`);
  return "status" in object ? object.status : undefined;
}

describe("ResourceQuota", () => {
  it("counts what is created, and refuses what goes beyond", () => {
    const client = quota({ pods: "2" }, { pods: "0" });
    client.ask("POST", `${root}/default/pods`, pod("a"));
    client.ask("POST", `${root}/default/pods`, pod("b"));
    expect(usedOf(client)).toEqual({ hard: { pods: "2" }, used: { pods: "2" } });
    expect(client.refused("POST", `${root}/default/pods`, pod("c")).message).toBe(
      'pods "c" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2',
    );
  });

  it("wants every container to say what of processors and memory is counted", () => {
    const hard = { "requests.cpu": "1", "limits.memory": "1Gi" };
    const client = quota(hard, { "requests.cpu": "0", "limits.memory": "0" });
    expect(client.refused("POST", `${root}/default/pods`, pod("a")).message).toBe(
      'pods "a" is forbidden: failed quota: few: must specify limits.memory for: app; requests.cpu for: app',
    );
  });

  it("lets nobody in before somebody has counted", () => {
    const client = quota({ pods: "2" });
    const status = { status: { hard: { pods: "2" } } };
    client.merge(`${root}/default/resourcequotas/few/status`, status);
    expect(client.refused("POST", `${root}/default/pods`, pod("a")).message).toBe(
      'pods "a" is forbidden: status unknown for quota: few, resources: pods',
    );
  });

  it("counts only what its scopes mean", () => {
    const scopes = { scopes: ["Terminating"] };
    const client = quota({ pods: "0" }, { pods: "0" }, scopes);
    client.ask("POST", `${root}/default/pods`, pod("a"));
    const short = pod("b", { activeDeadlineSeconds: 10 });
    expect(client.refused("POST", `${root}/default/pods`, short).reason).toBe("Forbidden");
  });

  it("counts objects of every kind", () => {
    const name = "count/deployments.apps";
    const client = quota({ [name]: "0", configmaps: "0" }, { [name]: "0", configmaps: "0" });
    const refused = client.refused("POST", `${root}/default/configmaps`, {
      metadata: { name: "c" },
    });
    expect(refused.message).toContain("requested: configmaps=1, used: configmaps=0");
  });
});

function secured(labels: object): ApiClient {
  const client = new ApiClient();
  const prefixed = Object.entries(labels).map(([mode, level]) => {
    return [`pod-security.kubernetes.io/${mode}`, level] as const;
  });
  client.merge(`${root}/default`, { metadata: { labels: Object.fromEntries(prefixed) } });
  return client;
}

describe("PodSecurity", () => {
  it("refuses what the level of the namespace forbids", () => {
    const client = secured({ enforce: "baseline", "enforce-version": "v1.28" });
    const refused = client.refused("POST", `${root}/default/pods`, pod("a", { hostPID: true }));
    expect(refused.message).toBe(
      'pods "a" is forbidden: violates PodSecurity "baseline:v1.28": host namespaces (hostPID=true)',
    );
  });

  it("warns of a workload whose pods it would refuse", () => {
    const client = secured({ enforce: "baseline" });
    const spec = {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { hostNetwork: true, containers: [{ name: "app", image: "web" }] },
      },
    };
    const answer = client.send("POST", "/apis/apps/v1/namespaces/default/deployments", {
      metadata: { name: "web" },
      spec,
    });
    expect("warnings" in answer && answer.warnings).toEqual([
      'would violate PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
    ]);
  });

  it("wants levels that there are", () => {
    const labels = { "pod-security.kubernetes.io/enforce": "strict" };
    const refused = new ApiClient().refused("POST", root, { metadata: { name: "shop", labels } });
    expect(refused.details?.causes?.[0]).toEqual({
      reason: "FieldValueInvalid",
      message: 'Invalid value: "strict": must be one of privileged, baseline, restricted',
      field: "metadata.labels[pod-security.kubernetes.io/enforce]",
    });
  });
});

function asJane(...rules: readonly object[]): ApiClient {
  const client = new ApiClient();
  const roles = { apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"], verbs: ["create"] };
  client.ask("POST", `${rbac}/clusterroles`, {
    metadata: { name: "editor" },
    rules: [roles, ...rules],
  });
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "editor" };
  const subjects = [{ apiGroup: roleRef.apiGroup, kind: "User", name: "jane" }];
  client.ask("POST", `${rbac}/clusterrolebindings`, {
    metadata: { name: "jane" },
    roleRef,
    subjects,
  });
  client.credential = { type: "certificate", name: "jane", groups: [] };
  return client;
}

describe("RBAC", () => {
  const secrets = { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] };
  const reader = { metadata: { name: "reader" }, rules: [secrets] };

  it("lets nobody grant what they do not hold", () => {
    const client = asJane();
    const refused = client.refused("POST", `${rbac}/namespaces/default/roles`, reader);
    expect(refused.message).toBe(
      'roles.rbac.authorization.k8s.io "reader" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}',
    );
  });

  it("lets who may escalate do so, and who holds a right grant it", () => {
    const escalate = { ...secrets, resources: ["roles"], verbs: ["escalate"] };
    const group = { ...escalate, apiGroups: ["rbac.authorization.k8s.io"] };
    for (const rule of [group, secrets]) {
      asJane(rule).ask("POST", `${rbac}/namespaces/default/roles`, reader);
    }
  });

  it("lets nobody bind a role whose rights they do not hold", () => {
    const client = asJane();
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "none" };
    const binding = { metadata: { name: "more" }, roleRef };
    const path = `${rbac}/namespaces/default/rolebindings`;
    const all = { ...roleRef, kind: "ClusterRole", name: "cluster-admin" };
    expect(client.refused("POST", path, { ...binding, roleRef: all }).message).toContain(
      '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n{NonResourceURLs:["*"], Verbs:["*"]}',
    );
    expect(client.refused("POST", path, binding).message).toBe(
      'roles.rbac.authorization.k8s.io "none" not found',
    );
  });
});

describe("claims", () => {
  const claims = `${root}/default/persistentvolumeclaims`;
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

  it("get the default StorageClass", () => {
    const client = new ApiClient();
    const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
    client.ask("POST", "/apis/storage.k8s.io/v1/storageclasses", {
      metadata: { name: "fast", annotations },
      provisioner: "example.com/disk",
    });
    const claim = client.ask("POST", claims, { metadata: { name: "data" }, spec });
    expect(claim).toMatchObject({ spec: { storageClassName: "fast" } });
  });

  it("are held between the least and the most of a LimitRange", () => {
    const client = new ApiClient();
    const limits = [{ type: "PersistentVolumeClaim", max: { storage: "500Mi" } }];
    client.ask("POST", `${root}/default/limitranges`, {
      metadata: { name: "l" },
      spec: { limits },
    });
    expect(client.refused("POST", claims, { metadata: { name: "data" }, spec }).message).toBe(
      'persistentvolumeclaims "data" is forbidden: maximum storage usage per PersistentVolumeClaim is 500Mi, but request is 1Gi',
    );
  });
});

function made(name: string): object {
  return { metadata: { name }, value: 10, globalDefault: true };
}

describe("a second default PriorityClass", () => {
  it("is refused", () => {
    const client = new ApiClient();
    const path = "/apis/scheduling.k8s.io/v1/priorityclasses";
    client.ask("POST", path, made("low"));
    expect(client.refused("POST", path, made("high")).message).toBe(
      'priorityclasses.scheduling.k8s.io "high" is forbidden: PriorityClass low is already marked as default. Only one default can exist',
    );
  });
});
