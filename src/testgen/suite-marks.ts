import type { AnyStateMachine } from "xstate";

import type { Mark, Outline, OutlineState, OutlineTransition } from "../diagram/outline.ts";
import { branchesOfMachine } from "../explore/universe.ts";

/** The part of a suite's JSON that says what its paths take. */
export interface CoveredSuite {
  /** Branches by their names, as `container Running container.exited#0`. */
  readonly universe: readonly string[];
  readonly paths: readonly { readonly covers: readonly string[] }[];
  /** How often each was taken, where that is counted. */
  readonly visits?: Readonly<Record<string, number>>;
}

/** The outline of a machine, each transition marked by how many paths take it, or how often. */
export function markedBySuites(
  outline: Outline,
  machine: AnyStateMachine,
  suites: readonly CoveredSuite[],
): Outline {
  const names = branchNames(machine);
  const known = new Set(suites.flatMap(({ universe }) => universe));
  const paths = suites.flatMap((suite) => suite.paths.map(({ covers }) => new Set(covers)));
  const markOf = (name: string): Mark | undefined => {
    const times = paths.filter((covers) => covers.has(name)).length;
    if (times > 0) return { kind: "taken", times };
    const visits = suites.reduce((sum, one) => sum + (one.visits?.[name] ?? 0), 0);
    if (visits > 0) return { kind: "visited", times: visits };
    return known.has(name) ? { kind: "missed" } : undefined;
  };
  const marked = (state: OutlineState): OutlineState => ({
    ...state,
    states: state.states.map(marked),
    transitions: state.transitions.map((one) => {
      const name = names.get(placeOf(state.path, one));
      const mark = name === undefined ? undefined : markOf(name);
      return mark === undefined ? one : { ...one, mark };
    }),
  });
  return { ...outline, root: marked(outline.root) };
}

/** By the place of a branch in the outline: a chart's own count goes over all versions. */
function branchNames(machine: AnyStateMachine): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { name } of branchesOfMachine(machine)) {
    const trigger = name.slice(machine.id.length + 1, name.lastIndexOf("#"));
    const count = counts.get(trigger) ?? 0;
    counts.set(trigger, count + 1);
    names.set(`${trigger}#${count}`, name);
  }
  return names;
}

function placeOf(path: string, { trigger, branch }: OutlineTransition): string {
  const word =
    trigger.kind === "on"
      ? trigger.event
      : trigger.kind === "after"
        ? `after:${trigger.delay}`
        : trigger.kind;
  return `${path === "" ? "(any)" : path} ${word}#${branch}`;
}
