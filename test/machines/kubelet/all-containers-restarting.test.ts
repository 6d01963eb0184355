import { expect, it } from "vitest";

import { generateAllContainersRestartingCondition } from "../../../machines/kubelet/all-containers-restarting.ts";

const type = "AllContainersRestarting";

it.each([
  [true, false, "Running", "True", "RestartAllContainersStarted"],
  [true, false, "Pending", "True", "RestartAllContainersStarted"],
  [true, true, "Running", "False", undefined],
  [false, false, "Running", "False", undefined],
  [true, false, "Succeeded", "False", "PodCompleted"],
  [true, false, "Failed", "False", "PodFailed"],
] as const)(
  "a rule met: %s, all cleaned up: %s, %s is %s %s",
  (shouldRestart, areCleanedUp, phase, status, reason) => {
    const state = { shouldRestart, areCleanedUp };
    const { message, ...condition } = generateAllContainersRestartingCondition(state, phase);
    expect(condition).toEqual({ type, status, ...(reason && { reason }) });
    expect(message).toBe(
      status === "True" ? "container exited with restart policy rule" : undefined,
    );
  },
);
