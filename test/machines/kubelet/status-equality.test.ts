import { describe, expect, it } from "vitest";

import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { isPodStatusByKubeletEqual } from "../../../machines/kubelet/status-equality.ts";

const status: PodStatus = {
  phase: "Running",
  startTime: "2030-01-01T00:00:00Z",
  conditions: [
    { type: "Ready", status: "True", lastTransitionTime: "2030-01-01T00:00:01Z" },
    { type: "x/foreign", status: "True" },
  ],
  containerStatuses: [{ name: "app", state: { running: {} }, started: true, ready: true }],
};
const [app = { name: "app" }] = status.containerStatuses ?? [];

function containing(change: Partial<typeof app>): PodStatus {
  return { ...status, containerStatuses: [{ ...app, ...change }] };
}

describe("isPodStatusByKubeletEqual", () => {
  it.each<[string, PodStatus]>([
    ["zero values", { ...status, reason: "", podIPs: [], observedGeneration: 0 }],
    ["a container's zero values", containing({ restartCount: 0, image: "", lastState: {} })],
    ["a foreign condition", { ...status, conditions: [{ type: "Ready", status: "True" }] }],
    [
      "times and generations of conditions",
      { ...status, conditions: [{ type: "Ready", status: "True", observedGeneration: 7 }] },
    ],
  ])("ignores %s", (_what, other) => {
    expect(isPodStatusByKubeletEqual(status, other)).toBe(true);
  });

  it.each<[string, PodStatus]>([
    ["the phase", { ...status, phase: "Failed" }],
    ["the start time", { ...status, startTime: "2030-01-01T00:00:01Z" }],
    ["a condition's reason", { ...status, conditions: [cond("Ready", "True", "R")] }],
    ["an own condition", { ...status, conditions: [] }],
    ["a shared condition", { ...status, conditions: [cond("DisruptionTarget", "True")] }],
    ["which state it is", containing({ state: { waiting: {} } })],
    ["an empty state", containing({ state: {} })],
    ["an exit code", containing({ lastState: { terminated: { exitCode: 1 } } })],
    ["started, absent is not false", containing({ started: false })],
    ["restartCount", containing({ restartCount: 1 })],
    ["resources", containing({ resources: { limits: { cpu: "1" } } })],
    ["a mount", containing({ volumeMounts: [{ name: "v", mountPath: "/v" }] })],
    ["an address", { ...status, podIPs: [{ ip: "10.0.0.1" }] }],
    ["another container", { ...status, containerStatuses: [app, { name: "b" }] }],
  ])("sees %s", (_what, other) => {
    expect(isPodStatusByKubeletEqual(status, other)).toBe(false);
    expect(isPodStatusByKubeletEqual(other, status)).toBe(false);
  });
});

function cond(type: string, conditionStatus: "True" | "False", reason = "") {
  return { type, status: conditionStatus, reason };
}
