import { assign, emit, setup } from "xstate";

import { volumeChart } from "../generated/volume.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import { highestMountBackOffStep, mountBackOffMs } from "./mount-back-off.ts";

interface VolumeContext {
  /** 0 = no failure yet; each failed mount moves one step up the back-off ladder. */
  readonly backOffStep: number;
}

type VolumeEvent =
  | { type: "volume.requested" }
  | { type: "Mount.succeeded" }
  | { type: "Mount.failed" }
  | { type: "volume.unmountRequested" };

/** One volume of a pod on its node, from the first mount to the unmount. */
export const volumeMachine = setup({
  types: {} as {
    context: VolumeContext;
    events: VolumeEvent;
    emitted:
      | { type: "Mount" }
      | { type: "volume.mounted" }
      | { type: "volume.unmounted" }
      | { type: "event.recorded"; reason: "FailedMount" };
  },
  actions: {
    mount: emit({ type: "Mount" }),
    reportMounted: emit({ type: "volume.mounted" }),
    reportUnmounted: emit({ type: "volume.unmounted" }),
    record: emit((_, { reason }: { reason: "FailedMount" }) => ({
      type: "event.recorded",
      reason,
    })),
    advanceBackOff: assign({
      backOffStep: ({ context }) => Math.min(context.backOffStep + 1, highestMountBackOffStep),
    }),
    resetBackOff: assign({ backOffStep: 0 }),
  },
  delays: {
    mountBackOff: timed("min(500 * 2^(backOffStep - 1), 122000) ms", ({ context }) =>
      mountBackOffMs(context.backOffStep),
    ),
  },
}).createMachine({ ...volumeChart, context: { backOffStep: 0 } });

export const volumeSamples: Samples<typeof volumeMachine> = {
  inputs: [{}],
  events: [
    { type: "volume.requested" },
    { type: "Mount.succeeded" },
    { type: "Mount.failed" },
    { type: "volume.unmountRequested" },
  ],
};
