import { assign, emit, raise, setup, stateIn } from "xstate";

import type { ImagePullPolicy } from "../api/pod.ts";
import { forVersion } from "../for-version.ts";
import { imagePullChart } from "../generated/image-pull.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import { type BackOffLimits, backOffMs, nextBackOffStep } from "./back-off-ladder.ts";
import { failureForgettingMs, imageBackOffLimits } from "./image-back-off.ts";
import type { PullFailure } from "./image-messages.ts";
import {
  type AfterInspection,
  afterInspection,
  type ImagePresence,
  type NextPull,
  nextPull,
} from "./next-pull.ts";
import type { StartRefusal } from "./start-refusal.ts";

interface ImagePullContext extends BackOffLimits {
  /** Of the container that asks. */
  readonly policy: ImagePullPolicy | "";
  /** Failed pulls in a row, up to the longest delay; 0: none is remembered. */
  readonly step: number;
}

type ImagePullEvent =
  | { type: "image.requested"; policy: ImagePullPolicy | ""; referenceIsValid: boolean }
  | { type: "ImageStatus.succeeded"; image: ImagePresence }
  | { type: "ImageStatus.failed" }
  | { type: "pull.granted" }
  | { type: "pull.throttled" }
  | { type: "PullImage.succeeded" }
  | { type: "PullImage.failed"; reason: PullFailure }
  | { type: "pull.failed" };

/** Where an image that a container may use has come from. */
export type ImageSource = "present" | "accessible" | "registry";

type EventReason = "InspectFailed" | "ErrImageNeverPull" | "Failed" | "BackOff";

/** Why a container has to wait, and the Event that says so. */
type Refusal = { reason: StartRefusal; event: EventReason };

const everyImagePull = setup({
  types: {} as {
    input: BackOffLimits;
    context: ImagePullContext;
    events: ImagePullEvent;
    emitted:
      | { type: "ImageStatus" }
      | { type: "pull.requested" }
      | { type: "PullImage" }
      | { type: "pull.ended" }
      | { type: "image.ensured"; source: ImageSource }
      | ({ type: "image.refused" } & Refusal)
      | { type: "event.recorded"; reason: "Pulling" };
  },
  guards: {
    refuseInvalidName: ({ event }) => next(event) === "refuseInvalidName",
    inspect: ({ event }) => next(event) === "inspect",
    usePresent: (step) => inspected(step) === "usePresent",
    useAccessible: (step) => inspected(step) === "useAccessible",
    refuseNeverPull: (step) => inspected(step) === "refuseNeverPull",
    isBackingOff: stateIn({ backOff: { remembered: "closed" } }),
    failedFor: ({ event }, { reason }: { reason: PullFailure }) =>
      event.type === "PullImage.failed" && event.reason === reason,
  },
  actions: {
    rememberPolicy: assign({
      policy: ({ event }) => (event.type === "image.requested" ? event.policy : ""),
    }),
    askRuntime: emit({ type: "ImageStatus" }),
    askForTurn: emit({ type: "pull.requested" }),
    pullImage: emit({ type: "PullImage" }),
    endTurn: emit({ type: "pull.ended" }),
    noteFailure: raise({ type: "pull.failed" }),
    answer: emit((_, { source }: { source: ImageSource }) => ({ type: "image.ensured", source })),
    refuse: emit((_, refusal: Refusal) => ({ type: "image.refused", ...refusal })),
    record: emit((_, { reason }: { reason: "Pulling" }) => ({ type: "event.recorded", reason })),
    begin: assign({ step: 1 }),
    advance: assign({ step: ({ context }) => nextBackOffStep(context, context.step) }),
    forget: assign({ step: 0 }),
  },
  delays: {
    pullBackOff: timed("min(initialBackOffMs * 2^(step - 1), maximumBackOffMs) ms", ({ context }) =>
      backOffMs(context, context.step),
    ),
    failureForgetting: timed(
      "(2 * maximumBackOffMs + 1) ms",
      ({ context }) => failureForgettingMs(context) + 1,
    ),
  },
}).createMachine({
  ...imagePullChart,
  context: ({ input }) => ({ ...input, policy: "", step: 0 }),
});

/** Brings one image onto the node for one pod, or says why it is not there. */
export const imagePullMachine = forVersion(everyImagePull);

interface Step {
  readonly context: ImagePullContext;
  readonly event: ImagePullEvent;
}

function next(event: ImagePullEvent): NextPull | undefined {
  if (event.type !== "image.requested") return undefined;
  return nextPull(event.policy, event.referenceIsValid);
}

function inspected({ context, event }: Step): AfterInspection | undefined {
  if (event.type !== "ImageStatus.succeeded") return undefined;
  return afterInspection(context.policy, event.image);
}

const policies = ["Always", "IfNotPresent", "Never"] as const;
const presences = ["absent", "present", "accessible", "inaccessible"] as const;
const failures = ["ErrImagePull", "RegistryUnavailable", "SignatureValidationFailed"] as const;

export const imagePullSamples: Samples<typeof imagePullMachine> = {
  inputs: [imageBackOffLimits],
  events: [
    ...policies.map((policy) => ({
      type: "image.requested" as const,
      policy,
      referenceIsValid: true,
    })),
    { type: "image.requested", policy: "Always", referenceIsValid: false },
    ...presences.map((image) => ({ type: "ImageStatus.succeeded" as const, image })),
    { type: "ImageStatus.failed" },
    { type: "pull.granted" },
    { type: "pull.throttled" },
    { type: "PullImage.succeeded" },
    ...failures.map((reason) => ({ type: "PullImage.failed" as const, reason })),
    { type: "pull.failed" },
  ],
};
