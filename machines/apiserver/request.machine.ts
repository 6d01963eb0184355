import { emit, setup } from "xstate";

import { requestChart } from "../generated/request.ts";
import type { Samples } from "../samples.ts";

/** Where a request was refused. */
export type RequestStage = "authentication" | "authorization" | HandlerStage;

/** Where the handler of a verb refuses. */
export type HandlerStage =
  | "dispatch"
  | "reading"
  | "mutation"
  | "mutatingWebhook"
  | "mutatingWebhookCall"
  | "escalation"
  | "validation"
  | "admission"
  | "validatingWebhook"
  | "validatingWebhookCall"
  | "quota"
  | "persistence";

/** How a user became known; `nobody` has shown a token that was never given. */
export type AuthenticatedBy = "certificate" | "token" | "serviceAccount" | "anonymous" | "nobody";

/** Who let a request pass. */
export type AuthorizedBy = "masters" | "Node" | "RBAC" | "nobody";

/** What a request would do to what is stored. */
export type StoredChange = "nothing" | "created" | "changed" | "marked" | "removed";

/** What has been decided about a request, stage by stage. */
export interface RequestReceived {
  readonly type: "request.received";
  readonly authentication: AuthenticatedBy;
  readonly authorization: AuthorizedBy;
  readonly handler: "read" | "write" | "delete";
  readonly refusedAt: HandlerStage | "none";
  /** Whether webhooks were asked, and whether one has changed the object. */
  readonly mutatingWebhooks: "none" | "asked" | "changed";
  readonly validatingWebhooks: "none" | "asked";
  readonly change: StoredChange;
}

/** One request to the API server. */
export const requestMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: Record<never, never>;
    events: RequestReceived;
    emitted:
      | { type: "request.refused"; stage: RequestStage }
      | { type: "objects.read" }
      | { type: "object.unchanged" }
      | { type: "object.written"; change: StoredChange };
  },
  guards: {
    isAuthenticatedBy: ({ event }, { by }: { by: AuthenticatedBy }) => event.authentication === by,
    isAuthorizedBy: ({ event }, { by }: { by: AuthorizedBy }) => event.authorization === by,
    leadsTo: ({ event }, { handler }: { handler: RequestReceived["handler"] }) =>
      event.handler === handler,
    isRefusedAt: ({ event }, { stage }: { stage: HandlerStage }) => event.refusedAt === stage,
    isForMutatingWebhooks: ({ event }) => event.mutatingWebhooks !== "none",
    isChangedByWebhooks: ({ event }) => event.mutatingWebhooks === "changed",
    isForValidatingWebhooks: ({ event }) => event.validatingWebhooks !== "none",
    changes: ({ event }, { change }: { change: StoredChange }) => event.change === change,
  },
  actions: {
    refuse: emit((_, { stage }: { stage: RequestStage }) => ({ type: "request.refused", stage })),
    read: emit({ type: "objects.read" }),
    keep: emit({ type: "object.unchanged" }),
    write: emit((_, { change }: { change: StoredChange }) => ({ type: "object.written", change })),
  },
}).createMachine({ ...requestChart, context: {} });

const passes: RequestReceived = {
  type: "request.received",
  authentication: "certificate",
  authorization: "masters",
  handler: "write",
  refusedAt: "none",
  mutatingWebhooks: "none",
  validatingWebhooks: "none",
  change: "changed",
};

const authentications = ["token", "serviceAccount", "anonymous", "nobody"] as const;
const authorizations = ["Node", "RBAC", "nobody"] as const;
const stages = [
  "dispatch",
  "mutation",
  "escalation",
  "validation",
  "admission",
  "quota",
  "persistence",
] as const;
const webhookStages = [
  "mutatingWebhook",
  "mutatingWebhookCall",
  "validatingWebhook",
  "validatingWebhookCall",
] as const;
const changes = ["nothing", "created", "changed", "marked", "removed"] as const;

export const requestSamples: Samples<typeof requestMachine> = {
  inputs: [{}],
  events: [
    ...authentications.map((authentication) => ({ ...passes, authentication })),
    ...authorizations.map((authorization) => ({ ...passes, authorization })),
    ...stages.map((refusedAt) => ({ ...passes, refusedAt })),
    { ...passes, mutatingWebhooks: "asked", validatingWebhooks: "asked" },
    { ...passes, mutatingWebhooks: "changed" },
    ...webhookStages.map((refusedAt) => {
      return {
        ...passes,
        mutatingWebhooks: "asked",
        validatingWebhooks: "asked",
        refusedAt,
      } as const;
    }),
    ...changes.map((change) => ({ ...passes, change })),
    { ...passes, handler: "read" },
    { ...passes, handler: "read", refusedAt: "reading" },
    { ...passes, handler: "delete", change: "marked" },
  ],
};
