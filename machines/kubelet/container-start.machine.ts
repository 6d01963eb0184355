import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { containerStartChart } from "../generated/container-start.ts";
import type { Samples } from "../samples.ts";
import type { HookKind } from "./container-stop.ts";
import type { StartRefusal } from "./start-refusal.ts";

export interface ContainerStartInput {
  /** `lifecycle.postStart` of the container. */
  readonly postStart: HookKind;
}

interface ContainerStartContext extends ContainerStartInput {
  /** The container has run and ended before, so a back-off may apply. */
  readonly hasExited: boolean;
}

type ContainerStartEvent =
  | { type: "container.startRequested"; hasExited: boolean }
  | { type: "restart.allowed" }
  | { type: "restart.refused" }
  | { type: "image.ensured" }
  | { type: "image.refused"; reason: StartRefusal }
  | { type: "CreateContainer.succeeded" }
  | { type: "CreateContainer.failed"; cause: "config" | "runtime" }
  | { type: "StartContainer.succeeded" }
  | { type: "StartContainer.failed" }
  | { type: "hook.succeeded" }
  | { type: "hook.failed" }
  | { type: "container.killed" };

type EventReason = "Created" | "Started" | "Failed" | "FailedPostStartHook";

/** Starts one container once, from the back-off to the postStart hook, or says why it did not. */
export const containerStartMachine = setup({
  types: {} as {
    input: ContainerStartInput;
    context: ContainerStartContext;
    events: ContainerStartEvent;
    emitted:
      | { type: "restart.requested"; hasExited: boolean }
      | { type: "image.requested" }
      | { type: "CreateContainer" }
      | { type: "StartContainer" }
      | { type: "container.created" }
      | { type: "container.started" }
      | { type: "container.startFailed" }
      | { type: "hook.requested"; hook: "postStart"; kind: HookKind }
      | { type: "container.killRequested"; reason: "FailedPostStartHook" }
      | { type: "start.ended"; outcome: "started" }
      | { type: "start.refused"; reason: StartRefusal }
      | { type: "event.recorded"; reason: EventReason };
  },
  guards: {
    isConfigError: ({ event }) =>
      event.type === "CreateContainer.failed" && event.cause === "config",
    hasPostStart: ({ context }) => context.postStart !== "none",
  },
  actions: {
    rememberRequest: assign({
      hasExited: ({ event }) => event.type === "container.startRequested" && event.hasExited,
    }),
    requestRestart: emit(({ context: { hasExited } }) => ({
      type: "restart.requested",
      hasExited,
    })),
    requestImage: emit({ type: "image.requested" }),
    createContainer: emit({ type: "CreateContainer" }),
    startContainer: emit({ type: "StartContainer" }),
    reportCreated: emit({ type: "container.created" }),
    reportStarted: emit({ type: "container.started" }),
    reportStartFailed: emit({ type: "container.startFailed" }),
    runPostStart: emit(({ context: { postStart: kind } }) => ({
      type: "hook.requested",
      hook: "postStart",
      kind,
    })),
    kill: emit({ type: "container.killRequested", reason: "FailedPostStartHook" }),
    reportSuccess: emit({ type: "start.ended", outcome: "started" }),
    refuse: emit((_, { reason }: { reason: StartRefusal }) => ({ type: "start.refused", reason })),
    refuseAsImage: emit(({ event }) => ({ type: "start.refused", reason: imageRefusal(event) })),
    recordImageError: emit({ type: "event.recorded", reason: "Failed" }),
    record: emit((_, { reason }: { reason: EventReason }) => ({ type: "event.recorded", reason })),
  },
}).createMachine({
  ...containerStartChart,
  context: ({ input }) => ({ ...input, hasExited: false }),
});

function imageRefusal(event: ContainerStartEvent): StartRefusal {
  assert(event.type === "image.refused", "only a refused image has the image's reason");
  return event.reason;
}

export const containerStartSamples: Samples<typeof containerStartMachine> = {
  inputs: [{ postStart: "none" }, { postStart: "exec" }],
  events: [
    { type: "container.startRequested", hasExited: false },
    { type: "container.startRequested", hasExited: true },
    { type: "restart.allowed" },
    { type: "restart.refused" },
    { type: "image.ensured" },
    { type: "image.refused", reason: "ErrImagePull" },
    { type: "image.refused", reason: "ImagePullBackOff" },
    { type: "CreateContainer.succeeded" },
    { type: "CreateContainer.failed", cause: "config" },
    { type: "CreateContainer.failed", cause: "runtime" },
    { type: "StartContainer.succeeded" },
    { type: "StartContainer.failed" },
    { type: "hook.succeeded" },
    { type: "hook.failed" },
    { type: "container.killed" },
  ],
};
