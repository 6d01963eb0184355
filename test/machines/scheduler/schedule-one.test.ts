import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { runFilterPluginsWithNominatedPods } from "../../../machines/scheduler/framework/cycle-state.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../../machines/scheduler/plugins.ts";
import { schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import { buildHandle, buildNode, buildPodOf } from "../../support/build-cluster.ts";

const settings = { nextStartNodeIndex: 0, percentageOfNodesToScore: 0 };

/** Up to three pods on each node, with CPU requests in tenths and priorities 0 to 2. */
const cluster = fc
  .array(fc.array(fc.tuple(fc.integer({ min: 0, max: 25 }), fc.nat(2)), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rows) => {
    const nodes = rows.map((_, index) => buildNode(`n${index}`));
    const pods = rows.flatMap((row, index) =>
      row.map(([tenths, priority], at) => {
        const nodeName = `n${index}`;
        return buildPodOf(`p${index}-${at}`, `${tenths * 100}m`, { nodeName, priority });
      }),
    );
    return buildHandle(nodes, pods);
  });

describe("an attempt to schedule a pod", () => {
  it("ends on a node of the snapshot on which every Filter passed, or refuses them all", () => {
    fc.assert(
      fc.property(cluster, fc.integer({ min: 1, max: 40 }), (handle, tenths) => {
        const podInfo = newPodInfo(buildPodOf("new", `${tenths * 100}m`));
        const attempt = schedulePod(podInfo, defaultProfile, handle, settings);
        const { nodeInfoMap, nodeInfoList } = handle.snapshot;
        if (attempt.type === "unfit") {
          expect(attempt.found.diagnosis.nodeToStatus.explicit.size).toBe(nodeInfoList.length);
          return;
        }
        if (attempt.type !== "fits") throw new Error(attempt.type);
        const node = nodeInfoMap.get(attempt.suggestedHost);
        if (node === undefined) throw new Error("no such node");
        const { state } = attempt.found.preFiltered;
        expect(runFilterPluginsWithNominatedPods(state, node, handle)).toBeUndefined();
      }),
    );
  });

  it("asks for no scores when one node is feasible", () => {
    const handle = buildHandle([buildNode("n1"), buildNode("n2", { allocatable: { cpu: "1" } })]);
    const attempt = schedulePod(newPodInfo(buildPodOf("p", "2")), defaultProfile, handle, settings);
    expect(attempt).toMatchObject({ type: "fits", suggestedHost: "n1" });
    expect(attempt).not.toHaveProperty("scores");
  });

  it("takes the nominated node alone when it fits, though another is emptier", () => {
    const handle = buildHandle(
      [buildNode("n1"), buildNode("n2")],
      [buildPodOf("busy", "2", { nodeName: "n2" })],
    );
    const pod = { ...buildPodOf("p", "1"), status: { nominatedNodeName: "n2" } };
    const attempt = schedulePod(newPodInfo(pod), defaultProfile, handle, settings);
    expect(attempt).toMatchObject({ type: "fits", suggestedHost: "n2" });
    expect(attempt).not.toHaveProperty("scores");
  });

  it("holds room for a pod of the same priority that is nominated to the node", () => {
    const nominated = newPodInfo(buildPodOf("nominated", "3"));
    const handle = {
      ...buildHandle([buildNode("n1")]),
      nominatedPodsForNode: () => [nominated],
    };
    const attempt = schedulePod(newPodInfo(buildPodOf("p", "2")), defaultProfile, handle, settings);
    expect(attempt.type).toBe("unfit");
  });
});
