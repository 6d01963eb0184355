import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";

import { killMessage } from "../../../machines/kubelet/container-kill.ts";
import { computePodActions } from "../../../machines/kubelet/pod-actions.ts";
import type { PodView, RecordView } from "../../../machines/kubelet/pod-view.ts";

const sandboxes = [{ id: "sb", state: "SANDBOX_READY", ip: "10.0.0.1" }] as const;
const lost = [{ id: "sb", state: "SANDBOX_NOTREADY" }] as const;

type Policy = "Always" | "OnFailure" | "Never";

function podOf(restartPolicy: Policy, ...containers: PodView["spec"]["containers"]): PodView {
  return { spec: { restartPolicy, containers } };
}

function record(name: string, state: RecordView["state"], exitCode = 0): RecordView {
  return { name, id: name, state, exitCode };
}

describe("computePodActions", () => {
  it("makes a sandbox and starts every container of a new pod", () => {
    const pod = podOf("Never", { name: "c0" }, { name: "c1" });
    expect(computePodActions(pod, {})).toMatchObject({
      killPod: true,
      createSandbox: true,
      containersToStart: [0, 1],
    });
  });

  it("ends a Never pod whose sandbox is lost, whatever its containers' own policy", () => {
    const pod = podOf("Never", { name: "c0", restartPolicy: "Always" });
    const actions = computePodActions(pod, {
      sandboxes: lost,
      containers: [record("c0", "exited")],
    });
    expect(actions).toMatchObject({ killPod: true, createSandbox: false, containersToStart: [] });
  });

  it("does not make a new sandbox for an OnFailure pod that has succeeded", () => {
    const runtime = { sandboxes: lost, containers: [record("c0", "exited")] };
    const { createSandbox } = computePodActions(podOf("OnFailure", { name: "c0" }), runtime);
    expect(createSandbox).toBe(false);
  });

  it.each([
    ["Always", 0, [0], false],
    ["Always", 1, [0], false],
    ["OnFailure", 0, [], true],
    ["OnFailure", 1, [0], false],
    ["Never", 0, [], true],
    ["Never", 1, [], true],
  ] as const)(
    "policy %s after exit %i starts %j, ends the pod: %s",
    (policy, code, starts, ends) => {
      const runtime = { sandboxes, containers: [record("c0", "exited", code)] };
      const actions = computePodActions(podOf(policy, { name: "c0" }), runtime);
      expect([actions.containersToStart, actions.killPod]).toEqual([starts, ends]);
    },
  );

  it("keeps the pod while one container runs", () => {
    const runtime = { sandboxes, containers: [record("c0", "running"), record("c1", "exited")] };
    const pod = podOf("Never", { name: "c0" }, { name: "c1" });
    expect(computePodActions(pod, runtime).killPod).toBe(false);
  });

  it("kills and restarts a container whose definition changed, under Never too", () => {
    const runtime = { sandboxes, containers: [{ ...record("c0", "running"), specChanged: true }] };
    const actions = computePodActions(podOf("Never", { name: "c0" }), runtime);
    expect(actions.containersToStart).toEqual([0]);
    expect(actions.containersToKill.map(killMessage)).toEqual([
      "Container c0 definition changed, will be restarted",
    ]);
  });

  it("looks at a regular container's liveness before its startup", () => {
    const runtime = { sandboxes, containers: [record("c0", "running")] };
    const failed = { c0: { liveness: "failure", startup: "failure" } } as const;
    const actions = computePodActions(podOf("Never", { name: "c0" }), runtime, failed);
    expect(actions.killPod).toBe(true);
    expect(actions.containersToKill.map(killMessage)).toEqual([
      "Container c0 failed liveness probe",
    ]);
  });

  it("tries to kill a container in an unknown state before it starts it again", () => {
    const runtime = { sandboxes, containers: [record("c0", "unknown")] };
    const actions = computePodActions(podOf("Never", { name: "c0" }), runtime);
    expect(actions.containersToStart).toEqual([0]);
    expect(actions.containersToKill.map(killMessage)).toEqual([
      'Container is in "unknown" state, try killing it before restart',
    ]);
  });

  it("does not keep a finished pod alive for its sidecars", () => {
    const main = podOf("Never", { name: "c0" });
    const sidecars = ["i0", "i1"].map((name) => ({ name, restartPolicy: "Always" }) as const);
    const pod = { spec: { ...main.spec, initContainers: sidecars } };
    const containers = [record("i0", "exited"), record("i1", "running"), record("c0", "exited")];
    expect(computePodActions(pod, { sandboxes, containers })).toMatchObject({
      killPod: true,
      initContainersToStart: [],
    });
  });

  it("starts ephemeral containers once, even beside a kill of the pod", () => {
    const main = podOf("Never", { name: "c0" });
    const pod = { spec: { ...main.spec, ephemeralContainers: [{ name: "e0" }, { name: "e1" }] } };
    const containers = [record("c0", "exited"), record("e0", "exited")];
    const actions = computePodActions(pod, { sandboxes, containers });
    expect(actions).toMatchObject({ killPod: true, ephemeralContainersToStart: [1] });
  });

  it("never starts a container that runs and is not killed", () => {
    const state = constantFrom("created", "running", "exited", "unknown");
    const policy = constantFrom("Always", "OnFailure", "Never");
    assert(
      property(policy, array(state, { maxLength: 4, minLength: 1 }), (given, states) => {
        const containers = states.map((one, index) => record(`c${index}`, one, index % 2));
        const pod = podOf(given, ...containers.map(({ name }) => ({ name })));
        const { containersToStart } = computePodActions(pod, { sandboxes, containers });
        expect(containersToStart.filter((index) => states[index] === "running")).toEqual([]);
      }),
    );
  });
});
