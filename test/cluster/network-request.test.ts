import { describe, expect, it } from "vitest";

import { isStored } from "../../machines/api/objects.ts";
import { createCluster, type KubeCluster, loadCluster } from "../../src/cluster/create-cluster.ts";
import { rulesOf, rulesText } from "../../src/system/proxy-rules.ts";

function service(spec: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]${spec} }
`;
}

const web = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: app, image: "registry.example/web:1", ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { role: client } }
spec: { containers: [{ name: app, image: "registry.example/client:1" }] }
`;

const client = { pod: "client" };

function settled(spec = "", proxyMode: "iptables" | "ipvs" = "iptables"): KubeCluster {
  const cluster = createCluster({ nodes: 3, seed: 7, proxyMode });
  cluster.apply(service(spec));
  cluster.apply(web);
  cluster.settle();
  return cluster;
}

function podsOf(cluster: KubeCluster): readonly string[] {
  const { items } = cluster.list("pods", { labelSelector: "app=web" });
  return items.map(({ metadata }) => `default/${metadata.name}`);
}

function nodePortOf(cluster: KubeCluster): number {
  const object = cluster.get("service", "web");
  const found = isStored(object, "Service") ? object.spec?.ports?.[0]?.nodePort : undefined;
  return found ?? 0;
}

/** Who answers so many requests; `refused` or `timed out` where nobody does. */
function answers(cluster: KubeCluster, target: string, times: number, from = client as From) {
  return Array.from({ length: times }, () => {
    const answer = cluster.request(target, from);
    return answer.outcome === "answered" ? (answer.pod ?? answer.endpoint) : answer.outcome;
  });
}

type From = Parameters<KubeCluster["request"]>[1];

describe("a request to a Service", () => {
  const cluster = settled();
  const { spec } = Object(cluster.get("service", "web"));

  it("is answered by each of its pods, by name and by cluster IP, drawn from the seed", () => {
    const fork = cluster.fork();
    const drawn = answers(fork, "web", 30);
    expect(new Set(drawn)).toEqual(new Set(podsOf(cluster)));
    expect(answers(cluster.fork(), "web", 30)).toEqual(drawn);
    for (const host of ["web.default", "web.default.svc.cluster.local", spec.clusterIP]) {
      expect(podsOf(cluster)).toContain(answers(fork, `${host}:80`, 1)[0]);
    }
  });

  it("goes through the chains of its port", () => {
    const answer = cluster.fork().request("web", client);
    expect(answer.outcome).toBe("answered");
    if (answer.outcome !== "answered") return;
    expect(answer.via.map((chain) => chain.replace(/-[A-Z2-7]{16}$/, ""))).toEqual([
      "KUBE-SERVICES",
      "KUBE-SVC",
      "KUBE-SEP",
    ]);
    expect(answer.endpoint).toMatch(/^10\.\d+\.0\.\d+:8080$/);
  });

  it("finds no name that there is not, and no port that the Service has not", () => {
    expect(cluster.request("wbe", client)).toMatchObject({ outcome: "no such host" });
    expect(cluster.request("web.other", client)).toMatchObject({ outcome: "no such host" });
    expect(cluster.request("web:81", client)).toMatchObject({ outcome: "timed out" });
    const outside = cluster.request(`${spec.clusterIP}:80`, { ip: "203.0.113.9" });
    expect(outside).toMatchObject({ outcome: "timed out" });
  });

  it("is refused at once when there is no endpoint", () => {
    const empty = cluster.fork();
    empty.scale("rs", "web", 0);
    empty.settle();
    expect(empty.request("web", client)).toMatchObject({
      outcome: "refused",
      because: "default/web has no endpoints",
    });
  });

  it("takes turns with ipvs", () => {
    const turns = settled("", "ipvs");
    const six = answers(turns, "web", 6);
    expect(new Set(six.slice(0, 3))).toEqual(new Set(podsOf(turns)));
    expect(six.slice(3)).toEqual(six.slice(0, 3));
    const rules = rulesOf(turns.cluster.system.world, "node-1");
    expect(rules === undefined ? "" : rulesText(rules)).toMatch(
      /TCP {2}10\.96\.\d+\.\d+:80 rr\n( {2}-> 10\.\d+\.0\.\d+:8080 +Masq {4}1\n){3}$/,
    );
  });

  it("stays with one pod for as long as the session affinity lasts", () => {
    const affinity =
      ", sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }";
    for (const mode of ["iptables", "ipvs"] as const) {
      const sticky = settled(affinity, mode);
      expect(new Set(answers(sticky, "web", 20)).size, mode).toBe(1);
      const later = Array.from({ length: 20 }, () => {
        sticky.advance("61s");
        return answers(sticky, "web", 1)[0];
      });
      expect(new Set(later).size, mode).toBeGreaterThan(1);
    }
  });

  it("goes on with the same memory where it was saved", () => {
    const turns = settled("", "ipvs");
    answers(turns, "web", 1);
    const loaded = loadCluster(JSON.parse(JSON.stringify(turns.save())));
    expect(answers(loaded, "web", 3)).toEqual(answers(turns, "web", 3));
  });
});

