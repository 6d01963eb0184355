import { describe, expect, it } from "vitest";

import { computePodQOS, getPodQOS } from "../../../machines/api/pod-qos.ts";

const both = { cpu: "1", memory: "1Gi" };

function podOf(...resources: readonly object[]) {
  return { spec: { containers: resources.map((one, at) => ({ name: `c${at}`, resources: one })) } };
}

describe("the QoS class", () => {
  it.each([
    ["no amounts", podOf({}), "BestEffort"],
    ["zero amounts", podOf({ requests: { cpu: "0" }, limits: { memory: "0" } }), "BestEffort"],
    ["equal requests and limits", podOf({ requests: both, limits: both }), "Guaranteed"],
    ["limits alone", podOf({ limits: both }), "Burstable"],
    ["one container without limits", podOf({ requests: both, limits: both }, {}), "Burstable"],
    ["other resources only", podOf({ requests: { "example.com/gpu": "1" } }), "BestEffort"],
  ])("of %s is decided", (_, pod, expected) => {
    expect(computePodQOS(pod)).toBe(expected);
  });

  it("follows the pod's own resources where it has that field", () => {
    const own = { ...podOf({}).spec, resources: { requests: both, limits: both } };
    expect(computePodQOS({ spec: own })).toBe("Guaranteed");
    expect(computePodQOS({ spec: { ...podOf({ limits: both }).spec, resources: {} } })).toBe(
      "BestEffort",
    );
  });

  it("that the API server stored wins", () => {
    expect(getPodQOS({ ...podOf({}), status: { qosClass: "Guaranteed" } })).toBe("Guaranteed");
  });
});
