import { describe, expect, it } from "vitest";

import {
  admitUnderPressure,
  type PodOfAdmission,
} from "../../../machines/kubelet/eviction-admission.ts";

const bestEffort: PodOfAdmission = { spec: { containers: [{ name: "app" }] } };
const requests = { memory: "1Mi" };
const burstable: PodOfAdmission = {
  spec: { containers: [{ name: "app", resources: { requests } }] },
};
const critical = { spec: { ...bestEffort.spec, priority: 2_000_000_000 } };
const tolerant: PodOfAdmission = {
  spec: {
    ...bestEffort.spec,
    tolerations: [{ key: "node.kubernetes.io/memory-pressure", operator: "Exists" }],
  },
};

describe("admitUnderPressure", () => {
  it.each([
    ["without pressure everybody", [], { bestEffort: true, burstable: true }],
    [
      "under memory pressure no BestEffort pod that does not tolerate it",
      ["MemoryPressure"],
      { bestEffort: false, burstable: true, tolerant: true },
    ],
    [
      "under disk pressure only critical pods",
      ["DiskPressure"],
      { bestEffort: false, burstable: false, tolerant: false, critical: true },
    ],
    [
      "under two pressures only critical pods",
      ["MemoryPressure", "PIDPressure"],
      { burstable: false, tolerant: false, critical: true },
    ],
  ] as const)("admits %s", (_, conditions, expected) => {
    const pods = { bestEffort, burstable, tolerant, critical };
    const admitted = Object.entries(pods).map(([name, pod]) => {
      return [name, admitUnderPressure(pod, conditions).admit];
    });
    expect(Object.fromEntries(admitted)).toMatchObject(expected);
  });

  it("says Evicted and names the conditions", () => {
    expect(admitUnderPressure(bestEffort, ["DiskPressure", "PIDPressure"])).toEqual({
      admit: false,
      reason: "Evicted",
      message: "The node had condition: [DiskPressure PIDPressure]. ",
    });
  });
});
