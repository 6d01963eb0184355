import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";

import { everyVersionOf } from "../../machines/for-version.ts";

/** One branch of a chart: what a machine in a state does on an event if its guard allows it. */
export interface ChartBranch {
  readonly machine: string;
  /**
   * `container Running container.exited#0`: machine, state, event and the branch's place in the
   * whole chart, so that it is the same whatever gates are on.
   */
  readonly name: string;
  readonly definition: AnyTransitionDefinition;
}

/** Every branch of the charts of these machines, in the order of the charts. */
export function branchesOf(machines: ReadonlyMap<string, AnyStateMachine>): readonly ChartBranch[] {
  return [...machines.values()].flatMap(branchesOfMachine);
}

export function branchesOfMachine(machine: AnyStateMachine): readonly ChartBranch[] {
  const own: unknown = machine.config;
  const whole = isRecord(own) ? own["everyVersion"] : undefined;
  return branchesOfState(machine.root, { machine: machine.id, own, whole });
}

/** A branch of a chart that its machine has not, because a gate is off. */
export interface LeftOut {
  readonly machine: string;
  readonly name: string;
  readonly why: string;
}

export function leftOutOf(machines: ReadonlyMap<string, AnyStateMachine>): readonly LeftOut[] {
  return [...machines.values()].flatMap((machine) => {
    const own = new Set(branchesOfMachine(machine).map(({ name }) => name));
    const others = branchesOfMachine(everyVersionOf(machine)).filter(({ name }) => !own.has(name));
    const gates = new Set(others.flatMap(({ definition }) => gateOf(definition) ?? []));
    return others.map(({ name, definition }) => {
      const gate = gateOf(definition) ?? [...gates].join(" or ");
      return { machine: machine.id, name, why: `the gate ${gate} is off` };
    });
  });
}

/** Branches in a state that only gated ones lead to say nothing of a gate themselves. */
function gateOf({ meta }: AnyTransitionDefinition): string | undefined {
  const gate: unknown = isRecord(meta) ? meta["gate"] : undefined;
  return typeof gate === "string" ? gate : undefined;
}

/** Where a state is described: in the machine's own config and in that of the whole chart. */
interface Place {
  readonly machine: string;
  readonly own: unknown;
  readonly whole: unknown;
}

function branchesOfState(node: AnyStateNode, place: Place): readonly ChartBranch[] {
  const { machine } = place;
  const state = node.path.length === 0 ? "(any)" : node.path.join(".");
  const named = (event: string, definitions: readonly AnyTransitionDefinition[]) => {
    const places = placesIn(place, event);
    return definitions.map((definition, nth): ChartBranch => {
      return { machine, name: `${machine} ${state} ${event}#${places[nth] ?? nth}`, definition };
    });
  };
  const children: readonly (readonly [string, AnyStateNode])[] = Object.entries(node.states);
  return [
    ...named("always", node.always ?? []),
    ...[...node.transitions].flatMap(([event, branches]) => named(eventText(event), branches)),
    ...children.flatMap(([key, child]) => {
      const [own, whole] = [stateIn(place.own, key), stateIn(place.whole, key)];
      return branchesOfState(child, { machine, own, whole });
    }),
  ];
}

/** The place of each own branch of an event among those of the whole chart. */
function placesIn({ own, whole }: Place, event: string): readonly number[] {
  if (whole === undefined) return [];
  const all = listed(branchesAt(whole, event));
  return listed(branchesAt(own, event)).map((branch) => all.indexOf(branch));
}

function branchesAt(state: unknown, event: string): unknown {
  if (!isRecord(state)) return undefined;
  if (event === "always" || event === "onDone") return state[event];
  const [, delay] = /^after:(.*)$/.exec(event) ?? [];
  const events = delay === undefined ? state["on"] : state["after"];
  return isRecord(events) ? events[delay ?? event] : undefined;
}

function listed(branches: unknown): readonly unknown[] {
  return Array.isArray(branches) ? branches : [branches];
}

function stateIn(state: unknown, key: string): unknown {
  const states = isRecord(state) ? state["states"] : undefined;
  return isRecord(states) ? states[key] : undefined;
}

/** XState names delays and ends of states after the states; a chart does not. */
function eventText(event: string): string {
  const [, after, delay = ""] = /^xstate\.(after)\.([^.]+)/.exec(event) ?? [];
  if (after !== undefined) return `after:${delay}`;
  return event.startsWith("xstate.done.state.") ? "onDone" : event;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
