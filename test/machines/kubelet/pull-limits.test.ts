import { describe, expect, it } from "vitest";

import { pullLimits } from "../../../machines/kubelet/pull-limits.ts";

describe("pullLimits", () => {
  it("lets one pull run at a time, ten begin at once and five in a second by default", () => {
    expect(pullLimits({})).toEqual({ slots: 1, refillMs: 200, burst: 10 });
  });

  it.each([
    [{ maxParallelImagePulls: 3 }, 3],
    [{ maxParallelImagePulls: 1 }, 1],
    [{ serializeImagePulls: false }, null],
    [{ serializeImagePulls: false, maxParallelImagePulls: 4 }, 4],
    [{ serializeImagePulls: true }, 1],
  ])("%j gives %s slots", (configuration, slots) => {
    expect(pullLimits(configuration).slots).toBe(slots);
  });

  it("counts no pulls without a rate", () => {
    expect(pullLimits({ registryPullQPS: 0, registryBurst: 3 })).toMatchObject({ refillMs: 0 });
  });
});
