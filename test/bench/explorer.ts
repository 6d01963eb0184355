import { explore } from "../../src/explore/explorer.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { podOf, smallSystems } from "../support/systems.ts";
import type { Figure } from "./figure.ts";
import { statesByGraph } from "./graph.ts";
import { fastestMs, heapBytes } from "./measure.ts";

const statesExplored = 300_000;
const statesOfGraph = 3_000;

/** How fast the lives of pods are gone through, against xstate/graph on the same composition. */
export function explorer(): Figure[] {
  const system = podOf(4);
  const graph = (): unknown => statesByGraph(system, statesOfGraph);
  statesByGraph(system, 500);
  const theirs = (statesOfGraph / fastestMs(2, graph)) * 1_000;
  const { states, edges, seconds, bytes } = exploring(4);
  return [
    { what: "states of a pod of 4 containers", value: states / seconds, unit: "/s" },
    { what: "edges", value: edges / seconds, unit: "/s" },
    { what: "states by xstate/graph", value: theirs, unit: "/s" },
    {
      what: "states, against xstate/graph",
      value: states / seconds / theirs,
      unit: "times",
      bound: { atLeast: 50 },
    },
    { what: "bytes a state, all told", value: bytes / states, unit: "", bound: { atMost: 1_000 } },
    ...suiteFigures(),
  ];
}

function exploring(containers: number) {
  const before = heapBytes();
  const start = performance.now();
  const exploration = explore(podOf(containers), { states: "all", maxStates: statesExplored });
  const seconds = (performance.now() - start) / 1_000;
  const { states, edges } = exploration;
  return { states, edges, seconds, bytes: heapBytes() - before };
}

function suiteFigures(): Figure[] {
  const system = smallSystems["a deletion at any moment, in any order"]?.();
  if (system === undefined) return [];
  return [
    {
      what: "covering suite of a deletion",
      value: fastestMs(1, () => coverTransitions(system)),
      unit: "ms",
    },
  ];
}
