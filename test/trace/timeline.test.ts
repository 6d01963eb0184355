import { describe, expect, it } from "vitest";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod, PodSpec } from "../../machines/api/pod.ts";
import type { ContainerStatus, PodStatus } from "../../machines/api/pod-status.ts";
import { formatTime } from "../../machines/api/time.ts";
import { type ObjectChange, Timeline, type TimelineRow } from "../../src/trace/timeline.ts";

const epochMs = 1_767_225_600_000;
const at = (seconds: number): string => formatTime(epochMs + seconds * 1_000);
const app = { name: "app" };

function pod(status: PodStatus, own: Partial<Pod["metadata"]> = {}, spec?: PodSpec): Pod {
  const metadata = { name: "web", namespace: "default", uid: "u1", ...own };
  const { containers = [app] } = spec ?? {};
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { ...spec, containers }, status };
}

/** One container `app` in that state, in a pod that runs. */
function running(own: Partial<ContainerStatus>, status: PodStatus = {}): Pod {
  const containerStatuses = [{ name: "app", restartCount: 0, ...own }];
  return pod({ phase: "Running", startTime: at(0), containerStatuses, ...status });
}

function event(reason: string, message: string, seconds: number, container?: string): KubeEvent {
  const isNormal = reason === "Started" || reason === "Killing";
  const fieldPath = container === undefined ? {} : { fieldPath: `spec.containers{${container}}` };
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `web.${reason}.${message}` },
    involvedObject: { kind: "Pod", name: "web", namespace: "default", uid: "u1", ...fieldPath },
    type: isNormal ? "Normal" : "Warning",
    reason,
    message,
    lastTimestamp: at(seconds),
  };
}

type Step = readonly [seconds: number, object: Pod | KubeEvent, more?: Partial<ObjectChange>];

function rowsOf(...steps: readonly Step[]): readonly TimelineRow[] {
  const timeline = new Timeline(epochMs);
  return steps.flatMap(([seconds, object, more]) => {
    const change = { atMs: seconds * 1_000, type: "MODIFIED", object, ...more } as const;
    return timeline.add(change) ?? [];
  });
}

function lastCause(...steps: readonly Step[]): string | undefined {
  return rowsOf(...steps).at(-1)?.cause;
}

const pending = pod({ phase: "Pending" });
const runs = running({ ready: true, state: { running: { startedAt: at(1) } } });
const exit = (exitCode: number, reason: string, containerID = "c1") => {
  return { exitCode, reason, containerID, startedAt: at(1), finishedAt: at(6) };
};
const exited = running({ state: { terminated: exit(3, "Error") } });

function ended(name: string, exitCode: number, reason: string, seconds: number): ContainerStatus {
  return { name, state: { terminated: { exitCode, reason, finishedAt: at(seconds) } } };
}

describe("the time line", () => {
  it("has a line for each change of a printed row, none for a repeated one", () => {
    const withAddress = pod({ phase: "Pending", podIP: "10.0.0.1" });
    const rows = rowsOf([0, pending, { type: "ADDED" }], [1, withAddress], [2, runs], [3, runs]);
    expect(rows.map(({ atMs, status, ready }) => [atMs, status, ready])).toEqual([
      [0, "Pending", "0/1"],
      [2_000, "Running", "1/1"],
    ]);
  });

  it("counts restarts without their age, which changes by itself", () => {
    const lastState = { terminated: exit(3, "Error") };
    const again = running({ restartCount: 1, lastState, state: { running: {} } });
    const rows = rowsOf([0, pending], [10, again], [90, again]);
    expect(rows.map(({ restarts }) => restarts)).toEqual([0, 1]);
  });

  it("keeps pods of one name apart by their uid", () => {
    const other = pod({ phase: "Pending" }, { uid: "u2" });
    const rows = rowsOf([0, pending], [5, runs], [6, runs, { type: "DELETED" }], [7, other]);
    expect(rows.map(({ cause }) => cause).at(-1)).toBe("created");
  });
});

describe("REASON", () => {
  const spec = { initContainers: [{ name: "init" }], containers: [app, { name: "log" }] };
  const [failed, done] = [ended("app", 1, "Error", 4), ended("log", 0, "Completed", 5)];

  it.each([
    ["the pod's own reason first", { reason: "Evicted", containerStatuses: [failed] }, "Evicted"],
    ["what failed over what completed later", { containerStatuses: [failed, done] }, "Error"],
    [
      "the newest failure",
      { containerStatuses: [failed, ended("log", 137, "OOMKilled", 6)] },
      "OOMKilled",
    ],
    ["what completed, if nothing failed", { containerStatuses: [done] }, "Completed"],
    [
      "no init container that has done its work",
      { initContainerStatuses: [ended("init", 0, "Completed", 1)] },
      "",
    ],
    [
      "an init container that failed",
      { initContainerStatuses: [ended("init", 1, "Error", 1)] },
      "Error",
    ],
  ])("is %s", (_, status, reason) => {
    expect(rowsOf([9, pod({ phase: "Running", ...status }, {}, spec)])[0]?.reason).toBe(reason);
  });
});

