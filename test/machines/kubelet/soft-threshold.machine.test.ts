import { describe, expect, it } from "vitest";

import type { ThresholdLevel } from "../../../machines/kubelet/eviction-pass.ts";
import { softThresholdMachine } from "../../../machines/kubelet/soft-threshold.machine.ts";
import { createChoices } from "../../../src/choice/choices.ts";
import { System } from "../../../src/system/system.ts";
import { evictionComposition } from "../../support/eviction-system.ts";
import { emptyRecord, EvictionWorld } from "../../support/eviction-world.ts";

type Observation = readonly [seconds: number, level: ThresholdLevel];

/** What a threshold with a grace period of a minute says, and when. */
function facts(observations: readonly Observation[], isDerived = false): readonly unknown[] {
  const input = { signal: "nodefs.available", gracePeriodMs: 60_000, isDerived } as const;
  const row = { machine: softThresholdMachine, input: () => input, exists: () => true };
  const routes = { softThreshold: { "gracePeriod.ended": [], "gracePeriod.forgotten": [] } };
  const composition = { ...evictionComposition, machines: { softThreshold: row }, routes };
  const system = System.create(composition, new EvictionWorld(emptyRecord), createChoices());
  const said: unknown[] = [];
  system.observer = ({ at, facts: all }) => said.push(...all.map(({ type }) => [at / 1_000, type]));
  const to = { machine: "softThreshold", subject: { node: "node-1" } };
  for (const [seconds, level] of observations) {
    system.advanceTo(seconds * 1_000);
    system.send({ to, event: { type: "threshold.observed", level } });
  }
  system.advanceTo(1_000_000);
  return said;
}

describe("softThreshold", () => {
  it("ends its grace period a minute after the pass that first found it crossed", () => {
    expect(
      facts([
        [10, "met"],
        [20, "met"],
      ]),
    ).toEqual([[70, "gracePeriod.ended"]]);
  });

  it("starts anew when a pass finds it satisfied, or only not yet reclaimed by enough", () => {
    expect(
      facts([
        [0, "met"],
        [50, "satisfied"],
        [55, "met"],
      ]),
    ).toEqual([[115, "gracePeriod.ended"]]);
    expect(
      facts([
        [0, "met"],
        [50, "reclaiming"],
      ]),
    ).toEqual([]);
  });

  it("stays due until the minimum reclaim, but only once a pass has found it due", () => {
    const ended = [60, "gracePeriod.ended"];
    expect(
      facts([
        [0, "met"],
        [61, "met"],
        [70, "reclaiming"],
      ]),
    ).toEqual([ended]);
    const forgotten = [61, "gracePeriod.forgotten"];
    expect(
      facts([
        [0, "met"],
        [61, "reclaiming"],
      ]),
    ).toEqual([ended, forgotten]);
  });

  it("does not exist for the first pass where it is derived for containerfs", () => {
    expect(
      facts(
        [
          [0, "met"],
          [10, "met"],
        ],
        true,
      ),
    ).toEqual([[70, "gracePeriod.ended"]]);
  });
});
