import type { Finding } from "./finding.ts";
import {
  type Branch,
  type ChartState,
  type Choice,
  withAncestors,
  withDescendants,
} from "./model.ts";
import { meantState } from "./targets.ts";

/** States that nothing enters or in which nothing happens, and `always` that goes in circles. */
export function reachFindings(root: ChartState): readonly Finding[] {
  const states = withDescendants(root);
  const reached = reachedStates(root);
  return [
    ...states.flatMap((state) => unreachable(state, reached)),
    ...states.flatMap(stuck),
    ...endlessLoops(states),
  ];
}

/** The topmost state only: what is inside is unreachable by it. */
function unreachable(state: ChartState, reached: ReadonlySet<ChartState>): readonly Finding[] {
  const { parent, at, path } = state;
  if (reached.has(state) || (parent !== undefined && !reached.has(parent))) return [];
  return [{ at, path, expected: "a transition or an initial that leads here", got: "none" }];
}

function stuck(state: ChartState): readonly Finding[] {
  if (state.type !== "atomic") return [];
  if (withAncestors(state).some(({ choices }) => choices.length > 0)) return [];
  const expected = "a transition here or in a state around it, or type: final";
  return [{ at: state.at, path: state.path, expected, got: "none" }];
}

function reachedStates(root: ChartState): ReadonlySet<ChartState> {
  const reached = new Set<ChartState>();
  const waiting = [...enteredBelow(root)];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    for (const { branches } of state.choices) {
      for (const branch of branches) waiting.push(...entered(state, branch));
    }
  }
  return reached;
}

/** What a branch may enter: its targets, what is around them, and what they begin with. */
function entered(source: ChartState, { targets }: Branch): readonly ChartState[] {
  return targets.flatMap(({ text }) => {
    const target = meantState(source, text);
    return target === undefined ? [] : [...enteredBelow(target), ...enteredAround(target)];
  });
}

/** Where `initial` is missing or wrong, any child may have been meant. */
function enteredBelow(state: ChartState): readonly ChartState[] {
  const { type, children, initial } = state;
  const isKnown = children.some(({ key }) => key === initial?.text);
  const enters = (key: string) => type === "parallel" || !isKnown || key === initial?.text;
  const first = children.filter(({ key }) => enters(key));
  return [state, ...first.flatMap(enteredBelow)];
}

/** The regions beside the way down to a state are entered with it. */
function enteredAround(state: ChartState): readonly ChartState[] {
  return withAncestors(state).flatMap((ancestor) =>
    ancestor.type === "parallel" ? enteredBelow(ancestor) : [ancestor],
  );
}

/** Circles of states that leave each other at once without asking a guard; each is found once. */
function endlessLoops(states: readonly ChartState[]): readonly Finding[] {
  const inKnownCircle = new Set<ChartState>();
  return states.flatMap((state) => {
    if (inKnownCircle.has(state)) return [];
    const circle = [...followedAtOnce(state)].filter((next) => followedAtOnce(next).has(state));
    for (const member of circle) inKnownCircle.add(member);
    const [always] = state.choices.filter(({ trigger }) => trigger === "always");
    if (circle.length === 0 || always === undefined) return [];
    const { at, path } = always.name;
    const names = circle.map(({ key }) => key).join(", ");
    return [{ at, path, expected: "a guard in a circle of always", got: `none in ${names}` }];
  });
}

/** The states that are left in the same instant once this one is, through any number of others. */
function followedAtOnce(from: ChartState): ReadonlySet<ChartState> {
  const followed = new Set<ChartState>();
  const waiting = [...enteredAtOnce(from)];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const next = enteredAtOnce(state);
    if (next.length === 0 || followed.has(state)) continue;
    followed.add(state);
    waiting.push(...next);
  }
  return followed;
}

/** Where `always` leads without asking; without a target it leads back to the state itself. */
function enteredAtOnce(state: ChartState): readonly ChartState[] {
  const always = state.choices.find(({ trigger }: Choice) => trigger === "always");
  const branch = always?.branches.find(({ guard }) => guard === undefined);
  if (branch === undefined) return [];
  return branch.targets.length === 0 ? [state] : entered(state, branch);
}
