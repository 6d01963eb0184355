import { describe, expect, it } from "vitest";

import {
  backOffRestartingMessage,
  crashLoopBackOffMessage,
  isInBackOffSince,
  newCrashLoopBackOff,
} from "../../../machines/kubelet/restart-back-off.ts";

const configured = (maxContainerRestartPeriod: string) => ({
  crashLoopBackOff: { maxContainerRestartPeriod },
});

describe("newCrashLoopBackOff", () => {
  it.each([
    [{}, {}, 10_000, 300_000],
    [configured("1m0s"), {}, 10_000, 60_000],
    [configured("5s"), {}, 5_000, 5_000],
    [{}, { ReduceDefaultCrashLoopBackOffDecay: true }, 1_000, 300_000],
    [
      {},
      { ReduceDefaultCrashLoopBackOffDecay: true, KubeletCrashLoopBackOffMax: false },
      1_000,
      60_000,
    ],
    [configured("5s"), { KubeletCrashLoopBackOffMax: false }, 10_000, 300_000],
  ])("bounds %j with the gates %j", (configuration, gates, initialBackOffMs, maximumBackOffMs) => {
    expect(newCrashLoopBackOff(configuration, gates)).toEqual({
      initialBackOffMs,
      maximumBackOffMs,
    });
  });
});

describe("isInBackOffSince", () => {
  const limits = newCrashLoopBackOff({});

  it.each([
    [0, 6, false],
    [1, 0, true],
    [1, 1, false],
    [3, 2, true],
    [6, 6, false],
  ])("step %i, %i delays passed: %s", (step, passed, isInBackOff) => {
    expect(isInBackOffSince(limits, step, passed)).toBe(isInBackOff);
  });
});

describe("the texts of a delayed restart", () => {
  const pod = { name: "web", namespace: "team-a", uid: "u1" };

  it("name the delay in the message, and not in the Event", () => {
    expect(crashLoopBackOffMessage(80_000, "app", pod)).toBe(
      "back-off 1m20s restarting failed container=app pod=web_team-a(u1)",
    );
    expect(backOffRestartingMessage("app", pod)).toBe(
      "Back-off restarting failed container app in pod web_team-a(u1)",
    );
  });
});
