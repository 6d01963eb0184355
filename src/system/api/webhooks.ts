import { compareText } from "../../../machines/api/compare-text.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import { quote } from "../../../machines/api/quote.ts";
import type { Webhook, WebhookConfiguration } from "../../../machines/api/webhook-objects.ts";
import {
  type ApiStatus,
  newBadRequest,
  newInternalError,
} from "../../../machines/apiserver/api-status.ts";
import { jsonPatch } from "../../../machines/apiserver/json-patch.ts";
import { isFields } from "../../../machines/apiserver/patch-value.ts";
import type { RequestStage } from "../../../machines/apiserver/request.machine.ts";
import {
  shouldCallHook,
  type WebhookRequest,
  webhookUrl,
} from "../../../machines/apiserver/webhook-rules.ts";
import type { ApiCall, ApiContext } from "./call.ts";
import type { AdmissionReview, WebhookStatus } from "./webhook-reviews.ts";

/** A write that webhooks are asked about. */
export interface Reviewed {
  readonly object: AnyObject | undefined;
  readonly old: KubeObject | undefined;
  readonly operation: AdmissionReview["operation"];
}

/** What came of asking the webhooks of one kind. */
export interface WebhookOutcome {
  readonly object: AnyObject | undefined;
  readonly refused?: { readonly status: ApiStatus; readonly isCall: boolean };
  readonly asked: number;
  /** The webhooks that have changed the object. */
  readonly changedBy: readonly string[];
  readonly warnings: readonly string[];
}

/** A webhook, and which configuration it is of. */
interface Hook {
  readonly webhook: Webhook;
  readonly configuration: string;
}

/**
 * Asks one webhook after the other, each about what the one before has made of the object.
 * apiserver/pkg/admission/plugin/webhook/mutating/dispatcher.go Dispatch
 */
export function askWebhooks(
  context: ApiContext,
  call: ApiCall,
  kind: WebhookConfiguration["kind"],
  { object, old, operation }: Reviewed,
  only: (webhook: Webhook) => boolean = () => true,
): WebhookOutcome {
  const warnings: string[] = [];
  const changedBy: string[] = [];
  let now = object;
  let asked = 0;
  for (const hook of hooksOf(context, kind)) {
    const reviewed = { object: now, old, operation };
    const isMeant = shouldCallHook(hook.webhook, requestFor(context, call, reviewed));
    if (!only(hook.webhook) || !isMeant) continue;
    asked += 1;
    const answer = answerOf(context, call, hook, reviewed);
    if ("status" in answer) return { object: now, refused: answer, asked, changedBy, warnings };
    warnings.push(...answer.warnings);
    if (answer.object !== now) changedBy.push(hook.webhook.name);
    now = answer.object;
  }
  return { object: now, asked, changedBy, warnings };
}

/** All of a kind, in order of their configurations' names. */
function hooksOf({ store }: ApiContext, kind: WebhookConfiguration["kind"]): readonly Hook[] {
  const found = store.list(kind).filter(isConfiguration);
  const ordered = found.toSorted((a, b) => compareText(a.metadata.name, b.metadata.name));
  return ordered.flatMap(({ metadata, webhooks = [] }) => {
    return webhooks.map((webhook) => ({ webhook, configuration: metadata.name }));
  });
}

function isConfiguration(object: KubeObject): object is WebhookConfiguration {
  return object.kind.endsWith("WebhookConfiguration");
}

function requestFor(
  { store }: ApiContext,
  { resource, subresource = "" }: ApiCall,
  { object, old, operation }: Reviewed,
): WebhookRequest {
  const { namespace, name } = (object ?? old)?.metadata ?? {};
  const isNamespace = resource.kind === "Namespace";
  const own = isNamespace ? (object ?? old) : store.get("Namespace", namespace ?? "");
  const { group, version } = resource;
  const place = { group, version, resource: resource.resource, subresource, operation };
  const all = [object, old].filter((one) => one !== undefined);
  return {
    ...place,
    namespace: isNamespace ? name : namespace,
    namespaceLabels: own?.metadata?.labels,
    labels: all.map((one) => one.metadata?.labels),
  };
}

