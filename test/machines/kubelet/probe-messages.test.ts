import { describe, expect, it } from "vitest";

import { probeEvent } from "../../../machines/kubelet/probe-messages.ts";

describe("probeEvent", () => {
  it.each([
    ["failure", "Unhealthy", "Liveness probe failed: x"],
    ["warning", "ProbeWarning", "Liveness probe warning: x"],
    ["error", "Unhealthy", "Liveness probe errored and resulted in unknown state: x"],
  ] as const)("warns of a %s", (result, reason, message) => {
    expect(probeEvent("liveness", result, "x")).toEqual({ type: "Warning", reason, message });
  });

  it.each(["success", "unknown"] as const)("says nothing of a result that is %s", (result) => {
    expect(probeEvent("startup", result, "x")).toBeUndefined();
  });
});
