import { authorize, unauthorized } from "../../../machines/apiserver/authorization.ts";
import type { RequestInfo } from "../../../machines/apiserver/request-info.ts";
import type { RequestReceived } from "../../../machines/apiserver/request.machine.ts";
import { authenticate, type Credential } from "../../../machines/apiserver/user-info.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { type Edit, editedCall } from "./edit.ts";
import { bootstrapTokens } from "./bootstrap-tokens.ts";
import { authorizationObjects } from "./authorization-objects.ts";
import { respond } from "./respond.ts";

/** A call whose address nobody has to read, and who makes it. */
export interface Caller {
  readonly call: ApiCall;
  readonly credential: Credential;
  /** What the body follows from, if it is not there yet. */
  readonly edit?: Edit | undefined;
}

/** Everything that is decided about a request, before anything is written. */
export function decisionsOf(
  context: ApiContext,
  { call, credential, edit }: Caller,
): RequestReceived {
  const { verb } = call;
  const isReading = verb === "get" || verb === "list" || verb === "watch";
  const handler = isReading ? "read" : verb.startsWith("delete") ? "delete" : "write";
  const authentication = authenticated(context, credential).by;
  const told = {
    type: "request.received",
    authentication,
    handler,
    change: "nothing",
    mutatingWebhooks: "none",
    validatingWebhooks: "none",
  } as const;
  if (authentication === "nobody") return { ...told, authorization: "nobody", refusedAt: "none" };
  const authorization = authorizedBy(context, { call, credential });
  if (authorization === "nobody") return { ...told, authorization, refusedAt: "none" };
  const options = { ...call.options, dryRun: true };
  const asked = new Set<string>();
  const trial = { dryRun: call.options?.dryRun === true };
  const trying: ApiContext = { ...context, trial, noted: (what) => void asked.add(what) };
  const tried = answerTo(trying, { call: { ...call, options }, credential, edit });
  const mutating = asked.has("changed") ? "changed" : asked.has("asked") ? "asked" : "none";
  const decided = {
    ...told,
    authorization,
    mutatingWebhooks: mutating,
    validatingWebhooks: asked.has("reviewed") ? "asked" : "none",
  } as const;
  if (!("refused" in tried)) {
    return { ...decided, refusedAt: "none", change: tried.change ?? "nothing" };
  }
  const { stage } = tried;
  const isOwn = stage !== "authentication" && stage !== "authorization";
  return { ...decided, refusedAt: isOwn ? stage : "none" };
}

function authorizedBy(context: ApiContext, { call, credential }: Caller) {
  const authentication = authenticated(context, credential);
  if (authentication.by === "nobody") return "nobody";
  const objects = authorizationObjects(context.store);
  const decision = authorize(authentication.user, infoOf(call), objects);
  return "refusal" in decision ? "nobody" : decision.by;
}

/** The whole way of a call. */
export function answerTo(context: ApiContext, { call, credential, edit }: Caller): ApiAnswer {
  const authentication = authenticated(context, credential);
  if (authentication.by === "nobody") return refuse(unauthorized, "authentication");
  const objects = authorizationObjects(context.store);
  const decision = authorize(authentication.user, infoOf(call), objects);
  if ("refusal" in decision) return refuse(decision.refusal, "authorization");
  const whole = edit === undefined ? call : editedCall(context, call, edit);
  const asked = { ...context, user: authentication.user };
  return "code" in whole ? refuse(whole, "dispatch") : respond(asked, whole);
}

function authenticated(context: ApiContext, credential: Credential) {
  const tokens = credential.type === "token" ? bootstrapTokens(context, credential.token) : {};
  return authenticate(credential, tokens);
}

/** What the authorizers look at. */
function infoOf(call: ApiCall): RequestInfo {
  const { verb, resource, subresource, namespace, name, options } = call;
  const { fieldSelector } = options ?? {};
  return {
    isResourceRequest: true,
    path: "",
    verb,
    apiGroup: resource.group,
    apiVersion: resource.version,
    namespace: namespace ?? "",
    resource: resource.resource,
    subresource: subresource ?? "",
    name: name ?? "",
    query: fieldSelector === undefined ? {} : { fieldSelector },
  };
}
