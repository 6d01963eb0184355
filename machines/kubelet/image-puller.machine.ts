import { assign, emit, raise, setup } from "xstate";

import { imagePullerChart } from "../generated/image-puller.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import { type PullLimits, pullLimits } from "./pull-limits.ts";

interface ImagePullerContext extends PullLimits {
  /** Slots that pulls hold; stays 0 when their number has no bound. */
  readonly taken: number;
  /** Pulls that may begin now. */
  readonly tokens: number;
}

type ImagePullerEvent =
  | { type: "pull.requested" }
  | { type: "pull.ended" /** Somebody is in line. */; isAwaited: boolean }
  | { type: "turn.begun" }
  | { type: "kubelet.restarted" };

/** Lets the pulls of one node begin; both facts are about the first in line. */
export const imagePullerMachine = setup({
  types: {} as {
    input: PullLimits;
    context: ImagePullerContext;
    events: ImagePullerEvent;
    emitted: { type: "pull.granted" } | { type: "pull.throttled" };
  },
  guards: {
    takesLastSlot: ({ context: { slots, taken } }) => slots !== null && taken + 1 >= slots,
    isAwaited: ({ event }) => event.type === "pull.ended" && event.isAwaited,
    isUnlimited: ({ context }) => context.refillMs === 0,
    isAlmostFull: ({ context: { tokens, burst } }) => tokens + 1 >= burst,
    hasNoToken: ({ context }) => context.tokens === 0,
  },
  actions: {
    takeSlot: assign({ taken: ({ context }) => (context.slots === null ? 0 : context.taken + 1) }),
    freeSlot: assign({ taken: ({ context }) => Math.max(context.taken - 1, 0) }),
    freeAllSlots: assign({ taken: 0 }),
    addAllTokens: assign({ tokens: ({ context }) => context.burst }),
    takeToken: assign({ tokens: ({ context }) => context.tokens - 1 }),
    addToken: assign({ tokens: ({ context }) => context.tokens + 1 }),
    beginTurn: raise({ type: "turn.begun" }),
    grant: emit({ type: "pull.granted" }),
    throttle: emit({ type: "pull.throttled" }),
  },
  delays: {
    refill: timed("refillMs ms", ({ context }) => context.refillMs),
  },
}).createMachine({
  ...imagePullerChart,
  context: ({ input }) => ({ ...input, taken: 0, tokens: input.burst }),
});

export const imagePullerSamples: Samples<typeof imagePullerMachine> = {
  inputs: [
    pullLimits({}),
    pullLimits({ maxParallelImagePulls: 2, registryPullQPS: 1, registryBurst: 1 }),
    pullLimits({ serializeImagePulls: false, registryPullQPS: 0 }),
  ],
  events: [
    { type: "pull.requested" },
    { type: "pull.ended", isAwaited: true },
    { type: "pull.ended", isAwaited: false },
    { type: "turn.begun" },
    { type: "kubelet.restarted" },
  ],
};
