import { describe, expect, it } from "vitest";

import {
  gracePeriodOverride,
  killTimeoutMs,
  podToEvict,
} from "../../../machines/kubelet/eviction-grace.ts";
import { nodeReclaim } from "../../../machines/kubelet/node-reclaim.ts";

describe("gracePeriodOverride", () => {
  it.each([
    ["hard", 30, 60, 1],
    ["soft", 30, 60, 30],
    ["soft", 30, 5, 5],
    ["soft", undefined, 60, 60],
    ["soft", 30, 0, 0],
  ] as const)("%s, the pod's %s s, at most %i s: %i s", (kind, own, max, seconds) => {
    const pod = own === undefined ? {} : { terminationGracePeriodSeconds: own };
    expect(gracePeriodOverride(kind, pod, max)).toBe(seconds);
  });
});

describe("killTimeoutMs", () => {
  it("is half as long again as the grace period, and 10 s at least", () => {
    expect([1, 7, 21].map(killTimeoutMs)).toEqual([10_000, 10_000, 31_000]);
  });
});

describe("podToEvict", () => {
  it("passes over critical pods", () => {
    const [critical, usual] = [
      { slot: 0, isCritical: true },
      { slot: 1, isCritical: false },
    ];
    expect(podToEvict([critical, usual])).toBe(usual);
    expect(podToEvict([critical])).toBeUndefined();
  });
});

describe("nodeReclaim", () => {
  it.each([
    ["memory.available", false, false, "nothing"],
    ["nodefs.available", false, false, "containersAndImages"],
    ["nodefs.available", true, false, "nothing"],
    ["imagefs.available", true, false, "containersAndImages"],
    ["nodefs.inodesFree", true, true, "containers"],
    ["imagefs.inodesFree", true, true, "images"],
  ] as const)(
    "for %s (image fs %s, container fs %s) takes %s",
    (signal, image, container, what) => {
      const fileSystems = { dedicatedImageFs: image, dedicatedContainerFs: container };
      expect(nodeReclaim(signal, fileSystems)).toBe(what);
    },
  );
});
