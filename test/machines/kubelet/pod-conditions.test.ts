import { describe, expect, it } from "vitest";

import type { PodCondition } from "../../../machines/api/pod-status.ts";
import {
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
  generatePodReadyToStartContainersCondition,
  type ReadyStatus,
} from "../../../machines/kubelet/pod-conditions.ts";

const pod = {
  metadata: { generation: 3 },
  spec: {
    initContainers: [{ name: "i" }, { name: "s", restartPolicy: "Always" }],
    containers: [{ name: "a" }, { name: "b" }],
  },
} as const;

const ready = (name: string): ReadyStatus => ({ name, ready: true });
const initialized = (...statuses: readonly ReadyStatus[]): PodCondition =>
  generatePodInitializedCondition(pod, statuses, "Running");
const all = [ready("s"), ready("a"), ready("b")];

describe("ContainersReady", () => {
  it("is True once sidecars and regular containers are ready, at the pod's generation", () => {
    const condition = generateContainersReadyCondition(pod, all, "Running");
    expect(condition).toEqual({ type: "ContainersReady", status: "True", observedGeneration: 3 });
  });

  it("names the unknown and the unready ones in spec order", () => {
    const { reason, message } = generateContainersReadyCondition(
      pod,
      [{ name: "b" }, { name: "s" }],
      "Running",
    );
    expect(reason).toBe("ContainersNotReady");
    expect(message).toBe(
      "containers with unknown status: [a], containers with unready status: [s b]",
    );
  });

  it.each([
    ["Failed", all, "PodFailed"],
    ["Succeeded", all, "PodCompleted"],
    ["Succeeded", [ready("a")], "ContainersNotReady"],
    ["Running", undefined, "UnknownContainerStatuses"],
  ] as const)("is False in phase %s with statuses %o: %s", (phase, statuses, reason) => {
    const condition = generateContainersReadyCondition(pod, statuses, phase);
    expect(condition).toMatchObject({ status: "False", reason });
  });
});

describe("Ready", () => {
  const gated = { spec: { ...pod.spec, readinessGates: [{ conditionType: "lb" }] } };
  const containersReady = generateContainersReadyCondition(gated, all, "Running");

  it.each([
    [[], 'corresponding condition of pod readiness gate "lb" does not exist.'],
    [
      [{ type: "lb", status: "Unknown" }],
      'the status of pod readiness gate "lb" is not "True", but Unknown',
    ],
  ] as const)("waits for its readiness gates %o", (conditions, message) => {
    const condition = generatePodReadyCondition(gated, conditions, containersReady);
    expect(condition).toMatchObject({ status: "False", reason: "ReadinessGatesNotReady", message });
  });

  it("copies ContainersReady while that is not True", () => {
    const unready = generateContainersReadyCondition(gated, [], "Running");
    expect(generatePodReadyCondition(gated, [], unready)).toEqual({ ...unready, type: "Ready" });
  });
});

describe("Initialized", () => {
  it("asks an init container for ready and a sidecar for started", () => {
    expect(initialized(ready("i"), { name: "s", started: true }).status).toBe("True");
    expect(initialized({ name: "i", started: true }, ready("s")).message).toBe(
      "containers with incomplete status: [i s]",
    );
  });

  it("is True while a regular container runs and falls back when it waits again", () => {
    expect(initialized({ name: "a", state: { running: {} } }).status).toBe("True");
    expect(initialized({ name: "a", state: {} }).status).toBe("False");
  });

  it("is PodCompleted for a succeeded pod, also without init containers", () => {
    const plain = { spec: { containers: pod.spec.containers } };
    const condition = generatePodInitializedCondition(plain, [], "Succeeded");
    expect(condition).toEqual({ type: "Initialized", status: "True", reason: "PodCompleted" });
  });
});

describe("PodReadyToStartContainers", () => {
  const sandbox = { id: "1", state: "SANDBOX_READY", ip: "10.0.0.1" } as const;

  it.each([
    [[sandbox], "True"],
    [[], "False"],
    [[sandbox, { ...sandbox, id: "0" }], "False"],
    [[{ ...sandbox, ip: "" }], "False"],
  ] as const)("of sandboxes %o is %s", (sandboxes, status) => {
    const condition = generatePodReadyToStartContainersCondition(pod, sandboxes);
    expect(condition.status).toBe(status);
  });
});
