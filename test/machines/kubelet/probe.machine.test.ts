import { describe, expect, it } from "vitest";

import type { Probe } from "../../../machines/api/pod.ts";
import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { formatTime } from "../../../machines/api/time.ts";
import type { ProbeAnswer, ProbeKind } from "../../../machines/kubelet/probe-step.ts";
import { buildPod } from "../../support/build.ts";
import { ProbedPod } from "../../support/probes.ts";

type Say = (kind: ProbeKind, nowMs: number) => ProbeAnswer;

/** A pod whose container has run since 0 s; its workers were made then. */
function probed(probes: Partial<Record<`${ProbeKind}Probe`, Probe>>, say: Say, started = true) {
  const pod = buildPod("web", { containers: [{ name: "app", ...probes }] });
  const one = new ProbedPod(pod, (kind, now) => ({ result: say(kind, now) }), -3_600_000);
  one.write(running("1", started));
  one.do("addPod");
  return one;
}

function running(id: string, started = true, startedAtMs = 0): PodStatus {
  const state = { running: { startedAt: formatTime(startedAtMs) } };
  const status = { name: "app", containerID: `containerd://${id}`, started, state };
  return { phase: "Running", containerStatuses: [status] };
}

function timesOf(one: ProbedPod, kind: ProbeKind): readonly number[] {
  const lines = one.lines.filter(({ what, probe }) => what === "probe" && probe === kind);
  return lines.map(({ atMs }) => atMs);
}

function toldOf(one: ProbedPod): readonly string[] {
  return one.takeUpdates().map(({ kind, result }) => `${kind} ${result}`);
}

describe("probe", () => {
  it("looks at once and then every period of its own clock", () => {
    const one = probed({ livenessProbe: { periodSeconds: 5 } }, () => "success");
    one.advanceTo(12_000);
    expect(timesOf(one, "liveness")).toEqual([0, 5_000, 10_000]);
  });

  it("tells the kubelet of a failure only at its threshold, and then rests", () => {
    const livenessProbe = { periodSeconds: 2, failureThreshold: 3 };
    const one = probed({ livenessProbe }, () => "failure");
    one.advanceTo(3_000);
    expect(toldOf(one)).toEqual(["liveness success"]);
    one.advanceTo(60_000);
    expect(toldOf(one)).toEqual(["liveness failure"]);
    expect(timesOf(one, "liveness")).toEqual([0, 2_000, 4_000]);
  });

  it("goes on counting where the container before left off", () => {
    const livenessProbe = { periodSeconds: 2, failureThreshold: 3 };
    const one = probed({ livenessProbe }, () => "failure");
    one.advanceTo(3_000);
    one.generate(running("2", true, 3_000));
    one.takeUpdates();
    one.advanceTo(4_000);
    expect(toldOf(one)).toEqual(["liveness success", "liveness failure"]);
  });

  it("tries three times before it throws an error away", () => {
    const one = probed({ readinessProbe: { failureThreshold: 1 } }, () => "error");
    expect(timesOf(one, "readiness")).toEqual([0, 0, 0]);
    expect(toldOf(one)).toEqual(["readiness failure"]);
    expect(one.lines.filter(({ what }) => what === "event")).toHaveLength(1);
  });

  it("leaves liveness and readiness alone until the container has started", () => {
    const probes = { startupProbe: { periodSeconds: 2 }, livenessProbe: { periodSeconds: 1 } };
    const one = probed(probes, (_, now) => (now < 4_000 ? "failure" : "success"), false);
    one.advanceTo(4_000);
    expect(timesOf(one, "startup")).toEqual([0, 2_000, 4_000]);
    expect(timesOf(one, "liveness")).toEqual([]);
    expect(toldOf(one)).toContain("startup success");
  });

  it("is triggered by each status of a container that is not ready, which restarts its clock", () => {
    const one = probed({ readinessProbe: { periodSeconds: 10 } }, () => "failure");
    one.advanceTo(4_000);
    one.generate(running("1"));
    one.advanceTo(15_000);
    expect(timesOf(one, "readiness")).toEqual([0, 4_000, 14_000]);
  });

  it("ends with its results when the pod is removed", () => {
    const one = probed({ readinessProbe: {} }, () => "success");
    one.do("removePod");
    one.advanceTo(60_000);
    expect(timesOf(one, "readiness")).toEqual([0]);
    expect(one.worker("app", "readiness")).toBeUndefined();
  });
});
