import { describe, expect, it } from "vitest";

import type { PodCondition, PodStatus } from "../../../machines/api/pod-status.ts";
import { mergePodStatus } from "../../../machines/kubelet/status-merge.ts";

const pod = { metadata: { generation: 2 }, spec: { containers: [{ name: "app" }] } };
const nowMs = 60_000;
const now = "1970-01-01T00:01:00Z";

const api: PodStatus = {
  phase: "Running",
  conditions: [cond("x/lb", "True"), cond("Ready", "True"), cond("PodScheduled", "True")],
};
const evicted: PodStatus = {
  phase: "Failed",
  reason: "Evicted",
  message: "The node was low on resource: memory. ",
  conditions: [cond("DisruptionTarget", "True"), cond("Ready", "True"), cond("x/lb", "False")],
};

describe("mergePodStatus", () => {
  it("holds back phase, reason and DisruptionTarget while a container could run", () => {
    const merged = mergePodStatus(pod, api, evicted, true, nowMs);
    expect(merged).toEqual({
      phase: "Running",
      conditions: [cond("x/lb", "True"), cond("Ready", "True")],
    });
  });

  it("sends all of it with the terminal phase, and no longer says Ready", () => {
    const merged = mergePodStatus(pod, api, evicted, false, nowMs);
    const failed = { reason: "PodFailed", observedGeneration: 2, lastTransitionTime: now };
    expect(merged).toMatchObject({ phase: "Failed", reason: "Evicted" });
    expect(merged.conditions).toEqual([
      cond("x/lb", "True"),
      { ...cond("DisruptionTarget", "True"), lastTransitionTime: now },
      { ...cond("Ready", "False"), ...failed },
      { ...cond("ContainersReady", "False"), ...failed },
    ]);
  });

  it("leaves the readiness of a pod that goes on running as the kubelet says", () => {
    const generated = { phase: "Running", conditions: [cond("Ready", "False")] } as const;
    const merged = mergePodStatus(pod, api, generated, true, nowMs);
    expect(merged.conditions).toEqual([cond("x/lb", "True"), cond("Ready", "False")]);
  });

  it("keeps the resource claims of the API", () => {
    const claimed = { ...api, resourceClaimStatuses: [{ name: "gpu" }] };
    const merged = mergePodStatus(pod, claimed, { phase: "Running" }, true, nowMs);
    expect(merged.resourceClaimStatuses).toEqual([{ name: "gpu" }]);
  });
});

function cond(type: string, status: "True" | "False"): PodCondition {
  return { type, status };
}
