import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import { getAdjacencyMap } from "xstate/graph";
import { describe, expect, it } from "vitest";

import { catalogue, samples } from "../../machines/index.ts";
import { internEvent, type KernelEvent } from "../../src/system/kernel-event.ts";
import { stepperOf } from "../../src/system/stepper.ts";

const maxStates = 3_000;

/** Their contexts keep lists: with every payload of the samples they have too many states. */
const withOnePayload = ["podKill", "evictionManager"];

/** All that may come to a machine: its samples, and its delays in any order. */
function alphabetOf(machine: AnyStateMachine): readonly KernelEvent[] {
  const { events = [] } = samples[machine.id] ?? {};
  const kept = withOnePayload.includes(machine.id) ? firstOfEach(events) : events;
  const delays = machine.events.filter((type) => type.startsWith("xstate.after."));
  return [...kept, ...delays.map((type) => ({ type }))];
}

function firstOfEach<E extends KernelEvent>(events: readonly E[]): readonly E[] {
  return events.filter((one, at) => events.findIndex(({ type }) => type === one.type) === at);
}

function textOf({ value, context }: Pick<AnyMachineSnapshot, "value" | "context">): string {
  return JSON.stringify([value, context]);
}

/** By state and event, where the memo leads. */
function ourEdges(machine: AnyStateMachine, input: unknown): ReadonlySet<string> {
  const stepper = stepperOf(machine);
  const alphabet = alphabetOf(machine).map(internEvent);
  const first = stepper.initial(input).local;
  const [seen, waiting, edges] = [new Set([first]), [first], new Set<string>()];
  for (const local of waiting) {
    if (seen.size > maxStates) throw new Error(`${machine.id} has more than ${maxStates} states`);
    const before = stepper.stateOf(local);
    if (before.status !== "active") continue;
    for (const event of alphabet) {
      const { local: after } = stepper.step(local, event);
      edges.add([textOf(before), JSON.stringify(event), textOf(stepper.stateOf(after))].join("\n"));
      if (seen.has(after)) continue;
      seen.add(after);
      waiting.push(after);
    }
  }
  return edges;
}

interface Follower {
  readonly event: object;
  readonly state: AnyMachineSnapshot;
}

/** The same as XState's own graph has it. */
function theirEdges(machine: AnyStateMachine, input: unknown): ReadonlySet<string> {
  const map = getAdjacencyMap(machine, {
    events: [...alphabetOf(machine)],
    input,
    serializeState: (snapshot: AnyMachineSnapshot) => textOf(snapshot),
    limit: maxStates * 100,
  });
  const edges = new Set<string>();
  for (const { state, transitions } of Object.values(map)) {
    if (state.status !== "active") continue;
    const followers: readonly Follower[] = Object.values(transitions);
    for (const { event, state: next } of followers) {
      edges.add([textOf(state), JSON.stringify(event), textOf(next)].join("\n"));
    }
  }
  return edges;
}

describe("the states and steps of one machine", () => {
  it.each(Object.entries(catalogue))("are those of xstate/graph: %s", (name, machine) => {
    const [input] = samples[name]?.inputs ?? [];
    const ours = ourEdges(machine, input);
    expect(ours.size).toBeGreaterThan(0);
    expect(theirEdges(machine, input)).toEqual(ours);
  });
});
