import { describe, expect, it } from "vitest";

import type { ConditionStatus } from "../../../machines/api/pod-status.ts";
import { needToReconcilePodReadiness } from "../../../machines/kubelet/readiness-reconcile.ts";

const type = "example.com/balanced";
const missing = `corresponding condition of pod readiness gate "${type}" does not exist.`;

function podOf(ready: object | undefined, gate?: ConditionStatus, gates = [type]) {
  const shown = ready && { type: "Ready", status: "False" as const, ...ready };
  const written = gate && { type, status: gate };
  return {
    spec: {
      containers: [{ name: "app" }],
      readinessGates: gates.map((conditionType) => ({ conditionType })),
    },
    status: {
      phase: "Running" as const,
      containerStatuses: [{ name: "app", ready: true, started: true, state: { running: {} } }],
      conditions: [shown, written].filter((one) => one !== undefined),
    },
  };
}

describe("needToReconcilePodReadiness", () => {
  it.each([
    ["does not ask for a pod without gates", podOf({}, undefined, []), false],
    ["waits for the first Ready condition", podOf(undefined, "True"), false],
    ["is content with what follows the gate", podOf({ message: missing }), false],
    ["hears of a gate that opens", podOf({ message: missing }, "True"), true],
    ["hears of a gate that closes", podOf({ status: "True" }, "False"), true],
  ])("%s", (_, pod, expected) => {
    expect(needToReconcilePodReadiness(pod)).toBe(expected);
  });
});
