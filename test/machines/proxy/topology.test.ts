import { describe, expect, it } from "vitest";

import type { ServicePortInfo } from "../../../machines/proxy/service-port.ts";
import { categorizeEndpoints, type ProxyEndpoint } from "../../../machines/proxy/topology.ts";

const info: ServicePortInfo = {
  name: "default/web",
  clusterIP: "10.96.0.1",
  port: 80,
  protocol: "TCP",
  nodePort: 0,
  externalIPs: [],
  loadBalancerVIPs: [],
  loadBalancerSourceRanges: [],
  externalPolicyLocal: false,
  internalPolicyLocal: false,
  healthCheckNodePort: 0,
};
const node = { name: "here", zone: "a" };

function endpoint(ip: string, change: Partial<ProxyEndpoint> = {}): ProxyEndpoint {
  return {
    endpoint: `${ip}:80`,
    ip,
    port: 80,
    isLocal: false,
    ready: true,
    serving: true,
    terminating: false,
    zoneHints: [],
    nodeHints: [],
    ...change,
  };
}

const leaving = { ready: false, serving: true, terminating: true };

function cluster(endpoints: readonly ProxyEndpoint[]): readonly string[] {
  return categorizeEndpoints(endpoints, info, node).clusterEndpoints.map(({ ip }) => ip);
}

function local(endpoints: readonly ProxyEndpoint[]) {
  const port = { ...info, internalPolicyLocal: true };
  const { localEndpoints, hasAnyEndpoints } = categorizeEndpoints(endpoints, port, node);
  return { ips: localEndpoints.map(({ ip }) => ip), hasAnyEndpoints };
}

describe("endpoints of the traffic policy Cluster", () => {
  it("are the ready ones", () => {
    expect(cluster([endpoint("1"), endpoint("2", { ready: false, serving: false })])).toEqual([
      "1",
    ]);
  });

  it("are those that serve while they terminate, where no other is ready anywhere", () => {
    expect(cluster([endpoint("1"), endpoint("2", leaving)])).toEqual(["1"]);
    expect(cluster([endpoint("2", leaving)])).toEqual(["2"]);
    expect(cluster([endpoint("3", { ...leaving, serving: false })])).toEqual([]);
  });

  it("are those of the zone where every ready one has a hint, and one is for this zone", () => {
    const [a, b] = [endpoint("1", { zoneHints: ["a"] }), endpoint("2", { zoneHints: ["b"] })];
    expect(cluster([a, b])).toEqual(["1"]);
    expect(cluster([b])).toEqual(["2"]);
    expect(cluster([a, b, endpoint("3")])).toEqual(["1", "2", "3"]);
  });

  it("are those of the node before those of the zone", () => {
    const near = endpoint("1", { zoneHints: ["a"], nodeHints: ["here"] });
    const far = endpoint("2", { zoneHints: ["a"], nodeHints: ["there"] });
    expect(cluster([near, far])).toEqual(["1"]);
    expect(cluster([far])).toEqual(["2"]);
  });
});

describe("endpoints of the traffic policy Local", () => {
  it("are the ready ones of this node, else its terminating ones, and of no other node", () => {
    const own = endpoint("1", { isLocal: true });
    const going = endpoint("2", { isLocal: true, ...leaving });
    expect(local([own, going, endpoint("3")])).toEqual({ ips: ["1"], hasAnyEndpoints: true });
    expect(local([going, endpoint("3")])).toEqual({ ips: ["2"], hasAnyEndpoints: true });
    expect(local([endpoint("3")])).toEqual({ ips: [], hasAnyEndpoints: true });
    expect(local([])).toEqual({ ips: [], hasAnyEndpoints: false });
  });
});
