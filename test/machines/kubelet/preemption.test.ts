import { describe, expect, it } from "vitest";

import type { PredicateFailure } from "../../../machines/kubelet/admission-check.ts";
import { withVerdict } from "../../../machines/kubelet/kill-verdict.ts";
import { handleAdmissionFailure, preemptionVerdict } from "../../../machines/kubelet/preemption.ts";

type Requests = Readonly<Record<string, string>>;

function pod(name: string, requests: Requests, limits: Requests = {}, priority = 0) {
  const containers = [{ name, resources: { requests, limits } }];
  return { metadata: { name, annotations: {} }, spec: { priority, containers } };
}

const critical = pod("critical", { cpu: "1" }, {}, 2_000_000_000);
const bestEffort = pod("best-effort", {});
const burstable = pod("burstable", { cpu: "2" });
const smaller = pod("smaller", { cpu: "1", memory: "1Gi" });
const guaranteed = pod("guaranteed", { cpu: "2", memory: "1Gi" }, { cpu: "2", memory: "1Gi" });

function lacking(requested: number): PredicateFailure {
  return {
    type: "insufficientResource",
    resourceName: "cpu",
    requested,
    used: 4000,
    capacity: 4000,
  };
}

function victims(requested: number, pods: readonly (typeof critical)[]): readonly string[] {
  const recovery = handleAdmissionFailure(critical, [lacking(requested)], pods);
  return recovery.type === "preempting" ? recovery.pods.map((one) => one.metadata.name) : [];
}

describe("handleAdmissionFailure", () => {
  it("refuses a pod that is not critical", () => {
    const failures = [lacking(1)];
    const recovery = handleAdmissionFailure(burstable, failures, [bestEffort]);
    expect(recovery).toEqual({ type: "refused", failures });
  });

  it("tells a critical pod what preemption cannot help", () => {
    const affinity = { type: "failedPredicate", name: "NodeAffinity" } as const;
    const recovery = handleAdmissionFailure(critical, [lacking(1), affinity], [burstable]);
    expect(recovery).toEqual({ type: "refused", failures: [affinity] });
  });

  it("spares Guaranteed pods while Burstable ones suffice", () => {
    expect(victims(2000, [guaranteed, burstable])).toEqual(["burstable"]);
    expect(victims(2001, [guaranteed, burstable])).toEqual(["burstable", "guaranteed"]);
  });

  it("takes as few pods as possible, and of equals the one that asks for less", () => {
    expect(victims(2000, [smaller, burstable])).toEqual(["burstable"]);
    expect(victims(1000, [smaller, burstable])).toEqual(["burstable"]);
    expect(victims(1000, [smaller, pod("small", { cpu: "1" })])).toEqual(["small"]);
  });

  it("says what it did not find", () => {
    const rival = pod("rival", { cpu: "4" }, {}, 2_000_000_000);
    expect(handleAdmissionFailure(critical, [lacking(1000)], [rival, bestEffort])).toEqual({
      type: "error",
      error:
        "preemption: error finding a set of pods to preempt: " +
        "no set of running pods found to reclaim resources: [(res: cpu, q: 1000), ]",
    });
  });
});

describe("what is said of a pod that has to make room", () => {
  it("fails the pod and says so in DisruptionTarget, in its old place", () => {
    const conditions = [{ type: "DisruptionTarget", status: "False" } as const];
    const status = withVerdict({ phase: "Running", conditions }, preemptionVerdict, 3);
    expect(status).toMatchObject({ phase: "Failed", reason: "Preempting" });
    expect(status.conditions).toMatchObject([{ status: "True", observedGeneration: 3 }]);
  });
});
