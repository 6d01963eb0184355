import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { forVersion } from "../for-version.ts";
import { containerChart } from "../generated/container.ts";
import type { Samples } from "../samples.ts";
import type { StartRefusal } from "./start-refusal.ts";

export interface ContainerInput {
  /** The pod has init containers, so containers wait with reason PodInitializing. */
  readonly hasInitContainers: boolean;
}

interface ContainerContext extends ContainerInput {
  /** The kernel has killed a child process of the one that runs. */
  readonly oomRecorded: boolean;
}

/** How a process ended, as the runtime tells it. */
export type ExitCause = "completed" | "error" | "oomKilled" | "unknown";

type ContainerEvent =
  | { type: "container.created" }
  | { type: "container.started" }
  | { type: "container.startFailed" }
  | { type: "container.startRefused"; reason: StartRefusal; willRestart: boolean }
  | { type: "container.exited"; cause: ExitCause }
  | { type: "container.lost" }
  | { type: "container.reviewed"; shows: ContainerShows }
  | { type: "memory.oomRecorded" };

/** `state.terminated.reason` as the runtime gives it. */
type ExitReason = "Completed" | "Error" | "OOMKilled" | "StartError" | "Unknown";

/** What a status says without a cached reason; `other`: it runs, or a cached reason shows. */
export type ContainerShows =
  | ExitReason
  | "ContainerStatusUnknown"
  | "nothing"
  | "created"
  | "RestartingAllContainers"
  | "other";

const everyContainer = setup({
  types: {} as {
    input: ContainerInput;
    context: ContainerContext;
    events: ContainerEvent;
    emitted:
      | { type: "container.created" }
      | { type: "container.started" }
      | { type: "container.exited"; reason: ExitReason }
      | { type: "container.lost" }
      | { type: "reason.cached"; reason: StartRefusal };
  },
  guards: {
    hasInitContainers: ({ context }) => context.hasInitContainers,
    staysTerminated: ({ event }) => event.type === "container.startRefused" && !event.willRestart,
    isRefusedFor: ({ event }, { reason }: { reason: StartRefusal }) =>
      event.type === "container.startRefused" && event.reason === reason,
    isOutOfMemory: ({ context, event }) =>
      event.type === "container.exited" && (context.oomRecorded || event.cause === "oomKilled"),
    shows: ({ event }, { what }: { what: ContainerShows }) =>
      event.type === "container.reviewed" && event.shows === what,
    endedBy: ({ event }, { cause }: { cause: ExitCause }) =>
      event.type === "container.exited" && event.cause === cause,
  },
  actions: {
    reportCreated: emit({ type: "container.created" }),
    reportStarted: emit({ type: "container.started" }),
    reportLost: emit({ type: "container.lost" }),
    exit: emit((_, { reason }: { reason: ExitReason }) => ({ type: "container.exited", reason })),
    cacheReason: emit(({ event }) => ({ type: "reason.cached", reason: refusalOf(event) })),
    recordOom: assign({ oomRecorded: true }),
    forgetOom: assign({ oomRecorded: false }),
  },
}).createMachine({
  ...containerChart,
  context: ({ input }) => ({ ...input, oomRecorded: false }),
});

/** One container as the next generated status will report it. */
export const containerMachine = forVersion(everyContainer);

function refusalOf(event: ContainerEvent): StartRefusal {
  assert(event.type === "container.startRefused", "only a refusal is cached");
  return event.reason;
}

const refusals: readonly StartRefusal[] = [
  "ErrImagePull",
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "InvalidImageName",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "PostStartHookError",
  "CrashLoopBackOff",
];

/** Every reason with which a container may have ended. */
export const endReasons = [
  "Completed",
  "Error",
  "OOMKilled",
  "StartError",
  "Unknown",
  "ContainerStatusUnknown",
] as const;

const exitCauses: readonly ExitCause[] = ["completed", "error", "oomKilled", "unknown"];

export const containerSamples: Samples<typeof containerMachine> = {
  inputs: [{ hasInitContainers: false }, { hasInitContainers: true }],
  events: [
    { type: "container.created" },
    { type: "container.started" },
    { type: "container.startFailed" },
    ...refusals.flatMap((reason) =>
      [true, false].map((willRestart) => {
        return { type: "container.startRefused", reason, willRestart } as const;
      }),
    ),
    ...exitCauses.map((cause) => ({ type: "container.exited", cause }) as const),
    { type: "container.lost" },
    ...(["nothing", "created", "RestartingAllContainers", "other", ...endReasons] as const).map(
      (shows) => {
        return { type: "container.reviewed", shows } as const;
      },
    ),
    { type: "memory.oomRecorded" },
  ],
};
