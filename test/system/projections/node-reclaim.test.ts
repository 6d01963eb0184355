import { describe, expect, it } from "vitest";

import { createChoices } from "../../../src/choice/choices.ts";
import type { Emission } from "../../../src/system/composition.ts";
import {
  deleteUnusedContainers,
  deleteUnusedImages,
} from "../../../src/system/projections/node-reclaim.ts";
import type { KubeWorld } from "../../../src/system/world.ts";
import { buildPod } from "../../support/build.ts";
import { podKey, worldWith } from "../../support/pod-side.ts";

const used = "registry.example/app:1.0";
const old = "registry.example/old:1.0";
const pod = buildPod("web", { nodeName: "node-1" });
const exited = { name: "app", id: "1", state: "exited", image: used } as const;

function asked(now: number): Emission {
  const subject = { node: "node-1" };
  const from = { index: 0, address: "evictionManager/node-1", machine: "evictionManager", subject };
  const fact = { type: "unusedImages.deletionRequested" };
  return {
    fact,
    from,
    now,
    seq: 1,
    origin: undefined,
    detail: undefined,
    choices: createChoices(),
  };
}

function images(pulledAtMs: Readonly<Record<string, number>>, now: number): readonly string[] {
  const world = worldWith(pod, { containers: [exited] });
  world.setNode({ ...world.node("node-1"), images: [used, old], pulledAtMs });
  deleteUnusedImages(world, asked(now));
  return world.node("node-1").images;
}

function records(world: KubeWorld): number {
  return world.side(podKey(pod)).runtime.containers?.length ?? 0;
}

describe("deleting unused images", () => {
  it("takes away what no container was made from, two minutes after it was found", () => {
    expect(images({}, 120_000)).toEqual([used]);
    expect(images({}, 119_999)).toEqual([used, old]);
  });

  it("counts an image's age from the round of five minutes that found it", () => {
    expect(images({ [old]: 10_000 }, 419_999)).toEqual([used, old]);
    expect(images({ [old]: 10_000 }, 420_000)).toEqual([used]);
  });
});

describe("deleting unused containers", () => {
  it("takes away those of finished pods only", () => {
    const world = worldWith(pod, { containers: [exited] });
    deleteUnusedContainers(world, asked(0));
    expect(records(world)).toBe(1);
    world.change(podKey(pod), { isFinished: true });
    deleteUnusedContainers(world, asked(0));
    expect(records(world)).toBe(0);
  });
});
