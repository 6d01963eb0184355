import { describe, expect, it } from "vitest";

import { afterInspection, nextPull } from "../../../machines/kubelet/next-pull.ts";

describe("nextPull", () => {
  it.each([
    ["Always", true, "pull"],
    ["", true, "pull"],
    ["IfNotPresent", true, "inspect"],
    ["Never", true, "inspect"],
    ["Never", false, "refuseInvalidName"],
  ] as const)("%s, the name is valid: %s", (policy, referenceIsValid, expected) => {
    expect(nextPull(policy, referenceIsValid)).toBe(expected);
  });
});

describe("afterInspection", () => {
  it.each([
    ["IfNotPresent", "absent", "pull"],
    ["IfNotPresent", "present", "usePresent"],
    ["IfNotPresent", "accessible", "useAccessible"],
    ["IfNotPresent", "inaccessible", "pull"],
    ["Never", "absent", "refuseNeverPull"],
    ["Never", "accessible", "useAccessible"],
    ["Never", "inaccessible", "refuseNeverPull"],
  ] as const)("%s and %s", (policy, image, expected) => {
    expect(afterInspection(policy, image)).toBe(expected);
  });
});
