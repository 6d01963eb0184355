import { describe, expect, it } from "vitest";

import { nodeMachine } from "../../src/cluster/node-machine.ts";

const gibi = 2 ** 30;
const node = { status: { capacity: { memory: "4Gi", "ephemeral-storage": "20Gi" } } };

const layers = "with kubelet" as const;

describe("a node's machine", () => {
  it("has what the Node object says", () => {
    expect(nodeMachine(node).capacity).toMatchObject({ memory: 4 * gibi, disk: 20 * gibi });
  });

  it("has what the scenario says instead", () => {
    const said = {
      memoryBytes: gibi,
      diskBytes: gibi,
      inodes: 10,
      pids: 20,
      cgroup: "v1",
    } as const;
    const { capacity, cgroup } = nodeMachine(node, said);
    expect(cgroup).toBe("v1");
    const disks = { disk: gibi, inodes: 10, imageDisk: 0, imageInodes: 0 };
    expect(capacity).toEqual({ memory: gibi, podsMemory: gibi, ...disks, pids: 20 });
  });

  it("is one of a small cluster where nobody says anything", () => {
    const { capacity, cgroup } = nodeMachine({});
    expect(cgroup).toBe("v2");
    expect(capacity).toMatchObject({ memory: 8 * gibi, disk: 100 * gibi, inodes: 6_553_600 });
  });

  it("keeps from its pods what is reserved for others", () => {
    const reserved = { systemReserved: { memory: "1Gi" }, kubeReserved: { memory: "512Mi" } };
    expect(nodeMachine(node, {}, reserved).capacity.podsMemory).toBe(2.5 * gibi);
  });

  it("is used by its system as the scenario says", () => {
    const { system } = nodeMachine(node, { memoryUsedBytes: gibi, pidsUsed: 300 });
    expect(system).toEqual({ memory: gibi, disk: 0, inodes: 0, imageDisk: 0, pids: 300 });
  });

  it("has one file system, unless images have their own", () => {
    const imageDiskBytes = gibi;
    const [one, both, apart] = [{}, { imageDiskBytes }, { imageDiskBytes, layers }].map((said) => {
      return nodeMachine(node, said).fileSystems;
    });
    expect(one).toEqual({ dedicatedImageFs: false, dedicatedContainerFs: false });
    expect(both).toEqual({ dedicatedImageFs: true, dedicatedContainerFs: false });
    expect(apart).toEqual({ dedicatedImageFs: true, dedicatedContainerFs: true });
  });
});
