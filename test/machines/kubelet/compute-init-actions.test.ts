import { describe, expect, it } from "vitest";

import { computeInitContainerActions } from "../../../machines/kubelet/compute-init-actions.ts";
import { killMessage } from "../../../machines/kubelet/container-kill.ts";
import type {
  ContainerView,
  PodView,
  ProbeResults,
  RecordView,
} from "../../../machines/kubelet/pod-view.ts";

type Policy = "Always" | "OnFailure" | "Never";

function podOf(restartPolicy: Policy, ...initContainers: readonly ContainerView[]): PodView {
  return { spec: { restartPolicy, initContainers, containers: [{ name: "c0" }] } };
}

function record(name: string, state: RecordView["state"], exitCode = 0): RecordView {
  return { name, id: name, state, exitCode };
}

const init = (index: number): ContainerView => ({ name: `i${index}` });
const sidecar = (index: number): ContainerView => ({ name: `i${index}`, restartPolicy: "Always" });

function actions(pod: PodView, containers: readonly RecordView[], probes: ProbeResults = {}) {
  return computeInitContainerActions(pod, { containers }, probes);
}

describe("computeInitContainerActions", () => {
  it("has initialized a pod without init containers", () => {
    expect(actions(podOf("Always"), []).hasInitialized).toBe(true);
  });

  it("starts the first init container, and the next one once it has exited 0", () => {
    const pod = podOf("Always", init(0), init(1));
    expect(actions(pod, []).initContainersToStart).toEqual([0]);
    expect(actions(pod, [record("i0", "exited")]).initContainersToStart).toEqual([1]);
  });

  it("lets the newest init container with a record decide", () => {
    const pod = podOf("Always", init(0), init(1));
    expect(actions(pod, [record("i1", "exited")]).hasInitialized).toBe(true);
  });

  it.each([
    ["Always", [0], false],
    ["OnFailure", [0], false],
    ["Never", [], true],
  ] as const)(
    "policy %s after a failure starts %j, fails the pod: %s",
    (policy, starts, failed) => {
      const result = actions(podOf(policy, init(0)), [record("i0", "exited", 1)]);
      expect([result.initContainersToStart, result.failed]).toEqual([starts, failed]);
    },
  );

  it("calls an OOM kill a failure even with exit code 0, which OnFailure does not restart", () => {
    const oom = { ...record("i0", "exited"), reason: "OOMKilled" };
    expect(actions(podOf("OnFailure", init(0)), [oom]).failed).toBe(true);
    expect(actions(podOf("Always", init(0)), [oom]).initContainersToStart).toEqual([0]);
  });

  it("starts the next init container beside a running sidecar, but not before it has started", () => {
    const pod = podOf("Always", { ...sidecar(0), startupProbe: {} }, init(1));
    const running = [record("i0", "running")];
    expect(actions(pod, running).initContainersToStart).toEqual([]);
    const started = actions(pod, running, { i0: { startup: "success" } });
    expect(started.initContainersToStart).toEqual([1]);
  });

  it("restarts a sidecar whose liveness failed and does not hold up the next one", () => {
    const pod = podOf("Never", { ...sidecar(0), livenessProbe: {} }, init(1));
    const result = actions(pod, [record("i0", "running")], { i0: { liveness: "failure" } });
    expect(result.initContainersToStart).toEqual([0, 1]);
    expect(result.containersToKill.map(killMessage)).toEqual([
      "Init container i0 failed liveness probe",
    ]);
  });

  it("starts an exited last sidecar alone: exited main containers prove nothing", () => {
    const records = [record("i0", "exited", 1), record("c0", "exited")];
    const result = actions(podOf("Never", sidecar(0)), records);
    expect(result).toMatchObject({ hasInitialized: false, initContainersToStart: [0] });
  });

  it("keeps only sidecars running once a main container was created", () => {
    const pod = podOf("Always", init(0), sidecar(1), sidecar(2));
    const result = actions(pod, [record("c0", "created"), record("i1", "exited")]);
    expect(result).toMatchObject({ hasInitialized: true, initContainersToStart: [1, 2] });
  });

  it("starts a created init container again under Never", () => {
    const result = actions(podOf("Never", init(0)), [record("i0", "created")]);
    expect(result.initContainersToStart).toEqual([0]);
  });

  it("kills an init container in an unknown state first, where it may restart", () => {
    const unknown = [record("i0", "unknown")];
    const result = actions(podOf("Always", init(0)), unknown);
    expect(result.containersToKill.map(killMessage)).toEqual([
      'Init container is in "unknown" state, try killing it before restart',
    ]);
    expect(actions(podOf("Never", init(0)), unknown).failed).toBe(true);
  });
});
