import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  adoption,
  countResult,
  initialResult,
  nextProbeStep,
  type ProbeTarget,
  type ProbeWorker,
  probeVerdict,
} from "../../../machines/kubelet/probe-step.ts";

const worker: ProbeWorker = {
  kind: "liveness",
  isSidecar: false,
  isDeleting: false,
  isOnHold: false,
  initialDelaySeconds: 0,
};
const target: ProbeTarget = {
  pod: "active",
  container: "running",
  isNew: false,
  startedBeforeKubelet: false,
  started: true,
  runningSeconds: 0,
  willRestart: true,
};

describe("nextProbeStep", () => {
  it.each([
    ["there is no status yet", {}, { pod: "unknown" }, "wait"],
    ["the pod is over", {}, { pod: "terminal" }, "end"],
    ["no container was created", {}, { container: "absent" }, "wait"],
    ["it is on hold", { isOnHold: true }, {}, "wait"],
    [
      "it is on hold and the container has ended",
      { isOnHold: true },
      { container: "terminated" },
      "wait",
    ],
    ["the container waits", {}, { container: "waiting" }, "fail"],
    ["it has ended and comes back", {}, { container: "terminated" }, "fail"],
    ["it has ended for good", {}, { container: "terminated", willRestart: false }, "failAndEnd"],
    ["the pod was being deleted before", { isDeleting: true }, {}, "succeedAndEnd"],
    ["that matters less to readiness", { isDeleting: true, kind: "readiness" }, {}, "probe"],
    ["the initial delay is not over", { initialDelaySeconds: 5 }, { runningSeconds: 4 }, "wait"],
    ["it is over", { initialDelaySeconds: 5 }, { runningSeconds: 5 }, "probe"],
    ["the container is not started", {}, { started: false }, "wait"],
    ["it is not, and this is the startup probe", { kind: "startup" }, { started: false }, "probe"],
    ["the container is started already", { kind: "startup" }, {}, "wait"],
  ] as const)("%s", (_, workerChange, targetChange, step) => {
    expect(nextProbeStep({ ...worker, ...workerChange }, { ...target, ...targetChange })).toBe(
      step,
    );
  });
});

describe("adoption", () => {
  const startup = { kind: "startup", isSidecar: true } as const;

  it.each([
    ["the same container keeps its results", worker, {}, "keep"],
    ["a new one begins with the initial result", worker, { isNew: true }, "reset"],
    [
      "one from before the kubelet begins without",
      worker,
      { isNew: true, startedBeforeKubelet: true },
      "adopt",
    ],
    [
      "a started sidecar from before counts as started",
      startup,
      { isNew: true, startedBeforeKubelet: true },
      "seed",
    ],
    ["a younger one only for a moment", startup, { isNew: true }, "seedThenReset"],
    ["one that is not started has to start", startup, { isNew: true, started: false }, "reset"],
  ] as const)("%s", (_, { kind, isSidecar }, change, how) => {
    expect(adoption({ kind, isSidecar }, { ...target, ...change })).toBe(how);
  });
});

describe("countResult and probeVerdict", () => {
  const thresholds = { successThreshold: 2, failureThreshold: 3 };
  const fresh = { lastResult: "success", resultRun: 0 } as const;

  it("publish a result when there were enough of it in a row", () => {
    const results = ["failure", "failure", "success", "failure", "failure", "failure"] as const;
    let run: Parameters<typeof countResult>[0] = fresh;
    const verdicts = results.map((result) => {
      run = countResult(run, result, thresholds);
      return probeVerdict("liveness", run, thresholds);
    });
    expect(verdicts.slice(0, 5)).toEqual(Array(5).fill("belowThreshold"));
    expect(verdicts[5]).toBe("publishAndHold");
  });

  it("remember no more of a run than decides", () => {
    const kinds = constantFrom("success" as const, "failure" as const);
    assert(
      property(kinds, kinds, integer({ min: 0, max: 3 }), (last, next, resultRun) => {
        const run = countResult({ lastResult: last, resultRun }, next, thresholds);
        expect(run.resultRun).toBeLessThanOrEqual(next === "success" ? 2 : 3);
        expect(run.resultRun).toBeGreaterThan(0);
      }),
    );
  });

  it("end the probing after any startup result, but only after a failure of liveness", () => {
    const success = { lastResult: "success", resultRun: 2 } as const;
    expect(probeVerdict("startup", success, thresholds)).toBe("publishAndHold");
    expect(probeVerdict("liveness", success, thresholds)).toBe("publish");
    expect(probeVerdict("readiness", success, thresholds)).toBe("publish");
  });
});

describe("initialResult", () => {
  it("is not ready, alive, and not known to have started", () => {
    expect(initialResult("readiness")).toBe("failure");
    expect(initialResult("liveness")).toBe("success");
    expect(initialResult("startup")).toBe("unknown");
  });
});
