import { describe, expect, it } from "vitest";

import { updateContainerFsThresholds } from "../../../machines/kubelet/container-fs-thresholds.ts";
import {
  evictionHardOf,
  parseThresholdConfig,
  type Threshold,
} from "../../../machines/kubelet/eviction-thresholds.ts";

function parsed(config: Parameters<typeof parseThresholdConfig>[0]): readonly Threshold[] {
  const thresholds = parseThresholdConfig(config);
  if ("error" in thresholds) throw new Error(thresholds.error);
  return thresholds;
}

describe("parseThresholdConfig", () => {
  it("copies the hard memory threshold for the pods' cgroup when pods are enforced", () => {
    const config = { evictionHard: { "memory.available": "1Gi" } };
    const signals = parsed({ ...config, enforceNodeAllocatable: ["pods"] }).map(
      (one) => one.signal,
    );
    expect(signals).toEqual(["memory.available", "allocatableMemory.available"]);
    expect(parsed({ ...config, enforceNodeAllocatable: ["none"] })).toHaveLength(1);
  });

  it("drops 0% and 100%, but not 00%", () => {
    const evictionHard = { "memory.available": "0%", "nodefs.available": "100%" };
    expect(parsed({ evictionHard })).toEqual([]);
    expect(parsed({ evictionHard: { "memory.available": "00%" } })).toHaveLength(1);
  });

  it("keeps a percentage as the 32-bit float that Go divides", () => {
    const [threshold] = parsed({ evictionHard: { "nodefs.available": "10%" } });
    expect(threshold?.value).toEqual({ percentage: Math.fround(0.1) });
  });

  it("gives a soft threshold its grace period, and each threshold its minimum reclaim", () => {
    const [soft] = parsed({
      evictionSoft: { "pid.available": "2k" },
      evictionSoftGracePeriod: { "pid.available": "1m30s" },
      evictionMinimumReclaim: { "pid.available": "5%" },
    });
    const minReclaim = { percentage: Math.fround(0.05) };
    expect(soft).toMatchObject({ gracePeriodMs: 90_000, minReclaim });
  });

  it.each([
    [{ evictionSoft: { "memory.available": "1Gi" } }, /^grace period must be specified for/],
    [{ evictionHard: { "cpu.available": "1" } }, /^unsupported eviction signal cpu.available$/],
    [{ evictionHard: { "memory.available": "0" } }, /must be positive: 0$/],
    [{ evictionHard: { "memory.available": "101%" } }, /must be <= 100%: 101%$/],
    [{ evictionSoftGracePeriod: { "memory.available": "1d" } }, /unknown unit "d"/],
    [{ evictionMinimumReclaim: { "memory.available": "0%" } }, /must be positive: 0%$/],
    [
      { evictionMinimumReclaim: { "memory.available": "-1" } },
      /^negative eviction minimum reclaim/,
    ],
  ])("refuses %j", (config, error) => {
    expect(parseThresholdConfig(config)).toEqual({ error: expect.stringMatching(error) });
  });
});

describe("evictionHardOf", () => {
  it("lets one hard threshold replace all defaults, unless they are merged", () => {
    const evictionHard = { "memory.available": "1Gi" };
    expect(Object.keys(evictionHardOf({}))).toHaveLength(5);
    expect(evictionHardOf({ evictionHard })).toEqual(evictionHard);
    const merged = evictionHardOf({ evictionHard, mergeDefaultEvictionSettings: true });
    expect(merged).toMatchObject({ "memory.available": "1Gi", "nodefs.available": "10%" });
  });
});

describe("updateContainerFsThresholds", () => {
  const given = parsed({
    evictionHard: { "nodefs.available": "10%", "imagefs.available": "15%" },
  });
  const percentageOf = (dedicatedImageFs: boolean, dedicatedContainerFs: boolean) => {
    const fileSystems = { dedicatedImageFs, dedicatedContainerFs };
    const { thresholds } = updateContainerFsThresholds(given, fileSystems);
    return thresholds.find(({ signal }) => signal === "containerfs.available")?.value;
  };

  it("takes those of the file system that containers lie on", () => {
    expect(percentageOf(false, false)).toEqual({ percentage: Math.fround(0.1) });
    expect(percentageOf(true, true)).toEqual({ percentage: Math.fround(0.1) });
    expect(percentageOf(true, false)).toEqual({ percentage: Math.fround(0.15) });
    expect(percentageOf(false, true)).toBeUndefined();
  });

  it("replaces a threshold that somebody set on containerfs, and complains", () => {
    const set = parsed({
      evictionHard: { "containerfs.available": "1%", "nodefs.available": "9%" },
    });
    const fileSystems = { dedicatedImageFs: false, dedicatedContainerFs: false };
    const { thresholds, error } = updateContainerFsThresholds(set, fileSystems);
    expect(thresholds[0]).toMatchObject({ value: { percentage: Math.fround(0.09) } });
    expect(error).toBe("found containerfs.available for hard eviction. ignoring");
  });
});
