import { describe, expect, it } from "vitest";

import type { ContainerStatus } from "../../../machines/api/pod-status.ts";
import {
  isContainerStarted,
  type ProbeWorkers,
  updatePodStatus,
} from "../../../machines/kubelet/probe-status.ts";

const runningApp: ContainerStatus = { name: "app", state: { running: {} } };
const spec = { containers: [{ name: "app", readinessProbe: {} }] };

function app(status: ContainerStatus, workers: ProbeWorkers[string] = {}) {
  const pod = { spec };
  const { containerStatuses = [] } = updatePodStatus(
    pod,
    { containerStatuses: [status] },
    { app: workers },
  );
  return containerStatuses[0];
}

describe("isContainerStarted", () => {
  it.each([
    [{}, undefined, true],
    [{}, {}, false],
    [{ started: true }, {}, true],
    [{ started: true }, { result: "unknown" }, false],
    [{ started: true }, { result: "failure" }, false],
    [{}, { result: "success" }, true],
  ] as const)("with %o before and startup worker %o is %s", (before, startup, started) => {
    expect(isContainerStarted({ state: { running: {} }, ...before }, startup)).toBe(started);
    expect(isContainerStarted({ state: {}, ...before }, startup)).toBe(false);
  });
});

describe("updatePodStatus", () => {
  it.each([
    [{}, true],
    [{ readiness: {} }, false],
    [{ readiness: { result: "failure" } }, false],
    [{ readiness: { result: "success" } }, true],
  ] as const)("a running container with workers %o is ready: %s", (workers, ready) => {
    expect(app(runningApp, workers)).toEqual({ ...runningApp, started: true, ready });
  });

  it("leaves the readiness of a container that is not started as it is", () => {
    const startup = { startup: { result: "failure" } } as const;
    expect(app({ ...runningApp, ready: true }, startup)?.ready).toBe(true);
    expect(app(runningApp, startup)?.ready).toBeUndefined();
  });

  it("an init container is ready once it has succeeded, a sidecar once it is started", () => {
    const initContainers = [{ name: "i" }, { name: "s", restartPolicy: "Always" }] as const;
    const initContainerStatuses = [
      { name: "i", state: { terminated: { exitCode: 0 } } },
      { name: "s", state: { running: {} } },
    ];
    const pod = { spec: { initContainers, containers: [] } };
    const status = updatePodStatus(pod, { initContainerStatuses });
    const flags = status.initContainerStatuses?.map(({ ready, started }) => [ready, started]);
    expect(flags).toEqual([
      [true, false],
      [true, true],
    ]);
  });
});

describe("after a restart of the kubelet", () => {
  const startedAt = "1970-01-01T00:00:00Z";
  const containerStatuses = [{ name: "app", state: { running: { startedAt } } }];
  const ready = { conditions: [{ type: "Ready", status: "True" }] } as const;

  it.each([
    ["which the API shows Ready", ready, 10_001, {}, true],
    ["which the API does not show Ready", {}, 10_001, {}, false],
    ["which started just before", ready, 10_000, {}, false],
    ["whose probe has failed", ready, 10_001, { result: "failure" }, false],
  ] as const)("a pod %s keeps a probed container ready: %s", (_what, status, ms, worker, keeps) => {
    const workers = { app: { readiness: worker } };
    const probed = updatePodStatus({ spec, status }, { containerStatuses }, workers, ms);
    expect(probed.containerStatuses?.[0]?.ready).toBe(keeps);
  });
});
