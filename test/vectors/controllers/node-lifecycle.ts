import type { Node, NodeCondition } from "../../../machines/api/node.ts";
import { doNoScheduleTaintingPass } from "../../../machines/controllers/node-lifecycle/node-taints.ts";
import {
  computeZoneState,
  healthyQPSFunc,
  type NodeLifecycleSettings,
  reducedQPSFunc,
} from "../../../machines/controllers/node-lifecycle/zone-state.ts";
import {
  NodeSimulation,
  patchedNode,
  type SimulationInput,
  taintTexts,
} from "../../support/node-simulation.ts";
import { ofKind, runScripted } from "../../support/scripted-sync.ts";

interface Input extends SimulationInput, NodeLifecycleSettings {
  readonly kind: "noScheduleTaints" | "zoneState" | "rate" | "simulation";
  readonly node: Node;
  readonly ready: number;
  readonly notReady: number;
  readonly zoneSize: number;
}

export function run(input: Input): unknown {
  return runners[input.kind](input);
}

const runners: Readonly<Record<Input["kind"], (input: Input) => unknown>> = {
  noScheduleTaints: ({ node }) => noScheduleTaints(ofKind("v1", "Node", node)),
  zoneState: ({ ready, notReady, unhealthyZoneThreshold }) => {
    const conditions = [
      ...Array.from({ length: ready }, () => readyIs("True")),
      ...Array.from({ length: notReady }, () => readyIs("False")),
    ];
    return computeZoneState(conditions, unhealthyZoneThreshold);
  },
  rate: (input) => ({
    fullDisruption: healthyQPSFunc(input),
    partialDisruption: reducedQPSFunc(input.zoneSize, input),
  }),
  simulation: (input) => ({ changes: new NodeSimulation(input).run() }),
};

function readyIs(status: NodeCondition["status"]): NodeCondition {
  return { type: "Ready", status };
}

function noScheduleTaints(given: Node): unknown {
  let [node, patches] = [given, 0];
  runScripted(doNoScheduleTaintingPass(node, 0), ({ verb, patch }) => {
    if (verb === "patch") {
      patches++;
      node = patchedNode(node, patch);
    }
    return { object: node };
  });
  return { patches, taintsAfter: taintTexts(node) };
}
