import { describe, expect, it } from "vitest";

import { activeForMs, shouldEvict, shouldSync } from "../../../machines/kubelet/active-deadline.ts";

const startTime = "2026-01-01T00:00:00Z";
const nowMs = 1_767_225_630_000; // 2026-01-01T00:00:30Z

describe("the active deadline", () => {
  it.each([
    [29_999, false],
    [30_000, true],
    [30_001, true],
  ])("of 30 s after %i ms is reached: %s", (activeMs, isReached) => {
    expect(shouldSync({ activeDeadlineSeconds: 30 }, activeMs)).toBe(isReached);
    expect(shouldEvict({ activeDeadlineSeconds: 30 }, activeMs).evict).toBe(isReached);
  });

  it("of 0 is over at once", () => {
    expect(shouldEvict({ activeDeadlineSeconds: 0 }, 0)).toEqual({
      evict: true,
      reason: "DeadlineExceeded",
      message: "Pod was active on the node longer than the specified deadline",
    });
  });

  it("does not run before the pod's start, nor without a deadline", () => {
    expect(shouldSync({ activeDeadlineSeconds: 0 }, undefined)).toBe(false);
    expect(shouldSync({}, 1_000_000)).toBe(false);
  });

  it("runs from the cached start time, which hides the API's even where it is missing", () => {
    const pod = { status: { startTime } };
    expect(activeForMs(pod, undefined, nowMs)).toBe(30_000);
    expect(activeForMs(pod, { startTime: "2026-01-01T00:00:10Z" }, nowMs)).toBe(20_000);
    expect(activeForMs(pod, {}, nowMs)).toBe(undefined);
  });
});
