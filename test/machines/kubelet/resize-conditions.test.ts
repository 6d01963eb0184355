import { describe, expect, it } from "vitest";

import {
  clearPodResizeInProgressCondition,
  clearPodResizePendingCondition,
  isPodResizeDeferred,
  listResizeConditions,
  setPodResizeInProgressCondition,
  setPodResizePendingCondition,
} from "../../../machines/kubelet/resize-conditions.ts";

const deferred = { reason: "Deferred", message: "no room", observedGeneration: 2 };

describe("resize conditions", () => {
  it("moves the transition time of PodResizePending with its reason only", () => {
    const first = setPodResizePendingCondition({}, deferred, 0);
    const again = setPodResizePendingCondition(first.conditions, deferred, 60_000);
    expect([first.changed, again.changed]).toEqual([true, false]);
    expect(again.conditions.pending).toMatchObject({
      lastTransitionTime: "1970-01-01T00:00:00Z",
      lastProbeTime: "1970-01-01T00:01:00Z",
    });
  });

  it("keeps the generation and the failure of a resize in progress", () => {
    const failed = { reason: "Error", message: "failed", observedGeneration: 1 };
    const begun = setPodResizeInProgressCondition({}, failed, 0).conditions;
    const later = setPodResizeInProgressCondition(begun, { observedGeneration: 5 }, 1_000);
    expect(later.changed).toBe(false);
    expect(later.conditions.inProgress).toMatchObject(failed);
  });

  it("lists pending before in progress, and clearing what is absent changes nothing", () => {
    const pending = setPodResizePendingCondition({}, deferred, 0).conditions;
    const both = setPodResizeInProgressCondition(pending, deferred, 0).conditions;
    const types = listResizeConditions(both).map(({ type }) => type);
    expect(types).toEqual(["PodResizePending", "PodResizeInProgress"]);
    expect(isPodResizeDeferred(clearPodResizePendingCondition(both))).toBe(false);
    expect(clearPodResizeInProgressCondition(pending)).toBe(pending);
  });
});
