import {
  type ApiStatus,
  methodNotAllowed,
  newBadRequest,
} from "../../../machines/apiserver/api-status.ts";
import { authorize, unauthorized } from "../../../machines/apiserver/authorization.ts";
import { impersonate, type Impersonation } from "../../../machines/apiserver/impersonation.ts";
import { optionsRefusal } from "../../../machines/apiserver/request-options.ts";
import type { PatchType } from "../../../machines/apiserver/patch.ts";
import { isFields } from "../../../machines/apiserver/patch-value.ts";
import type { ApiResource } from "../../../machines/apiserver/api-resources.ts";
import { duplicateFields } from "../../../machines/apiserver/duplicate-fields.ts";
import { negotiationRefusal } from "../../../machines/apiserver/negotiation.ts";
import {
  newRequestInfo,
  type RequestInfo,
  resourceOfRequest,
} from "../../../machines/apiserver/request-info.ts";
import {
  authenticate,
  type Credential,
  type UserInfo,
} from "../../../machines/apiserver/user-info.ts";
import { authorizationObjects } from "./authorization-objects.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, type CallOptions, refuse } from "./call.ts";
import { customResources } from "./custom.ts";
import type { Store } from "../../store/store.ts";
import { respond } from "./respond.ts";

/** A request as a client sends it; the body is parsed already. */
export interface HttpRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
  readonly body?: unknown;
  /** The body before it was parsed, where a client wants to know what it says twice. */
  readonly text?: string | undefined;
  readonly credential: Credential;
  /** Somebody else, in whose name it is. */
  readonly impersonation?: Impersonation | undefined;
}

/** The whole way of a request. `tokens` are those that users have been given. */
export function handle(
  context: ApiContext,
  request: HttpRequest,
  tokens: Readonly<Record<string, UserInfo>> = {},
): ApiAnswer {
  const authentication = authenticate(request.credential, tokens);
  if (authentication.by === "nobody") return refuse(unauthorized, "authentication");
  const objects = authorizationObjects(context.store);
  const { impersonation } = request;
  const user =
    impersonation === undefined
      ? authentication.user
      : impersonate(impersonation, (info) => authorize(authentication.user, info, objects));
  if ("code" in user) return refuse(user, "authorization");
  const info = newRequestInfo(request.method, request.path);
  if (info.verb === "") return refuse(methodNotAllowed, "dispatch");
  const decision = authorize(user, info, objects);
  if ("refusal" in decision) return refuse(decision.refusal, "authorization");
  const refused = negotiationRefusal(info.verb, request.accept);
  const call = refused ?? callOf(info, request, context.store);
  const asked = { ...context, user };
  return "code" in call ? refuse(call, "dispatch") : respond(asked, call);
}

/** The call that a request means. */
function callOf(info: RequestInfo, request: HttpRequest, store: Store): ApiCall | ApiStatus {
  const { apiGroup, apiVersion, resource: plural } = info;
  const resource =
    resourceOfRequest(info) ??
    customResources(store).find((one) => {
      return one.group === apiGroup && one.version === apiVersion && one.resource === plural;
    });
  if (resource === undefined) return noSuchResource;
  const verb = verbs.find((one) => one === info.verb);
  if (verb === undefined) return methodNotAllowed;
  const refused = optionsRefusal(verb, info.query);
  if (refused !== undefined) return refused;
  const options = optionsOf(info.query, request);
  if ("code" in options) return options;
  const twice = twiceRefusal(info.query["fieldValidation"], request, resource);
  if (twice !== undefined) return twice;
  const isCollection = info.name === "" && (verb === "update" || verb === "patch");
  if (isCollection) return methodNotAllowed;
  return {
    verb,
    resource,
    ...(info.subresource !== "" && { subresource: info.subresource }),
    ...(resource.isNamespaced && info.namespace !== "" && { namespace: info.namespace }),
    ...(info.name !== "" && { name: info.name }),
    body: request.body,
    options,
  };
}

