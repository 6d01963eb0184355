import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";

/** One branch of a chart: what a machine in a state does on an event if its guard allows it. */
export interface ChartBranch {
  readonly machine: string;
  /** `container Running container.exited#0`: machine, state, event and the branch's place. */
  readonly name: string;
  readonly definition: AnyTransitionDefinition;
}

/** Every branch of the charts of these machines, in the order of the charts. */
export function branchesOf(machines: ReadonlyMap<string, AnyStateMachine>): readonly ChartBranch[] {
  return [...machines.values()].flatMap(branchesOfMachine);
}

export function branchesOfMachine(machine: AnyStateMachine): readonly ChartBranch[] {
  return branchesOfState(machine.root, machine.id);
}

function branchesOfState(node: AnyStateNode, machine: string): readonly ChartBranch[] {
  const state = node.path.length === 0 ? "(any)" : node.path.join(".");
  const named = (event: string, definitions: readonly AnyTransitionDefinition[]) =>
    definitions.map((definition, nth): ChartBranch => {
      return { machine, name: `${machine} ${state} ${event}#${nth}`, definition };
    });
  const children: readonly AnyStateNode[] = Object.values(node.states);
  return [
    ...named("always", node.always ?? []),
    ...[...node.transitions].flatMap(([event, branches]) => named(eventText(event), branches)),
    ...children.flatMap((child) => branchesOfState(child, machine)),
  ];
}

/** XState names delays and ends of states after the states; a chart does not. */
function eventText(event: string): string {
  const [, after, delay = ""] = /^xstate\.(after)\.([^.]+)/.exec(event) ?? [];
  if (after !== undefined) return `after:${delay}`;
  return event.startsWith("xstate.done.state.") ? "onDone" : event;
}
