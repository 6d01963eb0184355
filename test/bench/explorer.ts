import { explore } from "../../src/explore/explorer.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { smallSystems } from "../support/systems.ts";
import type { Figure } from "./figure.ts";

/** How fast the lives of a pod that is deleted at any moment, in any order, are gone through. */
export function explorer(): Figure[] {
  const system = smallSystems["a deletion at any moment, in any order"]?.();
  if (system === undefined) return [];
  explore(system, { states: "all" });
  const start = performance.now();
  const { states, edges } = explore(system, { states: "all" });
  const seconds = (performance.now() - start) / 1_000;
  const begun = performance.now();
  coverTransitions(system);
  return [
    { what: "states, every delivery counted", value: states / seconds, unit: "/s" },
    { what: "edges", value: edges / seconds, unit: "/s" },
    { what: "its covering suite", value: performance.now() - begun, unit: "ms" },
  ];
}
