import { describe, expect, it } from "vitest";

import type { RestartPolicy } from "../../../machines/api/pod.ts";
import type { ContainerStatus } from "../../../machines/api/pod-status.ts";
import {
  type ContainerList,
  convertToAPIContainerStatuses,
  type ReasonCache,
} from "../../../machines/kubelet/container-statuses.ts";
import type { ContainerRecord } from "../../../machines/kubelet/runtime-status.ts";

interface Given {
  readonly records?: readonly ContainerRecord[];
  readonly old?: Partial<ContainerStatus>;
  readonly reasons?: ReasonCache;
  readonly restartPolicy?: RestartPolicy;
  readonly deleted?: boolean;
  readonly list?: ContainerList;
}

function statusOf(given: Given): ContainerStatus | undefined {
  const { records = [], old, reasons = {}, list = "containers" } = given;
  const pod = {
    metadata: given.deleted ? { deletionTimestamp: "2030-01-01T00:00:00Z" } : {},
    spec: { restartPolicy: given.restartPolicy ?? "Always", [list]: [{ name: "app" }] },
  };
  const previous = old ? [{ name: "app", ...old }] : [];
  return convertToAPIContainerStatuses(pod, records, previous, list, reasons)[0];
}

const record = (state: ContainerRecord["state"], id = "1"): ContainerRecord => ({
  name: "app",
  id: `containerd://${id}`,
  state,
});
const running = { state: { running: {} }, started: true };
const backOff = { app: { reason: "CrashLoopBackOff", message: "back-off 10s" } };

describe("a container without a record", () => {
  it("waits for its creation, or for the init containers, itself included", () => {
    expect(statusOf({})?.state).toEqual({ waiting: { reason: "ContainerCreating" } });
    const init = statusOf({ list: "initContainers" });
    expect(init?.state).toEqual({ waiting: { reason: "PodInitializing" } });
  });

  it("is counted as restarted once if it ran before", () => {
    const lost = statusOf({ old: { ...running, restartCount: 2 } });
    expect(lost).toMatchObject({
      state: { waiting: { reason: "ContainerCreating" } },
      lastState: { terminated: { reason: "ContainerStatusUnknown", exitCode: 137 } },
      restartCount: 3,
    });
    expect(statusOf({ old: lost ?? {} })?.restartCount).toBe(3);
    expect(statusOf({ old: { ...running, restartCount: 2 }, deleted: true })?.restartCount).toBe(2);
  });

  it("keeps the whole status of an end that the kubelet has seen", () => {
    const old = { state: { terminated: { exitCode: 0 } }, ready: true, restartCount: 1 };
    expect(statusOf({ old })).toEqual({ name: "app", ...old });
  });
});

describe("a container with records", () => {
  it("shows the newest created as its state and the one before as its last state", () => {
    const older = { ...record("exited", "0"), exitCode: 1, createdAt: "2030-01-01T00:00:00Z" };
    const newer = { ...record("running"), createdAt: "2030-01-01T00:00:09Z", restartCount: 1 };
    expect(statusOf({ records: [older, newer] })).toMatchObject({
      state: { running: {} },
      lastState: { terminated: { exitCode: 1, containerID: "containerd://0" } },
      restartCount: 1,
      containerID: "containerd://1",
    });
  });

  it("takes started from the status before while it runs, whichever container that was", () => {
    const old = { ...running, containerID: "containerd://0" };
    expect(statusOf({ records: [record("running")], old })?.started).toBe(true);
    expect(statusOf({ records: [record("exited")], old })?.started).toBeUndefined();
  });

  it("calls an unknown state an end, but only in the first status after it ran", () => {
    const records = [{ ...record("unknown"), restartCount: 4 }];
    const ended = statusOf({ records, old: { ...running, restartCount: 4 } });
    expect(ended).toMatchObject({ state: { terminated: { exitCode: 137 } }, restartCount: 5 });
    const next = statusOf({ records, old: ended ?? {} });
    expect(next).toMatchObject({ state: { waiting: {} }, restartCount: 4 });
    expect(next?.lastState).toBeUndefined();
  });
});

describe("a container whose start has failed", () => {
  const exited = [{ ...record("exited"), exitCode: 1 }];

  it("waits with the cached reason, its end becomes the last state", () => {
    const status = statusOf({ records: exited, reasons: backOff });
    expect(status?.state).toEqual({
      waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" },
    });
    expect(status?.lastState?.terminated?.exitCode).toBe(1);
  });

  it.each<[string, Given]>([
    ["of a pod that is being deleted", { deleted: true }],
    ["that its policy does not restart", { restartPolicy: "Never" }],
    ["that is an init container and has succeeded", doneInitContainer()],
  ])("does not wait so when it is one %s", (_what, given) => {
    const status = statusOf({ records: exited, reasons: backOff, ...given });
    expect(status?.state?.waiting).toBeUndefined();
  });
});

describe("a list of statuses", () => {
  it("is in order of names for regular containers and of the spec for init containers", () => {
    const two = [{ name: "z" }, { name: "a" }];
    const namesOf = (list: ContainerList) =>
      convertToAPIContainerStatuses({ spec: { [list]: two } }, [], [], list, {}).map(
        ({ name }) => name,
      );
    expect(namesOf("containers")).toEqual(["a", "z"]);
    expect(namesOf("initContainers")).toEqual(["z", "a"]);
  });

  it("reports resources of containers with a record, while the same one runs as before", () => {
    const resources = { requests: { cpu: "2", memory: "1Gi" } };
    const spec = { containers: [{ name: "app", resources }] };
    const old = { name: "app", ...running, containerID: "containerd://1" };
    const before = { ...old, resources: { requests: { cpu: "1" } } };
    const [same] = convertToAPIContainerStatuses(
      { spec },
      [record("running")],
      [before],
      "containers",
      {},
    );
    expect(same?.resources).toEqual({ requests: { cpu: "1", memory: "1Gi" } });
    expect(same?.allocatedResources).toEqual(resources.requests);
    const [none] = convertToAPIContainerStatuses({ spec }, [], [], "containers", {});
    expect(none?.resources).toBeUndefined();
  });
});

function doneInitContainer(): Given {
  return { list: "initContainers", records: [{ ...record("exited"), exitCode: 0 }] };
}
