import { describe, expect, it } from "vitest";

import type { ContainerStatus, PodStatus } from "../../../machines/api/pod-status.ts";
import type { StatusPod } from "../../../machines/kubelet/status-cache.ts";
import { terminatePod } from "../../../machines/kubelet/terminate-pod.ts";

const waiting: ContainerStatus = { name: "app", state: { waiting: {} } };
const runningApp: ContainerStatus = { name: "app", state: { running: {} } };
const initRunning: ContainerStatus = { name: "i", state: { running: {} } };

interface Given {
  readonly cached?: PodStatus;
  readonly init?: boolean;
  readonly metadata?: NonNullable<StatusPod["metadata"]>;
}

function terminates(api: PodStatus, { cached = api, init = false, metadata = {} }: Given = {}) {
  const initContainers = init ? [{ name: "i" }, { name: "j" }] : [];
  const spec = { restartPolicy: "Always", containers: [{ name: "app" }], initContainers } as const;
  const entry = { status: cached, podIsFinished: false };
  return terminatePod({ metadata, spec, status: api }, entry, 0);
}

const reasons = (list: readonly ContainerStatus[] | undefined) =>
  list?.map(({ state }) => state?.terminated?.reason);

describe("terminatePod", () => {
  it("calls every container that has not ended ContainerStatusUnknown, and the pod Failed", () => {
    const entry = terminates({ phase: "Pending", containerStatuses: [waiting] });
    expect(entry).toMatchObject({ podIsFinished: true, status: { phase: "Failed" } });
    expect(reasons(entry?.status.containerStatuses)).toEqual(["ContainerStatusUnknown"]);
  });

  it("leaves regular containers that never started in a pod that was not initialized", () => {
    const api = {
      phase: "Pending",
      initContainerStatuses: [initRunning, { name: "j", state: { waiting: {} } }],
      containerStatuses: [waiting],
    } as const;
    const entry = terminates(api, { init: true });
    expect(reasons(entry?.status.initContainerStatuses)).toEqual([
      "ContainerStatusUnknown",
      undefined,
    ]);
    expect(reasons(entry?.status.containerStatuses)).toEqual([undefined]);
  });

  it("judges that by the API's status, however stale", () => {
    const cached = {
      phase: "Running",
      initContainerStatuses: [{ name: "i", state: { terminated: { exitCode: 0 } } }],
      containerStatuses: [runningApp],
    } as const;
    const api = { phase: "Pending", initContainerStatuses: [initRunning] } as const;
    const entry = terminates(api, { cached, init: true });
    expect(entry?.status.containerStatuses).toEqual([runningApp]);
    expect(entry?.status.phase).toBe("Failed");
  });

  it.each([
    ["Succeeded", {}, "Succeeded"],
    ["Running", {}, "Failed"],
    ["Running", { annotations: { "kubernetes.io/config.source": "file" } }, "Running"],
  ] as const)("of phase %s with %o ends %s", (phase, metadata, ends) => {
    expect(terminates({ phase }, { metadata })?.status.phase).toBe(ends);
  });
});
