import { emit, setup } from "xstate";

import { containerMemoryChart } from "../generated/container-memory.ts";
import type { Samples } from "../samples.ts";
import { type OomVictim, oomVictim } from "./oom-victim.ts";

/** What was full: the container up to its limit, or the whole node. */
export type RanOut = "container" | "node";

export interface ContainerMemoryInput {
  /** `resources.limits.memory`; null: no limit. */
  readonly limitBytes: number | null;
  /** The node has cgroup v2 and singleProcessOOMKill is off. */
  readonly killsGroup: boolean;
}

interface Kill {
  readonly victim: Exclude<OomVictim, "none">;
  readonly ranOut: RanOut;
}

type ContainerMemoryEvent =
  | { type: "container.started" }
  | { type: "container.exited" }
  | { type: "memory.used"; usageBytes: number; largest: "main" | "child" }
  | { type: "memory.nodeExhausted" };

/** The memory of one container's processes against its limit, as the kernel sees it. */
export const containerMemoryMachine = setup({
  types: {} as {
    input: ContainerMemoryInput;
    context: ContainerMemoryInput;
    events: ContainerMemoryEvent;
    emitted: { type: "oom.killed" } & Kill;
  },
  guards: {
    killsGroup: ({ context }) => context.killsGroup,
    killsAll: ({ context, event }) => victimOf(context, event) === "all",
    killsMain: ({ context, event }) => victimOf(context, event) === "main",
    killsChild: ({ context, event }) => victimOf(context, event) === "child",
  },
  actions: {
    kill: emit((_, { victim, ranOut }: Kill) => ({ type: "oom.killed", victim, ranOut })),
  },
}).createMachine({ ...containerMemoryChart, context: ({ input }) => input });

function victimOf(context: ContainerMemoryInput, event: ContainerMemoryEvent): OomVictim {
  if (event.type !== "memory.used") return "none";
  return oomVictim(event.usageBytes, context.limitBytes, context.killsGroup, event.largest);
}

export const containerMemorySamples: Samples<typeof containerMemoryMachine> = {
  inputs: [
    { limitBytes: 1_000, killsGroup: true },
    { limitBytes: 1_000, killsGroup: false },
    { limitBytes: null, killsGroup: true },
  ],
  events: [
    { type: "container.started" },
    { type: "container.exited" },
    { type: "memory.used", usageBytes: 1_000, largest: "main" },
    { type: "memory.used", usageBytes: 1_001, largest: "main" },
    { type: "memory.used", usageBytes: 1_001, largest: "child" },
    { type: "memory.nodeExhausted" },
  ],
};
