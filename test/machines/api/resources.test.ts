import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cmpQuantity } from "../../../machines/api/quantity.ts";
import {
  getResourceRequest,
  isPodLevelResourcesSet,
  podLimits,
  podRequests,
  resourceList,
} from "../../../machines/api/resources.ts";

const amounts = fc.constantFrom("0", "100m", "1", "1500m", "64Mi", "1Gi");
const container = fc.record({
  name: fc.constant("c"),
  resources: fc.record({ requests: fc.dictionary(fc.constantFrom("cpu", "memory"), amounts) }),
});
const spec = fc.record({
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  initContainers: fc.array(fc.oneof(container, container.map(asSidecar)), { maxLength: 3 }),
});

function asSidecar<C extends object>(one: C) {
  return { ...one, restartPolicy: "Always" as const };
}

function asking(requests: Readonly<Record<string, string>>) {
  return { name: "c", resources: { requests } };
}

describe("PodRequests", () => {
  it("are at least what the regular containers and sidecars ask for together", () => {
    fc.assert(
      fc.property(spec, (pod) => {
        const sidecars = pod.initContainers.filter((one) => "restartPolicy" in one);
        const atOnce = podRequests({ spec: { containers: [...pod.containers, ...sidecars] } });
        const all = podRequests({ spec: pod });
        for (const [name, amount] of atOnce) {
          expect(cmpQuantity(all.get(name) ?? amount, amount)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("hold the largest init container beside the sidecars before it", () => {
    const pod = {
      containers: [asking({ cpu: "100m" })],
      initContainers: [asSidecar(asking({ cpu: "200m" })), asking({ cpu: "1" })],
    };
    expect(resourceList(podRequests({ spec: pod }))).toEqual({ cpu: "1200m" });
  });

  it("add the overhead, which limits do only for what is limited", () => {
    const resources = { requests: { cpu: "1" }, limits: { memory: "1Gi" } };
    const pod = {
      spec: { containers: [{ name: "c", resources }], overhead: { cpu: "250m", memory: "120Mi" } },
    };
    expect(resourceList(podRequests(pod))).toEqual({ cpu: "1250m", memory: "120Mi" });
    expect(resourceList(podLimits(pod))).toEqual({ memory: "1144Mi" });
  });

  it("are the pod's own where it has them", () => {
    const resources = { requests: { cpu: "2" } };
    const pod = { spec: { containers: [asking({ cpu: "1", memory: "1Gi" })], resources } };
    expect(isPodLevelResourcesSet(pod)).toBe(true);
    expect(resourceList(podRequests(pod))).toEqual({ cpu: "2", memory: "1Gi" });
    expect(resourceList(podRequests(pod, { skipPodLevelResources: true }))).toEqual({
      cpu: "1",
      memory: "1Gi",
    });
    expect([getResourceRequest(pod, "cpu"), getResourceRequest(pod, "memory")]).toEqual([2_000, 0]);
  });

  it.each([
    ["Deferred", "2"],
    ["Infeasible", "1500m"],
  ])("count a resize that is %s as %s", (reason, cpu) => {
    const pod = {
      spec: { containers: [asking({ cpu: "2" })] },
      status: {
        conditions: [{ type: "PodResizePending", status: "True" as const, reason }],
        containerStatuses: [{ ...asking({ cpu: "1" }), allocatedResources: { cpu: "1500m" } }],
      },
    };
    expect(resourceList(podRequests(pod, { useStatusResources: true }))).toEqual({ cpu });
  });
});
