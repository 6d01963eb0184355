import { describe, expect, it } from "vitest";

import { evictionVerdict } from "../../../machines/kubelet/eviction-verdict.ts";
import { withVerdict } from "../../../machines/kubelet/kill-verdict.ts";
import { evictionSettings } from "../../../machines/kubelet/eviction-settings.ts";
import type { PodStats } from "../../../machines/kubelet/node-stats.ts";

const oneDevice = { dedicatedImageFs: false, dedicatedContainerFs: false };
const { thresholds } = evictionSettings({}, oneDevice);
const evidence = { thresholds, observations: {}, dedicatedImageFs: false };
const limits = { "ephemeral-storage": "10Mi" };
const pod = {
  metadata: { name: "web" },
  spec: { containers: [{ name: "app", resources: { limits } }] },
};
const podStats: PodStats = {
  podRef: { name: "web", namespace: "default", uid: "1" },
  containers: [{ name: "app" }],
  "ephemeral-storage": { usedBytes: 20 * 2 ** 20 },
};
const starved = {
  cause: "threshold",
  threshold: { kind: "hard", signal: "memory.available" },
} as const;

describe("evictionVerdict", () => {
  it("calls an eviction by a starved node a disruption", () => {
    const verdict = evictionVerdict(starved, pod, podStats, evidence);
    const message = "The node was low on resource: memory. ";
    expect(verdict).toMatchObject({ reason: "Evicted", message });
    expect(verdict.disruption).toEqual({ reason: "TerminationByKubelet", message });
  });

  it("calls a pod over its own limit nothing of that kind", () => {
    const cause = { cause: "limit", limit: "pod" } as const;
    expect(evictionVerdict(cause, pod, podStats, evidence)).toEqual({
      reason: "Evicted",
      message: "Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. ",
      annotations: {},
    });
  });

  it("fails the pod whose status it is written over", () => {
    const { annotations: _, ...verdict } = evictionVerdict(starved, pod, podStats, evidence);
    const status = withVerdict({ phase: "Running" }, verdict, 2);
    expect(status).toMatchObject({ phase: "Failed", reason: "Evicted" });
    expect(status.conditions).toMatchObject([{ type: "DisruptionTarget", observedGeneration: 2 }]);
  });
});
