import { describe, expect, it } from "vitest";

import { allocateService } from "../../../machines/apiserver/service-allocation.ts";

type Service = Parameters<typeof allocateService>[0];

function service(spec: NonNullable<Service["spec"]>): Service {
  return { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec };
}

const web = service({
  clusterIP: "10.96.0.2",
  clusterIPs: ["10.96.0.2"],
  ports: [{ port: 80, nodePort: 30_000 }],
});

/** The spec, or what is wrong with it. */
function after(spec: NonNullable<Service["spec"]>, old?: Service) {
  const made = allocateService(service(spec), [web], old);
  return "errors" in made
    ? made.errors.map(({ field, detail }) => `${field}: ${detail}`)
    : made.service.spec;
}

describe("a Service", () => {
  it("gets an address that no other has, and one family", () => {
    expect(after({ type: "ClusterIP" })).toMatchObject({
      clusterIP: "10.96.0.3",
      clusterIPs: ["10.96.0.3"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
    });
  });

  it("has none where it wants none, and none at all for another name", () => {
    expect(after({ clusterIP: "None" })).toMatchObject({ clusterIP: "None", clusterIPs: ["None"] });
    expect(after({ type: "ExternalName", externalName: "a" })).toEqual({
      type: "ExternalName",
      externalName: "a",
    });
  });

  it("cannot have what another has", () => {
    expect(after({ clusterIP: "10.96.0.2" })).toEqual([
      "spec.clusterIPs: failed to allocate IP 10.96.0.2: provided IP is already allocated",
    ]);
    expect(
      after({
        type: "NodePort",
        ports: [
          { port: 80, nodePort: 30_000 },
          { port: 81, nodePort: 80 },
        ],
      }),
    ).toEqual([
      "spec.ports[0].nodePort: provided port is already allocated",
      "spec.ports[1].nodePort: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ]);
  });

  it("gets node ports where its type has them", () => {
    expect(after({ type: "NodePort", ports: [{ port: 80 }, { port: 81 }] })).toMatchObject({
      ports: [{ nodePort: 30_001 }, { nodePort: 30_002 }],
    });
    const inside = {
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: false,
      ports: [{ port: 80 }],
    } as const;
    expect(after(inside)).toMatchObject({ ports: [{ port: 80 }] });
  });

  it("keeps its address when it is replaced without one", () => {
    const old = service({
      clusterIP: "10.96.0.9",
      clusterIPs: ["10.96.0.9"],
      ipFamilies: ["IPv4"],
    });
    expect(after({ type: "ClusterIP", ports: [{ port: 1 }] }, old)).toMatchObject({
      clusterIP: "10.96.0.9",
    });
  });
});
