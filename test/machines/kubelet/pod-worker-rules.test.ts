import { describe, expect, it } from "vitest";

import {
  allowPodStart,
  completeWork,
  workOutcome,
} from "../../../machines/kubelet/pod-worker-rules.ts";

describe("completeWork", () => {
  it.each([
    ["a transition at once", true, "failed", [], 0, 0],
    ["a success after syncFrequency", false, undefined, [], 60_000, 90_000],
    ["a missing network soon", false, "network is not ready: cni", [], 1_000, 1_500],
    ["an error after its back-off period", false, "failed", [], 10_000, 15_000],
    ["the end of the first back-off", false, "failed", [30_000, 12_000], 12_000, 18_000],
    ["a back-off that is over at once", false, "failed", [-5], 0, 0],
    ["a long back-off after syncFrequency", false, "failed", [300_000], 60_000, 90_000],
  ])("requeues %s", (_, transition, error, backOffs, minDelayMs, maxDelayMs) => {
    const outcome = workOutcome(transition, error, backOffs);
    expect(completeWork(outcome)).toEqual({ minDelayMs, maxDelayMs });
  });
});

describe("allowPodStart", () => {
  const workers = [{ uid: "a" }, { uid: "b" }, { uid: "gone", terminationRequested: true }];
  const starts = { startedStaticPod: "", waitingStaticPods: ["gone", "a", "b"] };

  it("lets every pod of the API start", () => {
    expect(allowPodStart(pod("a", false), [], starts)).toMatchObject({ canStart: true });
  });

  it("lets the first static pod start that still lives", () => {
    expect(allowPodStart(pod("a"), workers, starts)).toEqual({
      canStart: true,
      canEverStart: true,
      startedStaticPod: "a",
      waitingStaticPods: ["b"],
    });
  });

  it("lets its namesakes wait, and forgets the dead ones before it", () => {
    expect(allowPodStart(pod("b"), workers, starts)).toEqual({
      canStart: false,
      canEverStart: true,
      startedStaticPod: "",
      waitingStaticPods: ["a", "b"],
    });
  });

  it("holds others back while one is started", () => {
    const started = { startedStaticPod: "a", waitingStaticPods: [] };
    expect(allowPodStart(pod("b"), workers, started).canStart).toBe(false);
    expect(allowPodStart(pod("a"), workers, started).canStart).toBe(true);
  });

  it("never starts one that is to terminate", () => {
    expect(allowPodStart(pod("gone"), workers, starts).canEverStart).toBe(false);
  });
});

function pod(uid: string, isStatic = true) {
  return { uid, isStatic };
}
