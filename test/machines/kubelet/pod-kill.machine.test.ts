import { describe, expect, it } from "vitest";

import type { Container } from "../../../machines/api/pod.ts";
import { killErrorOf } from "../../../src/system/projections/kill.ts";
import { type DyingPod, kill, type KillReport } from "../../support/kills.ts";

type Dying = Partial<DyingPod> & { readonly sidecars: readonly string[] };

/** A pod with the main container `app`, killed with 10 s of grace. */
function killPod({ sidecars, running = ["app", ...sidecars], ...rest }: Dying): KillReport {
  const initContainers = sidecars.map((name): Container => ({ name, restartPolicy: "Always" }));
  const containers = [{ name: "app" }];
  const spec = { containers, initContainers, terminationGracePeriodSeconds: 10 };
  const metadata = { name: "web", namespace: "default", uid: "u" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata, spec } as const;
  const dying = { pod, running, exitsAfterSignalMs: {}, ...rest };
  return kill(dying, { type: "pod.killRequested", gracePeriodSeconds: null });
}

function stopsOf({ timeline }: KillReport): Readonly<Record<string, unknown>> {
  const stops = timeline.filter(({ call }) => call === "StopContainer");
  return Object.fromEntries(
    stops.map(({ container, atMs, timeoutSeconds }) => [container, [atMs, timeoutSeconds]]),
  );
}

describe("podKill", () => {
  it("stops sidecars after the main containers, the last one first", () => {
    const exitsAfterSignalMs = { app: 3_000, late: 2_000, early: 500 };
    const report = killPod({ sidecars: ["early", "late"], exitsAfterSignalMs });
    expect(stopsOf(report)).toEqual({ app: [0, 10], late: [3_000, 7], early: [5_000, 5] });
    expect(report.returnedAfterMs).toBe(5_500);
  });

  it("lets sidecars wait no longer than the grace period", () => {
    const report = killPod({ sidecars: ["log"], exitsAfterSignalMs: { app: 60_000 } });
    expect(stopsOf(report)).toEqual({ app: [0, 10], log: [10_000, 2] });
  });

  it("counts whole seconds of waiting, also at the very second", () => {
    const report = killPod({ sidecars: ["log"], exitsAfterSignalMs: { app: 4_000 } });
    expect(stopsOf(report)).toEqual({ app: [0, 10], log: [4_000, 6] });
  });

  it("makes sidecars wait in vain for a container that would not stop, and reports it", () => {
    const report = killPod({ sidecars: ["log"], stopContainerErrors: { app: "gone" } });
    expect(stopsOf(report)).toEqual({ app: [0, 10], log: [10_000, 2] });
    expect(report.outcome).toBe("failed");
    const error = 'failed to "KillContainer" for "app" with KillContainerError: "gone"';
    expect(killErrorOf(report.world, "default/web")).toBe(error);
  });

  it("stops the sandbox last, even if no container runs", () => {
    const { timeline, outcome } = killPod({ sidecars: [], running: [] });
    expect(timeline).toEqual([{ atMs: 0, call: "StopPodSandbox" }]);
    expect(outcome).toBe("ok");
  });
});
