import { describe, expect, it } from "vitest";
import { type EventFrom, initialTransition, transition } from "xstate";

import { podSyncMachine } from "../../../machines/kubelet/pod-sync.machine.ts";

type SyncEvent = EventFrom<typeof podSyncMachine>;

const requested: SyncEvent = { type: "sync.requested" };
const cancelled: SyncEvent = { type: "sync.cancelled" };
const reported: SyncEvent = { type: "status.set", isTerminal: false, networkIsReady: true };

function volumes(areMounted: boolean): SyncEvent {
  return { type: "volumes.observed", areMounted, missesPullSecrets: false };
}

function stateAfter(...told: readonly SyncEvent[]): unknown {
  const [fresh] = initialTransition(podSyncMachine);
  return told.reduce((before, event) => transition(podSyncMachine, before, event)[0], fresh).value;
}

describe("a sync of a pod that must go", () => {
  it("does not wait for volumes any longer", () => {
    expect(stateAfter(requested, reported, volumes(false))).toBe("awaitingVolumes");
    expect(stateAfter(requested, reported, volumes(false), cancelled)).toBe("idle");
  });

  it("looks once whether they are mounted, if it was cancelled before", () => {
    expect(stateAfter(requested, cancelled, reported, volumes(false))).toBe("idle");
    expect(stateAfter(requested, cancelled, reported, volumes(true))).toBe("computingActions");
  });

  it("runs to its end once the runtime is at work", () => {
    const events = [requested, reported, volumes(true)];
    expect(stateAfter(...events, cancelled)).toBe("computingActions");
  });

  it("leaves the next one alone", () => {
    const events = [requested, cancelled, reported, volumes(false)];
    expect(stateAfter(...events, requested, reported, volumes(false))).toBe("awaitingVolumes");
  });
});
