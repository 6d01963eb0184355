import { transitionLabel } from "./label.ts";
import type { Outline, OutlineState, OutlineTransition } from "./outline.ts";

/** One outline with the states and transitions of both; what only one of them has is marked. */
export function difference(before: Outline, after: Outline): Outline {
  const delays = [...after.delays, ...before.delays];
  const named = delays.filter(
    (one, at) => delays.findIndex(({ name }) => name === one.name) === at,
  );
  return { ...after, delays: named, root: merged(before.root, after.root) };
}

function merged(before: OutlineState, after: OutlineState): OutlineState {
  const gone = before.states.filter(({ key }) => !after.states.some((one) => one.key === key));
  const left = after.states.map((state) => {
    const old = before.states.find(({ key }) => key === state.key);
    return old === undefined ? marked(state, "added") : merged(old, state);
  });
  return {
    ...after,
    states: [...left, ...gone.map((state) => marked(state, "removed"))],
    transitions: [
      ...after.transitions.map((one) => (isIn(before, one) ? one : markedBranch(one, "added"))),
      ...before.transitions
        .filter((one) => !isIn(after, one))
        .map((one) => markedBranch(one, "removed")),
    ],
  };
}

function isIn({ transitions }: OutlineState, one: OutlineTransition): boolean {
  const key = keyOf(one);
  return transitions.some((other) => keyOf(other) === key);
}

/** What it does; its place among the branches follows from the others. */
function keyOf(transition: OutlineTransition): string {
  const { targets, reenter, gate, since, until, guard } = transition;
  const bare = { ...transition, gate: undefined, since: undefined, until: undefined };
  const label = transitionLabel({ ...bare, branch: 0 });
  const isElse = guard === undefined && transition.branch > 0;
  return JSON.stringify([label, isElse, targets, reenter, gate, since, until]);
}

type Change = "added" | "removed";

function marked(state: OutlineState, kind: Change): OutlineState {
  return {
    ...state,
    mark: { kind },
    states: state.states.map((child) => marked(child, kind)),
    transitions: state.transitions.map((one) => markedBranch(one, kind)),
  };
}

function markedBranch(transition: OutlineTransition, kind: Change): OutlineTransition {
  return { ...transition, mark: { kind } };
}
