import { describe, expect, it } from "vitest";

import type { Container, LifecycleHandler } from "../../../machines/api/pod.ts";
import type { HookAnswer } from "../../../machines/kubelet/lifecycle-hook.ts";
import { kill } from "../../support/kills.ts";

const command = { exec: { command: ["drain"] } };

function killApp(preStop: LifecycleHandler | undefined, hook: HookAnswer, exitsAfterMs = 100_000) {
  const app: Container = { name: "app", ...(preStop && { lifecycle: { preStop } }) };
  const spec = { containers: [app], terminationGracePeriodSeconds: 10 };
  const metadata = { name: "web", namespace: "default", uid: "u" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata, spec } as const;
  const dying = { pod, running: ["app"], hooks: { app: hook } };
  const exitsAfterSignalMs = { app: exitsAfterMs };
  const request = { type: "container.killRequested", reason: "Unknown", message: "" };
  return kill({ ...dying, exitsAfterSignalMs }, request, "app");
}

function callsOf(report: ReturnType<typeof kill>): readonly unknown[] {
  return report.timeline.map(({ atMs, call, reason, timeoutSeconds }) =>
    [atMs, reason ?? call, timeoutSeconds].filter((field) => field !== undefined),
  );
}

describe("containerKill", () => {
  it("says Killing first, then signals, and kills when the grace period is over", () => {
    const report = killApp(undefined, { durationMs: 0 });
    expect(callsOf(report)).toEqual([
      [0, "Killing"],
      [0, "StopContainer", 10],
    ]);
    expect(report.returnedAfterMs).toBe(10_000);
  });

  it("deducts the whole seconds that the preStop hook took", () => {
    const report = killApp(command, { durationMs: 3_999 }, 0);
    expect(callsOf(report)).toContainEqual([3_999, "StopContainer", 7]);
  });

  it("goes on when the preStop hook fails", () => {
    const report = killApp(command, { durationMs: 500, error: "exit 1" }, 0);
    expect(callsOf(report).slice(2)).toEqual([
      [500, "FailedPreStopHook"],
      [500, "StopContainer", 10],
    ]);
  });

  it("leaves a hook that outlives the grace period, which may still fail afterwards", () => {
    const report = killApp(command, { durationMs: 60_000, error: "exit 137" });
    expect(callsOf(report).slice(2)).toEqual([
      [10_000, "StopContainer", 2],
      [60_000, "FailedPreStopHook"],
    ]);
    expect(report.returnedAfterMs).toBe(12_000);
  });

  it("sleeps by its own timer", () => {
    const report = killApp({ sleep: { seconds: 4 } }, { durationMs: 0 }, 0);
    expect(callsOf(report)).toContainEqual([4_000, "StopContainer", 6]);
  });

  it("fails a hook of a kind that nobody implements, and stops at once", () => {
    const report = killApp({ tcpSocket: { port: 80 } }, { durationMs: 0 }, 0);
    expect(callsOf(report)).toEqual([
      [0, "Killing"],
      [0, "FailedPreStopHook"],
      [0, "StopContainer", 10],
    ]);
  });
});