type Answer =
  | { readonly object: AnyObject | undefined; readonly warnings: readonly string[] }
  | { readonly status: ApiStatus; readonly isCall: boolean };

function answerOf(context: ApiContext, call: ApiCall, hook: Hook, reviewed: Reviewed): Answer {
  const { webhook } = hook;
  const review = reviewOf(context, call, hook, reviewed);
  const { sideEffects = "Unknown" } = webhook;
  if (review.dryRun && sideEffects !== "None" && sideEffects !== "NoneOnDryRun") {
    const why = `admission webhook ${quote(webhook.name)} does not support dry run`;
    return { status: newBadRequest(why), isCall: false };
  }
  const told = context.webhooks?.(review) ?? { allowed: true };
  if ("fails" in told) return unanswered(webhook, reviewed, told.fails);
  if (!told.allowed) return { status: toStatusErr(webhook.name, told.status), isCall: false };
  const { patch = [], warnings = [] } = told;
  if (patch.length === 0) return { object: reviewed.object, warnings };
  if (reviewed.object === undefined) {
    const why = "attempted to modify the object, which is not supported for this operation";
    const status = newInternalError(`admission webhook ${quote(webhook.name)} ${why}`);
    return { status, isCall: false };
  }
  const done = jsonPatch(reviewed.object, patch);
  if ("error" in done) return unanswered(webhook, reviewed, done.error);
  return { object: isFields(done.result) ? done.result : reviewed.object, warnings };
}

/** apiserver/pkg/admission/plugin/webhook/errors/statuserror.go ToStatusErr */
function toStatusErr(name: string, status: WebhookStatus = {}): ApiStatus {
  const { code = 400, reason, message } = status;
  const denied = `admission webhook ${quote(name)} denied the request`;
  const why = message || reason;
  return {
    code: Math.max(400, code),
    ...(reason !== undefined && { reason }),
    message: why ? `${denied}: ${why}` : `${denied} without explanation`,
  };
}

/** Whoever may be ignored is as if there were nobody. ErrCallingWebhook */
function unanswered(webhook: Webhook, { object }: Reviewed, fails: string): Answer {
  const { name, failurePolicy = "Fail", clientConfig, timeoutSeconds = 10 } = webhook;
  if (failurePolicy === "Ignore") return { object, warnings: [] };
  const post = `Post ${quote(webhookUrl(clientConfig, timeoutSeconds))}: ${fails}`;
  const why = `failed calling webhook ${quote(name)}: failed to call webhook: ${post}`;
  return { status: newInternalError(why), isCall: true };
}

function reviewOf(
  context: ApiContext,
  { resource, subresource, options }: ApiCall,
  { webhook, configuration }: Hook,
  { object, old, operation }: Reviewed,
): AdmissionReview {
  const { name = "", namespace } = (object ?? old)?.metadata ?? {};
  const { group, version } = resource;
  return {
    webhook: webhook.name,
    configuration,
    operation,
    resource: { group, version, resource: resource.resource },
    ...(subresource !== undefined && { subresource }),
    name,
    ...(namespace !== undefined && { namespace }),
    userInfo: context.user ?? { name: "system:apiserver", groups: ["system:masters"] },
    ...(object !== undefined && { object }),
    ...(old !== undefined && { oldObject: old }),
    dryRun: context.trial?.dryRun ?? options?.dryRun === true,
  };
}

/** Where a webhook's refusal stands on a request's way. */
export function webhookStage(kind: "mutating" | "validating", isCall: boolean): RequestStage {
  if (kind === "mutating") return isCall ? "mutatingWebhookCall" : "mutatingWebhook";
  return isCall ? "validatingWebhookCall" : "validatingWebhook";
}
