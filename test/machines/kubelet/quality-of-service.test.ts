import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { getContainerOOMScoreAdjust } from "../../../machines/kubelet/quality-of-service.ts";

const gib = 2 ** 30;

function podOf(...resources: readonly object[]) {
  return { spec: { containers: resources.map((one, at) => ({ name: `c${at}`, resources: one })) } };
}

function scoreOf(memory: string, qosClass: "Burstable" | "Guaranteed" | "BestEffort") {
  const pod = { ...podOf({ requests: { memory } }), status: { qosClass } };
  return getContainerOOMScoreAdjust(pod, { name: "c0", resources: { requests: { memory } } }, gib);
}

describe("the OOM score adjustment", () => {
  it("is fixed outside Burstable", () => {
    expect([scoreOf("1Gi", "Guaranteed"), scoreOf("1Gi", "BestEffort")]).toEqual([-997, 1000]);
  });

  it("of a Burstable container falls with its request and stays within 3 and 999", () => {
    const percent = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(percent, percent, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((share) =>
          scoreOf(String(Math.floor((gib * share) / 100)), "Burstable"),
        );
        expect(low).toBeGreaterThanOrEqual(high ?? Number.NaN);
        expect(high).toBeGreaterThanOrEqual(3);
        expect(low).toBeLessThanOrEqual(999);
      }),
    );
  });

  it("of a sidecar is at most that of the regular container with the smallest request", () => {
    const sidecar = { name: "s", restartPolicy: "Always" as const };
    const spec = { ...podOf({ requests: { memory: "512Mi" } }).spec, initContainers: [sidecar] };
    expect(getContainerOOMScoreAdjust({ spec }, sidecar, gib)).toBe(500);
  });

  it("of a node-critical pod is the lowest, for which the priority alone is not enough", () => {
    const [spec, container] = [podOf({}).spec, { name: "c0" }];
    const critical = { ...spec, priority: 2_000_001_000 };
    const named = { ...critical, priorityClassName: "system-node-critical" };
    expect(getContainerOOMScoreAdjust({ spec: critical }, container, gib)).toBe(1000);
    expect(getContainerOOMScoreAdjust({ spec: named }, container, gib)).toBe(-997);
  });
});
