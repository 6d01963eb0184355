import { describe, expect, it } from "vitest";

import type { Pod } from "../../../machines/api/pod.ts";
import type { Unchecked } from "../../../machines/api/unchecked.ts";
import { type AdmissionCluster, admitPod } from "../../../machines/apiserver/admission.ts";
import { mergeTolerations } from "../../../machines/apiserver/admission-tolerations.ts";

type Spec = NonNullable<Unchecked<Pod>["spec"]>;

const high = { metadata: { name: "high" }, value: 1000, preemptionPolicy: "Never" };
const usual = { metadata: { name: "usual" }, value: 7, globalDefault: true };
const sandboxed = {
  metadata: { name: "sandboxed" },
  handler: "runsc",
  overhead: { podFixed: { memory: "64Mi" } },
  scheduling: { nodeSelector: { sandbox: "yes" }, tolerations: [{ key: "s", operator: "Exists" }] },
};

function admit(spec: Spec, cluster: Partial<AdmissionCluster> = {}): Spec | string {
  const classes = { priorityClasses: [high], runtimeClasses: [sandboxed], ...cluster };
  const admission = admitPod({ metadata: { name: "web" }, spec }, classes);
  return "spec" in admission ? admission.spec : admission.refusal.message;
}

describe("a pod's priority", () => {
  it("is its class's, and so is its preemption policy", () => {
    expect(admit({ priorityClassName: "high" })).toMatchObject({
      priority: 1000,
      preemptionPolicy: "Never",
    });
  });

  it("is 0 without a class, or that of the class for all", () => {
    expect(admit({})).toMatchObject({ priority: 0, preemptionPolicy: "PreemptLowerPriority" });
    const cluster = { priorityClasses: [high, usual] };
    expect(admit({}, cluster)).toMatchObject({ priority: 7, priorityClassName: "usual" });
  });

  it("knows the classes of the system", () => {
    const spec = { priorityClassName: "system-node-critical" };
    expect(admit(spec)).toMatchObject({ priority: 2_000_001_000 });
  });

  it.each([
    [{ priorityClassName: "low" }, "no PriorityClass with name low was found"],
    [
      { priority: 5 },
      "the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name",
    ],
    [
      { priorityClassName: "high", preemptionPolicy: "PreemptLowerPriority" },
      "the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name",
    ],
  ])("is not for the pod to say: %j", (spec, message) => {
    expect(admit(spec)).toBe(message);
  });
});

describe("a pod's tolerations", () => {
  it("let it stay 300 s on a node that is lost or not ready", () => {
    const keys = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];
    const tolerations = keys.map((key) => {
      return { key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 };
    });
    expect(admit({})).toMatchObject({ tolerations });
  });

  it.each([
    [[{ operator: "Exists" }], 1],
    [[{ key: "node.kubernetes.io/not-ready", effect: "NoExecute" }], 2],
    [[{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }], 3],
  ])("are left alone where it says how long: %j", (tolerations, count) => {
    expect(admit({ tolerations })).toMatchObject({ tolerations: { length: count } });
  });

  it("are merged so that no one is covered by another", () => {
    const all = { operator: "Exists" };
    const one = { key: "a", operator: "Equal", value: "b", effect: "NoSchedule" };
    expect(mergeTolerations([one], [all])).toEqual([all]);
    expect(mergeTolerations([all, one], [one])).toEqual([all]);
    expect(mergeTolerations([one], [one])).toEqual([one]);
  });
});

describe("a pod's runtime class", () => {
  it("brings its overhead and where the pod can run", () => {
    const spec = { runtimeClassName: "sandboxed", nodeSelector: { zone: "a" } };
    expect(admit(spec)).toMatchObject({
      overhead: { memory: "64Mi" },
      nodeSelector: { zone: "a", sandbox: "yes" },
      tolerations: { length: 3 },
    });
  });

  it.each([
    [{ runtimeClassName: "none" }, 'pod rejected: RuntimeClass "none" not found'],
    [
      { overhead: { cpu: "1" } },
      "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
    ],
    [
      { runtimeClassName: "sandboxed", overhead: { memory: "1Gi" } },
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    ],
    [
      { runtimeClassName: "sandboxed", nodeSelector: { sandbox: "no" } },
      "conflict: runtimeClass.scheduling.nodeSelector[sandbox] = yes; pod.spec.nodeSelector[sandbox] = no",
    ],
  ])("must be there and must not contradict the pod: %j", (spec, message) => {
    expect(admit(spec)).toBe(message);
  });

  it("does not mind how its overhead is written", () => {
    const spec = { runtimeClassName: "sandboxed", overhead: { memory: "65536Ki" } };
    expect(admit(spec)).toMatchObject({ overhead: { memory: "64Mi" } });
  });
});

describe("a pod's service account", () => {
  const containers = [{ name: "app" }];

  it("is default, and its token is mounted in every container", () => {
    const admitted = admit({ containers, initContainers: [{ name: "init" }] });
    const mount = { mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true };
    expect(admitted).toMatchObject({
      serviceAccountName: "default",
      volumes: [{ projected: { sources: { length: 3 } } }],
      containers: [{ volumeMounts: [mount] }],
      initContainers: [{ volumeMounts: [mount] }],
    });
  });

  it("has no token in a pod that declines it", () => {
    const admitted = admit({ containers, automountServiceAccountToken: false });
    expect(admitted).not.toHaveProperty("volumes");
  });

  it("leaves a mount alone that is there already", () => {
    const mountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    const own = [{ name: "app", volumeMounts: [{ name: "own", mountPath }] }];
    expect(admit({ containers: own })).toMatchObject({ containers: own });
  });
});