describe("rules of a node", () => {
  it("are at least a second apart: a pod that is gone may still be asked until then", () => {
    const cluster = settled();
    cluster.scale("rs", "web", 2);
    cluster.advance(100);
    cluster.scale("rs", "web", 0);
    cluster.advance(200);
    const soon = answers(cluster, "web", 5);
    expect(soon).not.toContain("refused");
    cluster.settle();
    expect(answers(cluster, "web", 1)).toEqual(["refused"]);
  });

  it("send to pods that terminate and still serve, where no other is left", () => {
    const cluster = createCluster({ nodes: 3, seed: 7 });
    const slow = "lifecycle: { preStop: { sleep: { seconds: 9 } } }, ports";
    cluster.apply(`${service("")}---${web.replace("ports", slow)}`);
    cluster.settle();
    const before = podsOf(cluster);
    cluster.scale("rs", "web", 0);
    cluster.advance("3s");
    expect(new Set(answers(cluster, "web", 30))).toEqual(new Set(before));
    cluster.settle();
    expect(answers(cluster, "web", 1)).toEqual(["refused"]);
  });
});

describe("a request from outside", () => {
  const external = ", type: NodePort";

  it("is answered at the node port of every node", () => {
    const cluster = settled(external);
    const port = nodePortOf(cluster);
    for (const node of ["node-1", "node-2", "node-3"]) {
      const [pod = ""] = answers(cluster, `${node}:${port}`, 1, { ip: "203.0.113.9" });
      expect(podsOf(cluster)).toContain(pod);
    }
    const other = cluster.request("node-1:30999", { ip: "203.0.113.9" });
    expect(other).toMatchObject({ outcome: "refused" });
  });

  it("is answered on the same node alone under externalTrafficPolicy Local, or by nobody", () => {
    const cluster = settled(`${external}, externalTrafficPolicy: Local`);
    const port = nodePortOf(cluster);
    cluster.scale("rs", "web", 1);
    cluster.settle();
    const { items } = cluster.list("pods", { labelSelector: "app=web" });
    const [only] = items.filter((pod) => isStored(pod, "Pod"));
    for (const { metadata } of cluster.list("nodes").items) {
      const isNear = metadata.name === only?.spec.nodeName;
      const [got] = answers(cluster, `${metadata.name}:${port}`, 1, { ip: "203.0.113.9" });
      expect(got).toBe(isNear ? `default/${only?.metadata.name}` : "timed out");
    }
  });

  it("is answered at a balancer's address, for the sources that may ask", () => {
    const cluster = settled(', type: LoadBalancer, loadBalancerSourceRanges: ["203.0.113.0/24"]');
    const status = { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } };
    cluster.patch("service", "web", { status }, { subresource: "status", type: "merge" });
    cluster.settle();
    const target = "198.51.100.7:80";
    const [pod = ""] = answers(cluster, target, 1, { ip: "203.0.113.9" });
    expect(podsOf(cluster)).toContain(pod);
    expect(cluster.request(target, { ip: "192.0.2.1" })).toMatchObject({
      outcome: "timed out",
      because: expect.stringContaining("traffic not accepted by KUBE-FW-"),
    });
  });
});

describe("a NetworkPolicy", () => {
  const deny = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress] }
`;
  const allow = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ podSelector: { matchLabels: { role: client } } }]
      ports: [{ port: 8080 }]
`;

  it("keeps a client from the pods behind a Service, until another lets it in", () => {
    const cluster = settled();
    cluster.apply(deny);
    expect(cluster.request("web", client)).toMatchObject({
      outcome: "timed out",
      because: "ingress is not among what NetworkPolicy default/deny allows",
    });
    cluster.apply(allow);
    expect(cluster.request("web", client)).toMatchObject({ outcome: "answered" });
  });
});