describe("the event of a line", () => {
  it("is the kubelet's first word about a new pod", () => {
    const status = {
      containerStatuses: [{ name: "app", state: { waiting: { reason: "ContainerCreating" } } }],
    };
    const seen = pod({ phase: "Pending", startTime: at(0), ...status });
    const step = "kubectl create -f web.yaml";
    const rows = rowsOf([0, pending, { type: "ADDED", step }], [0, seen, { step }]);
    expect(rows.map(({ cause }) => cause)).toEqual([step, "acknowledged by the kubelet"]);
  });

  it("is the Event that a start was recorded with", () => {
    const started = event("Started", "Container started", 1, "app");
    expect(lastCause([0, pending], [1, started], [2, runs])).toBe("Started: Container started");
  });

  it("names the containers where a pod has several", () => {
    const spec = { containers: [app, { name: "log" }] };
    const state = { running: { startedAt: at(1) } };
    const containerStatuses = spec.containers.map(({ name }) => ({ name, state }));
    const both = pod({ phase: "Running", containerStatuses }, {}, spec);
    const started = event("Started", "Container started", 1, "app");
    const cause = lastCause([0, pod({ phase: "Pending" }, {}, spec)], [1, started], [2, both]);
    expect(cause).toBe("app, log Started: Container started");
  });

  it("is the exit code of an exit, for which there is no Event", () => {
    expect(lastCause([2, runs], [6, exited])).toBe("app exited 3");
  });

  it("is the word for an exit that an exit code does not tell", () => {
    const killed = running({ state: { terminated: exit(137, "OOMKilled") } });
    expect(lastCause([2, runs], [6, killed])).toBe("app OOMKilled");
  });

  it("is why the kubelet killed the container, if it did", () => {
    const why = "Container app failed liveness probe, will be restarted";
    const killing = event("Killing", why, 5, "app");
    const again = running({
      restartCount: 1,
      lastState: exited.status?.containerStatuses?.[0]?.state ?? {},
    });
    expect(lastCause([2, runs], [5, killing], [7, again])).toBe(`Killing: ${why}`);
  });

  it("is why the pod had to end, after the exit that it led to", () => {
    const evicted = event("Evicted", "The node was low on resource: memory.", 5);
    const killing = event("Killing", "Stopping container app", 5, "app");
    const cause = lastCause([2, runs], [5, evicted], [5, killing], [6, exited]);
    expect(cause).toBe("app exited 3 after Evicted: The node was low on resource: memory.");
  });

  it("is the Event of the pod's own reason as soon as the API has it", () => {
    const evicted = event("Evicted", "The node had condition: [MemoryPressure].", 1);
    const refused = pod({ phase: "Failed", reason: "Evicted" });
    const cause = lastCause([0, pending], [1, evicted], [1, refused]);
    expect(cause).toBe("Evicted: The node had condition: [MemoryPressure].");
  });

  it("is the BackOff of a back-off, though it was recorded before the exit was reported", () => {
    const text = "Back-off restarting failed container app in pod web_default(u1)";
    const state = { waiting: { reason: "CrashLoopBackOff" } };
    const waits = running({ state, lastState: { terminated: exit(3, "Error") } });
    const steps: readonly Step[] = [
      [2, runs],
      [6, event("BackOff", text, 6, "app")],
      [6, exited],
    ];
    expect(
      rowsOf(...steps, [16, waits])
        .slice(-2)
        .map(({ cause }) => cause),
    ).toEqual(["app exited 3", `BackOff: ${text}`]);
  });

  it("is the whole sentence of a failed pull, not the Event that repeats STATUS", () => {
    const failed = event("Failed", 'Failed to pull image "web": not found', 3, "app");
    const again = event("Failed", "Error: ErrImagePull", 3, "app");
    const backOff = event("BackOff", 'Back-off pulling image "web"', 3, "app");
    const waits = running({ state: { waiting: { reason: "ErrImagePull" } } }, { phase: "Pending" });
    const cause = lastCause([0, pending], [3, failed], [3, again], [3, backOff], [4, waits]);
    expect(cause).toBe('Failed: Failed to pull image "web": not found');
  });

  it.each([
    [true, "Readiness probe of app succeeded"],
    [false, "Unhealthy: Readiness probe failed: timeout"],
  ])("tells of a probe when ready becomes %s", (ready, cause) => {
    const spec = { containers: [{ ...app, readinessProbe: {} }] };
    const state = { running: { startedAt: at(1) } };
    const now = (isReady: boolean): Pod =>
      pod(
        { phase: "Running", containerStatuses: [{ name: "app", state, ready: isReady }] },
        {},
        spec,
      );
    const unhealthy = event("Unhealthy", "Readiness probe failed: timeout", 3, "app");
    expect(lastCause([2, now(!ready)], [3, unhealthy], [4, now(ready)])).toBe(cause);
  });

  it("is what the user did, and at the end that the pod is deleted", () => {
    const marked = pod(runs.status ?? {}, { deletionTimestamp: at(40) });
    const step = "kubectl delete pod web";
    const rows = rowsOf([2, runs], [10, marked, { step }], [12, marked, { type: "DELETED" }]);
    expect(rows.slice(1).map(({ status, cause }) => [status, cause])).toEqual([
      ["Terminating", step],
      ["Terminating", "deleted"],
    ]);
  });

  it("is the newest Event where nothing else explains the line", () => {
    const failed = event("FailedCreatePodSandBox", "no network", 3);
    const other = {
      ...runs,
      status: { ...runs.status, reason: "", phase: "Pending", containerStatuses: [] },
    } as const;
    const cause = lastCause([2, runs], [3, failed], [4, other]);
    expect(cause).toBe("FailedCreatePodSandBox: no network");
  });
});
