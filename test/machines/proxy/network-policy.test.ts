import { describe, expect, it } from "vitest";

import type { NetworkPolicy } from "../../../machines/api/network-objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import {
  type Connection,
  egressVerdict,
  ingressVerdict,
  networkPolicyVerdict,
} from "../../../machines/proxy/network-policy.ts";

function pod(name: string, namespace: string, ip: string, app: string): Pod {
  const ports = [{ name: "http", containerPort: 8080, protocol: "TCP" as const }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [{ name: "app", ports }] },
    status: { podIP: ip, podIPs: [{ ip }] },
  };
}

const web = pod("web", "shop", "10.88.0.1", "web");
const cart = pod("cart", "shop", "10.88.0.2", "cart");
const probe = pod("probe", "watch", "10.89.0.1", "probe");

const asked: Connection = {
  from: { ip: "10.88.0.2", pod: cart },
  to: { ip: "10.88.0.1", pod: web },
  port: 8080,
  protocol: "TCP",
  isWithinNode: false,
};
const fromProbe: Connection = { ...asked, from: { ip: "10.89.0.1", pod: probe } };
const fromOutside: Connection = { ...asked, from: { ip: "203.0.113.9" } };

const namespaces = { shop: { team: "shop" }, watch: { team: "watch" } };

function policy(spec: NonNullable<NetworkPolicy["spec"]>, name = "policy"): NetworkPolicy {
  const metadata = { name, namespace: "shop" };
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec };
}

const toWeb = { podSelector: { matchLabels: { app: "web" } } };

function ingress(rules: NonNullable<NetworkPolicy["spec"]>["ingress"], connection = asked) {
  const policies = [policy({ ...toWeb, ingress: rules ?? [] })];
  return ingressVerdict({ policies, namespaces }, connection).type;
}

function block(except: readonly string[]) {
  return [{ ipBlock: { cidr: "203.0.0.0/8", except } }];
}

describe("ingress", () => {
  it("is allowed to a pod that no policy selects", () => {
    const other = policy({ podSelector: { matchLabels: { app: "cart" } } });
    expect(ingressVerdict({ policies: [other], namespaces }, asked).type).toBe("allowed");
  });

  it("is denied by default to a pod that one selects, with the policies' names", () => {
    const policies = [policy(toWeb, "a"), policy({ podSelector: {} }, "b")];
    expect(ingressVerdict({ policies, namespaces }, asked)).toEqual({
      type: "denied",
      direction: "ingress",
      policies: ["shop/a", "shop/b"],
    });
  });

  it("is allowed by an empty rule to everybody, and by several policies to what one allows", () => {
    expect(ingress([{}], fromOutside)).toBe("allowed");
    const policies = [policy(toWeb), policy({ ...toWeb, ingress: [{}] })];
    expect(ingressVerdict({ policies, namespaces }, asked).type).toBe("allowed");
  });

  it("from a podSelector alone means pods of the policy's own namespace", () => {
    const from = [{ podSelector: {} }];
    expect(ingress([{ from }])).toBe("allowed");
    expect(ingress([{ from }], fromProbe)).toBe("denied");
    expect(ingress([{ from }], fromOutside)).toBe("denied");
  });

  it("from a namespaceSelector means all its pods, with a podSelector some of them", () => {
    const namespaceSelector = { matchLabels: { team: "watch" } };
    expect(ingress([{ from: [{ namespaceSelector }] }], fromProbe)).toBe("allowed");
    const podSelector = { matchLabels: { app: "cart" } };
    expect(ingress([{ from: [{ namespaceSelector, podSelector }] }], fromProbe)).toBe("denied");
    const either = [{ namespaceSelector }, { podSelector }];
    expect(ingress([{ from: either }], fromProbe)).toBe("allowed");
    expect(ingress([{ from: either }])).toBe("allowed");
  });

  it("from an ipBlock leaves out its exceptions", () => {
    expect(ingress([{ from: block([]) }], fromOutside)).toBe("allowed");
    expect(ingress([{ from: block(["203.0.113.0/24"]) }], fromOutside)).toBe("denied");
    expect(ingress([{ from: block([]) }])).toBe("denied");
  });

  it("at a port, a named port, a range or another protocol", () => {
    expect(ingress([{ ports: [{ port: 8080 }] }])).toBe("allowed");
    expect(ingress([{ ports: [{ port: "http" }] }])).toBe("allowed");
    expect(ingress([{ ports: [{ port: "https" }] }])).toBe("denied");
    expect(ingress([{ ports: [{ port: 8000, endPort: 8080 }] }])).toBe("allowed");
    expect(ingress([{ ports: [{ port: 8000, endPort: 8079 }] }])).toBe("denied");
    expect(ingress([{ ports: [{ protocol: "UDP", port: 8080 }] }])).toBe("denied");
    expect(ingress([{ ports: [{ protocol: "TCP" }] }])).toBe("allowed");
  });
});

describe("egress", () => {
  const fromCart = { podSelector: { matchLabels: { app: "cart" } } };

  it("is denied where the source is selected for it, and not by ingress rules alone", () => {
    const view = { policies: [policy({ ...fromCart, policyTypes: ["Egress"] })], namespaces };
    expect(egressVerdict(view, asked).type).toBe("denied");
    const inward = { policies: [policy(fromCart)], namespaces };
    expect(egressVerdict(inward, asked).type).toBe("allowed");
  });

  it("is asked of the source before ingress is of the destination; both have to allow", () => {
    const out = policy({ ...fromCart, egress: [{ to: [toWeb] }], policyTypes: ["Egress"] });
    const closed = policy(toWeb, "closed");
    const verdict = networkPolicyVerdict({ policies: [out, closed], namespaces }, asked);
    expect(verdict).toMatchObject({ direction: "ingress", policies: ["shop/closed"] });
    const open = networkPolicyVerdict({ policies: [out], namespaces }, asked);
    expect(open.type).toBe("allowed");
  });
});

describe("a node", () => {
  it("always reaches its own pods, as its kubelet has to", () => {
    const probing = { ...asked, from: { ip: "192.168.0.2" }, isWithinNode: true };
    const view = { policies: [policy({ podSelector: {} })], namespaces };
    expect(networkPolicyVerdict(view, probing).type).toBe("allowed");
    expect(networkPolicyVerdict(view, { ...probing, isWithinNode: false }).type).toBe("denied");
  });
});
