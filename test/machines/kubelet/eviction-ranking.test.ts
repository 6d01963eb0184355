import { assert, integer, property, record, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  fsStatsToMeasure,
  type RankedPod,
  rankForSignal,
} from "../../../machines/kubelet/eviction-ranking.ts";
import type { EvictionSignal } from "../../../machines/kubelet/eviction-signals.ts";
import type { PodStats } from "../../../machines/kubelet/node-stats.ts";

const oneFs = { dedicatedImageFs: false, dedicatedContainerFs: false };
const mi = 2 ** 20;

function pod(
  name: string,
  priority: number,
  request: string,
  stats?: Partial<PodStats>,
): RankedPod {
  const requests = { memory: request, "ephemeral-storage": request };
  const spec = { priority, containers: [{ name, resources: { requests } }] };
  const podRef = { name, namespace: "default", uid: name };
  return { pod: { spec }, podStats: stats && { podRef, ...stats } };
}

function order(signal: EvictionSignal, ...pods: readonly RankedPod[]): string {
  const ranked = rankForSignal(pods, signal, oneFs);
  return ranked.map((one) => one.pod.spec.containers[0]?.name).join(" ");
}

const keyOf = (a: { priority: number; mebibytes: number }) => `${a.priority} ${a.mebibytes}`;
const uses = (mebibytes: number) => ({ memory: { workingSetBytes: mebibytes * mi } });
const writes = (usedBytes: number, inodesUsed = 0) => ({
  containers: [{ name: "app", rootfs: { usedBytes, inodesUsed } }],
});

describe("rankForSignal", () => {
  it("puts who exceeds its memory request before who has a lower priority", () => {
    const [low, high] = [pod("low", 0, "100Mi", uses(100)), pod("high", 9, "10Mi", uses(11))];
    expect(order("memory.available", low, high)).toBe("high low");
  });

  it("then looks at priority, and last at how far the request is exceeded", () => {
    const [a, b] = [pod("a", 1, "0", uses(900)), pod("b", 0, "0", uses(1))];
    expect(order("memory.available", a, b)).toBe("b a");
    const [little, much] = [pod("little", 0, "90Mi", uses(99)), pod("much", 0, "0", uses(50))];
    expect(order("allocatableMemory.available", little, much)).toBe("much little");
  });

  it("puts a pod without stats first", () => {
    const [seen, unseen] = [pod("seen", 0, "0", uses(900)), pod("unseen", 5, "1Gi")];
    expect(order("memory.available", seen, unseen)).toBe("unseen seen");
    expect(order("pid.available", seen, unseen)).toBe("seen unseen");
  });

  it("reckons the excess of inodes from the request for bytes", () => {
    const [asked, not] = [pod("asked", 0, "1Gi", writes(0, 900)), pod("not", 0, "0", writes(0, 5))];
    expect(order("nodefs.inodesFree", asked, not)).toBe("not asked");
  });

  it("depends on nothing but the key: any order of the pods gives the same", () => {
    const one = record({ priority: integer({ max: 9 }), mebibytes: integer({ min: 1, max: 99 }) });
    assert(
      property(uniqueArray(one, { selector: keyOf }), (all) => {
        const pods = all.map((a) => pod(keyOf(a), a.priority, "0", uses(a.mebibytes)));
        const reversed = pods.toReversed();
        expect(order("memory.available", ...reversed)).toBe(order("memory.available", ...pods));
      }),
    );
  });
});

describe("fsStatsToMeasure", () => {
  it("counts a volume only for the file system that it lies on", () => {
    const dedicated = { dedicatedImageFs: true, dedicatedContainerFs: false };
    expect(fsStatsToMeasure("nodefs.available", dedicated)).toContain("localVolumeSource");
    expect(fsStatsToMeasure("imagefs.available", dedicated)).toEqual(["root", "images"]);
    expect(fsStatsToMeasure("containerfs.available", oneFs)).toContain("localVolumeSource");
  });

  it("counts no pod's usage for images on a device of their own", () => {
    const split = { dedicatedImageFs: true, dedicatedContainerFs: true };
    expect(fsStatsToMeasure("imagefs.inodesFree", split)).toEqual(["images"]);
  });
});
