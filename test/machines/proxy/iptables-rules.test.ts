import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Endpoint, EndpointSlice, Service } from "../../../machines/api/network-objects.ts";
import { iptablesText } from "../../../machines/proxy/iptables-rule.ts";
import { iptablesRules } from "../../../machines/proxy/iptables-rules.ts";
import { servicePortsOf } from "../../../machines/proxy/service-port.ts";
import { endpointsByServicePort } from "../../../machines/proxy/topology.ts";

/** pkg/proxy/iptables/proxier_test.go TestOverallIPTablesRules, without nfacct counters. */
const expected = readFileSync(new URL("overall-iptables-rules.txt", import.meta.url), "utf8");

function service(nth: number, spec: Service["spec"], nodePort?: number, ingress?: string): Service {
  const port = { name: "p80", port: 80, protocol: "TCP" as const };
  const ports = [nodePort === undefined ? port : { ...port, nodePort }];
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: `ns${nth}`, name: `svc${nth}` },
    spec: { clusterIP: `172.30.0.4${nth}`, ports, ...spec },
    ...(ingress !== undefined && { status: { loadBalancer: { ingress: [{ ip: ingress }] } } }),
  };
}

const services = [
  service(1, {}),
  service(
    2,
    {
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      externalIPs: ["192.168.99.22"],
      healthCheckNodePort: 30_000,
    },
    3_001,
    "1.2.3.4",
  ),
  service(3, { type: "NodePort" }, 3_003),
  service(4, { type: "NodePort", externalIPs: ["192.168.99.33"] }),
  service(
    5,
    {
      type: "LoadBalancer",
      externalTrafficPolicy: "Cluster",
      healthCheckNodePort: 30_000,
      loadBalancerSourceRanges: [" 203.0.113.0/25"],
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    },
    3_002,
    "5.6.7.8",
  ),
  service(6, { type: "ClusterIP" }),
];

function slice(nth: number, endpoints: readonly Endpoint[]): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      namespace: `ns${nth}`,
      name: `svc${nth}-1`,
      labels: { "kubernetes.io/service-name": `svc${nth}` },
    },
    addressType: "IPv4",
    endpoints,
    ports: [{ name: "p80", port: 80, protocol: "TCP" }],
  };
}

const slices = [
  slice(1, [{ addresses: ["10.180.0.1"] }]),
  slice(2, [{ addresses: ["10.180.0.2"] }]),
  slice(3, [{ addresses: ["10.180.0.3"] }]),
  slice(4, [{ addresses: ["10.180.0.4"] }, { addresses: ["10.180.0.5"], nodeName: "node" }]),
  slice(5, [{ addresses: ["10.180.0.3"] }]),
];

function chainOf(line: string): string {
  return /^(?::|-A )(\S+)/.exec(line)?.[1] ?? "";
}

/** A table's chains in the order of their names, the rules of each in theirs. */
function inOrder(text: string): readonly string[] {
  return text.split("*nat\n").flatMap((table) => {
    const lines = table.split("\n").filter((line) => /^[:-]/.test(line));
    const kinds = lines.map((line) => [line.startsWith(":") ? 0 : 1, chainOf(line), line] as const);
    const sorted = kinds.toSorted(([a, one], [b, other]) => {
      return a - b || (one < other ? -1 : one > other ? 1 : 0);
    });
    return sorted.map(([, , line]) => line);
  });
}

describe("the iptables rules of a node", () => {
  it("are those that Kubernetes' own kube-proxy writes for the same services", () => {
    const node = { name: "node", ip: "192.168.0.2" };
    const ports = services.flatMap((one) => servicePortsOf(one));
    const endpoints = endpointsByServicePort(slices, node);
    const rules = iptablesRules({ node, ports, endpoints, clusterCIDR: "10.0.0.0/8" });
    const text = iptablesText(rules)
      .replaceAll("0x00004000", "0x4000")
      .replaceAll(" --random-fully", "");
    expect(inOrder(text)).toEqual(inOrder(expected));
  });
});