/** apimachinery/pkg/runtime/serializer/json strict decoding */
function twiceRefusal(
  fieldValidation: string | undefined,
  { text = "" }: HttpRequest,
  { kind, version }: ApiResource,
): ApiStatus | undefined {
  const twice = fieldValidation === "Strict" ? duplicateFields(text) : [];
  if (twice.length === 0) return undefined;
  const errors = twice.map((field) => `duplicate field ${JSON.stringify(field)}`).join(", ");
  const what = `${kind} in version "${version}" cannot be handled as a ${kind}`;
  return newBadRequest(`${what}: strict decoding error: ${errors}`);
}

const verbs = [
  "create",
  "get",
  "list",
  "watch",
  "update",
  "patch",
  "delete",
  "deletecollection",
] as const;

const noSuchResource: ApiStatus = {
  code: 404,
  reason: "NotFound",
  message: "the server could not find the requested resource",
  details: {},
};

function optionsOf(query: RequestInfo["query"], request: HttpRequest): CallOptions | ApiStatus {
  const { limit, gracePeriodSeconds, propagationPolicy, fieldManager, force, dryRun } = query;
  const stray = [limit, query["timeoutSeconds"], gracePeriodSeconds].find((text) => {
    return text !== undefined && !/^-?\d{1,18}$/.test(text);
  });
  if (stray !== undefined) {
    return newBadRequest(`strconv.ParseInt: parsing ${JSON.stringify(stray)}: invalid syntax`);
  }
  const texts = ["labelSelector", "fieldSelector", "continue", "resourceVersion"] as const;
  const given = texts.filter((name) => query[name] !== undefined);
  const stranger = request.method === "DELETE" ? otherOptions(request.body) : undefined;
  if (stranger !== undefined) return stranger;
  const patchType = patchTypes[request.contentType ?? ""];
  const policy = policies.find((one) => one === propagationPolicy);
  return {
    ...Object.fromEntries(given.map((name) => [name, query[name]])),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(query["resourceVersionMatch"] && { resourceVersionMatch: query["resourceVersionMatch"] }),
    ...(fieldManager !== undefined && { fieldManager }),
    ...(query["container"] && { container: query["container"] }),
    ...(force === "true" && { force: true }),
    ...(dryRun === "All" && { dryRun: true }),
    ...(patchType && { patchType }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds: Number(gracePeriodSeconds) }),
    ...(policy && { propagationPolicy: policy }),
    ...(request.method === "DELETE" && deleteOptionsIn(request.body)),
  };
}

const patchTypes: Readonly<Record<string, PatchType | "apply">> = {
  "application/merge-patch+json": "merge",
  "application/json-patch+json": "json",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

const policies = ["Background", "Foreground", "Orphan"] as const;

/** What a DELETE brings is how to delete, not what. */
function otherOptions(body: unknown): ApiStatus | undefined {
  if (!isFields(body)) return undefined;
  const { kind = "DeleteOptions", apiVersion = "v1" } = body;
  if (kind === "DeleteOptions") return undefined;
  const what = `no kind "${String(kind)}" is registered for version "${String(apiVersion)}"`;
  return newBadRequest(`${what} in scheme "pkg/runtime/scheme.go:111"`);
}

/** A DELETE may say in its body how. */
function deleteOptionsIn(body: unknown): CallOptions {
  if (!isFields(body)) return {};
  const { gracePeriodSeconds: seconds, propagationPolicy, preconditions } = body;
  const policy = policies.find((one) => one === propagationPolicy);
  const { uid, resourceVersion } = isFields(preconditions) ? preconditions : {};
  return {
    ...(typeof seconds === "number" && { gracePeriodSeconds: seconds }),
    ...(policy && { propagationPolicy: policy }),
    preconditions: {
      ...(typeof uid === "string" && { uid }),
      ...(typeof resourceVersion === "string" && { resourceVersion }),
    },
  };
}
