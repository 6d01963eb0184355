import { describe, expect, it } from "vitest";

import { newPodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import { loadScheduler, saveScheduler } from "../../src/system/saved-scheduler.ts";
import { type Place, type QueuedPod, SchedulerSide } from "../../src/system/scheduler-side.ts";
import { buildPod } from "../support/build.ts";

function queued(name: string, place: Place): QueuedPod {
  return {
    podInfo: newPodInfo(buildPod(name)),
    place,
    timestampMs: 0,
    attempts: 1,
    unschedulableCount: 0,
    consecutiveErrorsCount: 0,
    unschedulablePlugins: [],
  };
}

/** A scheduler that tries the pod `first`. */
function trying(): SchedulerSide {
  const side = new SchedulerSide();
  const first = queued("first", "inFlight");
  side.setQueued("first", first);
  side.attempt = { key: "first", podInfo: first.podInfo };
  return side;
}

describe("whether what happens may help somebody", () => {
  it("is so when a pod was refused, and not for the one that is being tried", () => {
    const side = trying();
    expect(side.isAnyWaiting).toBe(false);
    side.setQueued("second", queued("second", "unschedulable"));
    expect(side.isAnyWaiting).toBe(true);
    side.changeQueued("second", { place: "active" });
    expect(side.isAnyWaiting).toBe(false);
  });

  it("is so when the pod that is being tried has gone meanwhile", () => {
    const side = trying();
    side.setQueued("second", queued("second", "gated"));
    side.setQueued("first", undefined);
    expect(side.isAnyWaiting).toBe(true);
  });

  it("is so when the attempt has ended and its machine has not heard", () => {
    const side = trying();
    side.attempt = undefined;
    expect(side.isAnyWaiting).toBe(true);
  });

  it("is known to a copy and to what was saved", () => {
    const side = trying();
    side.setQueued("second", queued("second", "unschedulable"));
    const copies = [side.fork(), loadScheduler(JSON.parse(JSON.stringify(saveScheduler(side))))];
    expect(copies.map(({ isAnyWaiting }) => isAnyWaiting)).toEqual([true, true]);
    copies[0]?.setQueued("second", undefined);
    expect([copies[0]?.isAnyWaiting, side.isAnyWaiting]).toEqual([false, true]);
  });
});
