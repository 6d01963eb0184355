import { describe, expect, it } from "vitest";

import type { PodStatus } from "../../../machines/api/pod-status.ts";
import {
  canBeDeleted,
  needsReconcile,
  setContainerReadiness,
  setContainerStartup,
  setPodStatus,
  type StatusPod,
} from "../../../machines/kubelet/status-cache.ts";

const pod: StatusPod = {
  metadata: { generation: 3 },
  spec: { restartPolicy: "Never", containers: [{ name: "app" }] },
};
const running: PodStatus = {
  phase: "Running",
  conditions: [{ type: "Ready", status: "False", reason: "ContainersNotReady" }],
  containerStatuses: [
    { name: "app", containerID: "containerd://1", state: { running: {} }, started: true },
  ],
};
const cached = setPodStatus(pod, undefined, running, 0);

describe("setPodStatus", () => {
  it("gives the first status a start time and the generation", () => {
    expect(cached?.status).toMatchObject({
      startTime: "1970-01-01T00:00:00Z",
      observedGeneration: 3,
    });
  });

  it("returns the same entry as long as nothing changes", () => {
    expect(setPodStatus(pod, cached, running, 60_000)).toBe(cached);
    expect(setPodStatus(pod, cached, { ...running, podIP: "10.0.0.1" }, 60_000)).not.toBe(cached);
  });

  it("is always news for a pod that is being deleted", () => {
    const deleted = { ...pod, metadata: { deletionTimestamp: "2030-01-01T00:00:00Z" } };
    expect(setPodStatus(deleted, cached, running, 60_000)).not.toBe(cached);
  });

  it("drops a status that takes a container out of Terminated against the policy", () => {
    const [app = { name: "app" }] = running.containerStatuses ?? [];
    const exited = { ...app, state: { terminated: { exitCode: 0 } } };
    const ended = setPodStatus(pod, cached, { ...running, containerStatuses: [exited] }, 0);
    expect(setPodStatus(pod, ended, running, 0)).toBe(ended);
  });

  it("moves a condition's transition time only with its status", () => {
    expect(readyTime("False", "Other")).toBe("1970-01-01T00:00:00Z");
    expect(readyTime("True", "")).toBe("1970-01-01T00:01:00Z");
  });
});

describe("probes' news", () => {
  it("readiness recomputes Ready and ContainersReady at once", () => {
    const ready = setContainerReadiness(pod, cached, "containerd://1", true, 1_000);
    const conditions = ready?.status.conditions?.map(({ type, status }) => [type, status]);
    expect(conditions).toEqual([
      ["Ready", "True"],
      ["ContainersReady", "True"],
    ]);
    expect(setContainerReadiness(pod, ready, "containerd://1", true, 2_000)).toBe(ready);
  });

  it("startup changes no condition", () => {
    const stopped = setContainerStartup(pod, cached, "containerd://1", false, 0);
    expect(stopped?.status.containerStatuses?.[0]?.started).toBe(false);
    expect(stopped?.status.conditions).toEqual(cached?.status.conditions);
  });

  it("an unknown container, pod or entry changes nothing", () => {
    expect(setContainerReadiness(pod, cached, "containerd://0", true, 0)).toBe(cached);
    expect(setContainerReadiness(undefined, cached, "containerd://1", true, 0)).toBe(cached);
    expect(setContainerStartup(pod, undefined, "containerd://1", true, 0)).toBeUndefined();
  });
});

describe("needsReconcile", () => {
  it("compares with the mirror pod where the pod is static", () => {
    const shown = { ...pod, status: cached?.status ?? {} };
    const fromFile = { annotations: { "kubernetes.io/config.source": "file" } };
    expect(needsReconcile(shown, shown.status)).toBe(false);
    expect(needsReconcile({ ...shown, metadata: fromFile }, running, shown)).toBe(true);
    expect(needsReconcile({ ...shown, metadata: fromFile }, running)).toBe(false);
  });
});

describe("canBeDeleted", () => {
  const metadata = { deletionTimestamp: "2030-01-01T00:00:00Z" };
  const mirror = { ...metadata, annotations: { "kubernetes.io/config.mirror": "x" } };

  it.each([
    [{ metadata, status: { phase: "Failed" } }, true, true],
    [{ metadata, status: { phase: "Running" } }, true, false],
    [{ metadata, status: { phase: "Failed" } }, false, false],
    [{ status: { phase: "Failed" } }, true, false],
    [{ metadata: mirror, status: { phase: "Failed" } }, true, false],
  ] as const)("of %o, finished %s, is %s", (one, podIsFinished, expected) => {
    expect(canBeDeleted(one, podIsFinished)).toBe(expected);
  });
});

function readyTime(status: "True" | "False", reason: string): string | undefined {
  const conditions = [{ type: "Ready", status, reason }];
  const entry = setPodStatus(pod, cached, { ...running, conditions }, 60_000);
  return entry?.status.conditions?.[0]?.lastTransitionTime;
}
