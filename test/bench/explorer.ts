import { type Exploration, explore } from "../../src/explore/explorer.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { podOf } from "../support/systems.ts";
import type { Figure } from "./figure.ts";
import { statesByGraph } from "./graph.ts";
import { fastestCpuMs, heapBytes } from "./measure.ts";

const statesExplored = 300_000;
const statesOfGraph = 3_000;

/** How fast the lives of pods are gone through, against xstate/graph on the same composition. */
export function explorer(): Figure[] {
  const system = podOf(4);
  const graph = (): unknown => statesByGraph(system, statesOfGraph);
  statesByGraph(system, 500);
  explore(system, { states: "all", maxStates: 20_000 });
  const theirs = (statesOfGraph / fastestCpuMs(2, graph)) * 1_000;
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
  let exploration: Exploration | undefined;
  const ms = fastestCpuMs(2, () => {
    exploration = explore(podOf(containers), { states: "all", maxStates: statesExplored });
  });
  const { states = 0, edges = 0 } = exploration ?? {};
  return { states, edges, seconds: ms / 1_000, bytes: heapBytes() - before };
}

/** XState's shortest-path suite for six containers of four states each, as it was measured. */
const stepsOfGraph = 293_889;

/** Found from what is new: the number of containers hardly matters. */
function suiteFigures(): Figure[] {
  const system = podOf(6);
  const cover = () => coverTransitions(system, { strategy: "what is new" });
  const { paths, coverage } = cover();
  const steps = paths.reduce((sum, { moves }) => sum + moves.length, 0);
  return [
    {
      what: "covering suite of a pod of 6 containers",
      value: fastestCpuMs(3, cover),
      unit: "ms",
      bound: { atMost: 500 },
    },
    {
      what: "its deliveries, against the steps of XState's shortest paths",
      value: (steps / stepsOfGraph) * 100,
      unit: "%",
      bound: { atMost: 2 },
    },
    { what: "branches that it takes", value: coverage.covered.length, unit: "" },
  ];
}
