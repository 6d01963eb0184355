import { describe, expect, it } from "vitest";

import type { PodSpec } from "../../machines/api/pod.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import type { PodSide } from "../../src/system/pod-side.ts";
import {
  amountsUsed,
  isActive,
  memoryOf,
  nodeStats,
  podStats,
  volumesWritten,
} from "../../src/system/summary.ts";
import type { ContainerUsage } from "../../src/system/usage-notes.ts";
import { buildContainer, buildPod } from "../support/build.ts";
import { podKey, worldWith } from "../support/pod-side.ts";

const runs: RuntimeStatus = { containers: [{ name: "app", id: "1", state: "running" }] };
const ended: RuntimeStatus = { containers: [{ name: "app", id: "1", state: "exited" }] };
const life = { exitsAtMs: null, exitCode: 0, startedAtMs: 0, run: 1, isRunning: true };
const limits = { memory: "100", "ephemeral-storage": "50" };
const limited = { containers: [buildContainer("app", { resources: { limits } })] };
const cache = { volumes: [{ name: "cache", emptyDir: {} }] };

interface Told {
  readonly spec?: Partial<PodSpec>;
  readonly runtime?: RuntimeStatus;
  readonly usage?: Omit<ContainerUsage, "run">;
  readonly side?: Partial<PodSide>;
}

/** A world with one pod `web` whose container `app` uses so much in its first run. */
function told({ spec = {}, runtime = runs, usage = {}, side = {} }: Told) {
  const pod = buildPod("web", { nodeName: "node-1", ...spec });
  const world = worldWith(pod, runtime);
  const containers = { app: { run: 1, ...usage } };
  const noted = { usage: { containers, measuredVolumes: {} }, processes: { app: life } };
  world.change(podKey(pod), { mounted: ["cache"], ...noted, ...side });
  return { world, side: world.side(podKey(pod)), used: amountsUsed(world, world.node("node-1")) };
}

describe("what a node's pods use", () => {
  it("is the memory and the processes of what runs, up to the limit", () => {
    const usage = { memoryBytes: 150, processes: 7 };
    const { side, used } = told({ spec: limited, usage });
    expect(memoryOf(side, "app")).toBe(100);
    expect([used.memory, used.podsMemory, used.pids]).toEqual([100, 100, 7]);
  });

  it("is no memory of a container that has ended, but its layer and log", () => {
    const disk = { layer: { bytes: 5, inodes: 1 }, log: { bytes: 2, inodes: 1 } };
    const { used } = told({ runtime: ended, usage: { memoryBytes: 150, ...disk } });
    expect([used.memory, used.disk, used.inodes]).toEqual([0, 7, 2]);
  });

  it("is nothing of the run before", () => {
    const second = { processes: { app: { ...life, run: 2 } } };
    expect(told({ usage: { memoryBytes: 150 }, side: second }).used.memory).toBe(0);
  });

  it("is the volumes on disk while they are mounted", () => {
    const usage = { volumes: { cache: { bytes: 9, inodes: 3 } } };
    expect(told({ spec: cache, usage }).used.disk).toBe(9);
    expect(told({ spec: cache, usage, side: { mounted: [] } }).used.disk).toBe(0);
    const inMemory = { volumes: [{ name: "cache", emptyDir: { medium: "Memory" } }] };
    expect(told({ spec: inMemory, usage }).used.disk).toBe(0);
  });

  it("is nothing any more of an evicted pod that has stopped", () => {
    const usage = { layer: { bytes: 5, inodes: 1 } };
    const verdict = { reason: "Evicted", message: "" };
    expect(told({ runtime: ended, usage, side: { verdict } }).used.disk).toBe(5);
    expect(told({ runtime: ended, usage, side: { verdict, isStopped: true } }).used.disk).toBe(0);
  });
});

describe("the stats of a pod", () => {
  it("are there only while one of its containers runs", () => {
    expect(podStats(told({ runtime: ended }).side)).toBeUndefined();
    expect(podStats(told({}).side)?.process_stats).toEqual({ process_count: 1 });
  });

  it("count volumes as they were measured last, on disk only", () => {
    const usage = { layer: { bytes: 5, inodes: 1 }, volumes: { cache: { bytes: 9, inodes: 3 } } };
    const { side } = told({ spec: cache, usage });
    expect(podStats(side)?.["ephemeral-storage"]).toEqual({ usedBytes: 5, inodesUsed: 1 });
    const containers = side.usage?.containers ?? {};
    const measuredVolumes = volumesWritten({ containers, measuredVolumes: {} });
    const measured = podStats({ ...side, usage: { containers, measuredVolumes } });
    expect(measured?.["ephemeral-storage"]).toEqual({ usedBytes: 14, inodesUsed: 4 });
    expect(measured?.volume).toEqual([{ name: "cache", usedBytes: 9, inodesUsed: 3 }]);
  });
});

describe("the stats of a node", () => {
  it("are of one device, and never below nothing", () => {
    const { world } = told({});
    const { machine } = world.node("node-1");
    const none = { podsMemory: 0, inodes: 0, imageDisk: 0, imageInodes: 0, pids: 0 };
    const over = { ...none, memory: 2 ** 60, disk: 2 ** 60 };
    const stats = nodeStats(machine, over);
    expect(stats.memory).toEqual({ availableBytes: 0, workingSetBytes: 8 * 2 ** 30 });
    expect(stats.fs).toMatchObject({ availableBytes: 0, capacityBytes: 100 * 2 ** 30 });
    expect(stats.runtime?.imageFs).toEqual(stats.fs);
  });
});

describe("a pod is active", () => {
  const failed = { phase: "Failed" } as const;
  const deleted = { deletionTimestamp: "2026-01-01T00:00:00Z" };

  it.each([
    ["while it has not ended", {}, {}, true],
    ["not when it has stopped", { isStopped: true }, {}, false],
    ["not when its phase is terminal", {}, { status: failed }, false],
    ["when its phase is terminal and it is terminating", {}, { status: failed, deleted }, true],
  ])("%s", (_, side, { status, deleted: mark }: { status?: object; deleted?: object }, active) => {
    const known = told({ side }).side;
    const metadata = { ...known.pod.metadata, ...mark };
    const pod = { ...known.pod, metadata, ...(status && { status }) };
    expect(isActive({ ...known, pod })).toBe(active);
  });
});
