import { assert, integer, option, property } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  calculateEffectiveGracePeriod,
  setTerminationGracePeriod,
} from "../../../machines/kubelet/termination-grace.ts";

const probes = {
  startupProbe: { terminationGracePeriodSeconds: 7 },
  livenessProbe: { terminationGracePeriodSeconds: 0 },
};
const spec = { terminationGracePeriodSeconds: 30 };

describe("setTerminationGracePeriod", () => {
  it.each([
    ["LivenessProbe", 0],
    ["StartupProbe", 7],
    ["Unknown", 30],
    ["FailedPostStartHook", 30],
    ["", 30],
  ] as const)("a kill for %j has %i s", (reason, seconds) => {
    expect(setTerminationGracePeriod({ spec }, probes, reason)).toBe(seconds);
  });

  it("puts the deletion's period before a probe's", () => {
    const metadata = { deletionGracePeriodSeconds: 12 };
    expect(setTerminationGracePeriod({ metadata, spec }, probes, "StartupProbe")).toBe(12);
  });

  it("falls back to 2 s in a pod without a period, whatever the probe says", () => {
    expect(setTerminationGracePeriod({ spec: {} }, probes, "StartupProbe")).toBe(2);
  });

  it("takes the pod's period where the probe has none", () => {
    expect(setTerminationGracePeriod({ spec }, {}, "LivenessProbe")).toBe(30);
  });
});

function deleted(deletionGracePeriodSeconds: number) {
  return { metadata: { deletionGracePeriodSeconds }, spec };
}

describe("calculateEffectiveGracePeriod", () => {
  it("starts with the spec's period", () => {
    const period = { gracePeriodSeconds: 30, shortened: false };
    expect(calculateEffectiveGracePeriod(0, { spec })).toEqual(period);
  });

  it("takes a deletion with 0 s for one without a period", () => {
    expect(calculateEffectiveGracePeriod(0, deleted(0), 10).gracePeriodSeconds).toBe(10);
  });

  it("is never below 1 s", () => {
    expect(calculateEffectiveGracePeriod(0, deleted(0)).gracePeriodSeconds).toBe(1);
  });

  it("says when a period under way got shorter", () => {
    const period = { gracePeriodSeconds: 5, shortened: true };
    expect(calculateEffectiveGracePeriod(30, deleted(5))).toEqual(period);
  });

  it("never gets longer", () => {
    const seconds = integer({ min: 1, max: 100 });
    assert(
      property(seconds, seconds, option(seconds, { nil: undefined }), (current, del, kill) => {
        const period = calculateEffectiveGracePeriod(current, deleted(del), kill);
        expect(period.gracePeriodSeconds).toBe(Math.min(current, del, kill ?? current));
      }),
    );
  });
});
