import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addPodInfo,
  newNodeInfo,
  removePodInfo,
} from "../../../../machines/scheduler/framework/node-info.ts";
import { newPodInfo } from "../../../../machines/scheduler/framework/pod-info.ts";
import { buildContainer, buildPod } from "../../../support/build.ts";
import { buildNode, buildPodOf } from "../../../support/build-cluster.ts";

const empty = newNodeInfo(buildNode("n1"));

describe("what the scheduler knows of a node", () => {
  it("is the same again when a pod that came has gone, whatever the pod asks for", () => {
    const milliCPU = fc.integer({ min: 0, max: 8000 });
    const hostPort = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(milliCPU, hostPort, (cpu, port) => {
        const ports = [{ containerPort: 80, hostPort: port }];
        const resources = { requests: { cpu: `${cpu}m`, "example.com/gpu": "1" } };
        const containers = [buildContainer("app", { ports, resources })];
        const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "c" } }];
        const resident = addPodInfo(empty, newPodInfo(buildPodOf("resident", "1")));
        const pod = buildPod("guest", { containers, volumes });
        const after = removePodInfo(addPodInfo(resident, newPodInfo(pod)), pod);
        expect(after.requested.milliCPU).toBe(resident.requested.milliCPU);
        expect(after.requested.scalarResources.get("example.com/gpu")).toBe(0);
        expect({ ...after, requested: 0 }).toEqual({ ...resident, requested: 0 });
      }),
    );
  });

  it("counts a container that asks for nothing as 100m and 200Mi, for scores only", () => {
    const nodeInfo = addPodInfo(empty, newPodInfo(buildPod("idle")));
    expect([nodeInfo.requested.milliCPU, nodeInfo.requested.memory]).toEqual([0, 0]);
    expect([nodeInfo.nonZeroCPU, nodeInfo.nonZeroMemory]).toEqual([100, 200 * 2 ** 20]);
  });

  it("is left as it is by a pod that is not there", () => {
    expect(removePodInfo(empty, buildPod("stranger"))).toBe(empty);
  });
});
