import { describe, expect, it } from "vitest";

import type { PodStatus } from "../../../machines/api/pod-status.ts";
import type { StatusSources } from "../../../machines/kubelet/pod-status.ts";
import { generateAPIPodStatus } from "../../support/generated-status.ts";

const pod = {
  metadata: { generation: 1 },
  spec: { restartPolicy: "Never", containers: [{ name: "app" }] },
} as const;
const exited = (exitCode: number) =>
  ({ containers: [{ name: "app", id: "containerd://1", state: "exited", exitCode }] }) as const;
const evicted: PodStatus = { phase: "Failed", reason: "Evicted", message: "memory" };

function generated(sources: Partial<StatusSources>): PodStatus {
  return generateAPIPodStatus({ pod, runtimeStatus: {}, podIsTerminal: false, ...sources });
}

describe("phase, reason and message", () => {
  it("stay what was terminal in the cache, then at the API", () => {
    expect(generated({ cachedStatus: evicted })).toMatchObject(evicted);
    expect(generated({ pod: { ...pod, status: evicted }, cachedStatus: {} }).phase).toBe("Failed");
  });

  it("lose the reason of a phase that they leave: an evicted pod may have succeeded", () => {
    const sources = { cachedStatus: evicted, runtimeStatus: exited(0), podIsTerminal: true };
    const status = generated(sources);
    expect(status.phase).toBe("Succeeded");
    expect(status.reason).toBeUndefined();
    expect(generated({ ...sources, runtimeStatus: exited(1) })).toMatchObject(evicted);
  });

  it("take a sync handler's reason, but not its phase against a terminal one at the API", () => {
    const evict = { reason: "DeadlineExceeded", message: "too long" };
    expect(generated({ evict })).toMatchObject({ phase: "Failed", ...evict });
    const succeeded = { ...pod, status: { phase: "Succeeded" } } as const;
    expect(generated({ pod: succeeded, evict })).toMatchObject({ phase: "Succeeded", ...evict });
  });

  it("fall back from Running to Pending when the record of a container is unknown", () => {
    const unknown = { containers: [{ name: "app", id: "1", state: "unknown" }] } as const;
    const always = { ...pod, spec: { ...pod.spec, restartPolicy: "Always" } } as const;
    const cachedStatus = { containerStatuses: [{ name: "app", state: { running: {} } }] };
    const first = generated({ pod: always, runtimeStatus: unknown, cachedStatus });
    const second = generated({ pod: always, runtimeStatus: unknown, cachedStatus: first });
    expect([first.phase, second.phase]).toEqual(["Running", "Pending"]);
  });
});

describe("conditions", () => {
  const kubelets = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"];

  it("list the others' first, then the kubelet's own in its order", () => {
    const conditions = [
      { type: "Ready", status: "True" },
      { type: "x/lb", status: "True" },
    ] as const;
    const pending = { type: "PodResizePending", status: "True" } as const;
    const status = generated({ pod: { ...pod, status: { conditions } }, resize: { pending } });
    expect(typesOf(status)).toEqual(["x/lb", "PodResizePending", ...kubelets, "PodScheduled"]);
  });

  it("take DisruptionTarget from the cache, in the place that the API gives it", () => {
    const target = { type: "DisruptionTarget", status: "True" } as const;
    const api = [
      { ...target, reason: "EvictionByEvictionAPI" },
      { ...target, type: "x/lb" },
    ];
    const status = generated({
      pod: { ...pod, status: { conditions: api } },
      cachedStatus: { conditions: [{ ...target, reason: "TerminationByKubelet" }] },
    });
    expect(typesOf(status).slice(0, 2)).toEqual(["DisruptionTarget", "x/lb"]);
    expect(status.conditions?.[0]?.reason).toBe("TerminationByKubelet");
  });

  it("end a resize with the pod", () => {
    const inProgress = { type: "PodResizeInProgress", status: "True" } as const;
    const status = generated({ resize: { inProgress }, podIsTerminal: true });
    expect(typesOf(status)).not.toContain("PodResizeInProgress");
  });
});

function typesOf({ conditions = [] }: PodStatus): readonly string[] {
  return conditions.map(({ type }) => type);
}
