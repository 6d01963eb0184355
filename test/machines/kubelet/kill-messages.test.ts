import { describe, expect, it } from "vitest";

import { killingMessage, killPodError } from "../../../machines/kubelet/kill-messages.ts";

describe("killingMessage", () => {
  it("names the container where the caller's sentence has its slot", () => {
    const message = "Container c0 failed liveness probe, will be restarted";
    const said = "Container a$&b failed liveness probe, will be restarted";
    expect(killingMessage(message, "c0", "a$&b")).toBe(said);
  });

  it("says Stopping container when the whole pod ends", () => {
    expect(killingMessage("", "c0", "app")).toBe("Stopping container app");
  });
});

describe("killPodError", () => {
  const a = { action: "KillContainer", target: "a", message: "no" } as const;
  const text = 'failed to "KillContainer" for "a" with KillContainerError: "no"';
  const sandbox = { action: "KillPodSandbox", target: "uid-1", message: "cni" } as const;
  const other = 'failed to "KillPodSandbox" for "uid-1" with KillPodSandboxError: "cni"';

  it.each([
    ["nothing", [], undefined],
    ["one failure", [a], text],
    ["the same failure twice", [a, a], text],
    ["two failures", [a, sandbox], `[${text}, ${other}]`],
  ])("%s", (_, failures, expected) => {
    expect(killPodError(failures)).toBe(expected);
  });
});
