import type { AnyStateMachine, AnyStateNode } from "xstate";

/** The paths of all states that a machine can come to, guards aside; `.` stands between keys. */
export function enteredStates({ root }: AnyStateMachine): ReadonlySet<string> {
  const entered = new Set<AnyStateNode>();
  const waiting: AnyStateNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (entered.has(node)) continue;
    entered.add(node);
    waiting.push(...enteredWith(node), ...targetsOf(node));
  }
  return new Set([...entered].map(({ path }) => path.join(".")));
}

/** Its parent, and those below it that are entered at once. */
function enteredWith(node: AnyStateNode): readonly AnyStateNode[] {
  const { parent, type, states } = node;
  const above = parent === undefined ? [] : [parent];
  if (type === "parallel") return [...above, ...Object.values(states)];
  return type === "compound" ? [...above, ...node.initial.target] : above;
}

function targetsOf({ transitions, always = [] }: AnyStateNode): readonly AnyStateNode[] {
  const all = [...[...transitions.values()].flat(), ...always];
  return all.flatMap(({ target = [] }) => target);
}
