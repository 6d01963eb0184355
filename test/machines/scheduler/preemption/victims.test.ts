import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  removePod,
  runFilterPlugins,
  runPreFilterPlugins,
} from "../../../../machines/scheduler/framework/cycle-state.ts";
import { newPodInfo } from "../../../../machines/scheduler/framework/pod-info.ts";
import { defaultFilterPlugins } from "../../../../machines/scheduler/plugins.ts";
import { selectVictimsOnNode } from "../../../../machines/scheduler/preemption/victims.ts";
import { buildHandle, buildNode, buildPodOf } from "../../../support/build-cluster.ts";

const residents = fc.array(
  fc.record({ tenths: fc.integer({ min: 1, max: 15 }), priority: fc.nat(4) }),
  {
    maxLength: 6,
  },
);

function trialOf(rows: readonly { readonly tenths: number; readonly priority: number }[]) {
  const pods = rows.map(({ tenths, priority }, index) => {
    return buildPodOf(`p${index}`, `${tenths * 100}m`, { nodeName: "n1", priority });
  });
  const handle = buildHandle([buildNode("n1")], pods);
  const preemptor = newPodInfo(buildPodOf("new", "2", { priority: 2 }));
  const { state } = runPreFilterPlugins(defaultFilterPlugins, preemptor, handle);
  const [nodeInfo] = handle.snapshot.nodeInfoList;
  if (nodeInfo === undefined) throw new Error("there is a node");
  return { handle, trial: { state, nodeInfo } };
}

describe("the victims on a node", () => {
  it("have a lower priority, make room, and none of them is there in vain", () => {
    fc.assert(
      fc.property(residents, (rows) => {
        const { handle, trial } = trialOf(rows);
        const victims = selectVictimsOnNode(trial, handle);
        if ("code" in victims) return;
        expect(victims.pods.every(({ pod }) => (pod.spec.priority ?? 0) < 2)).toBe(true);
        const without = victims.pods.reduce(removePod, trial);
        expect(runFilterPlugins(without.state, without.nodeInfo)).toBeUndefined();
        for (const spared of victims.pods) {
          const others = victims.pods.filter((one) => one !== spared).reduce(removePod, trial);
          expect(runFilterPlugins(others.state, others.nodeInfo)).toBeDefined();
        }
      }),
    );
  });

  it("are none when every pod is as important", () => {
    const { handle, trial } = trialOf([{ tenths: 30, priority: 2 }]);
    expect(selectVictimsOnNode(trial, handle)).toMatchObject({
      code: "UnschedulableAndUnresolvable",
      reasons: ["No preemption victims found for incoming pod"],
    });
  });
});
