import type { KubeObject } from "../../machines/api/meta.ts";
import { type ApiResource, apiResources } from "../../machines/apiserver/api-resources.ts";
import type { ApiStatus } from "../../machines/apiserver/api-status.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { assert } from "../../machines/assert.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";
import type { ApiCall, ApiContext, CallOptions } from "../system/api/call.ts";
import { customResources } from "../system/api/custom.ts";
import { noSuchPath, respond } from "../system/api/respond.ts";
import { storedResources } from "../system/api/stored-resources.ts";
import { apiContextOf } from "../system/api-context.ts";

import type { Store } from "../store/store.ts";
import { type Actor, addressOf, type HandlerContext } from "../system/composition.ts";
import { isCutOff, isReached } from "../system/control-plane.ts";
import { componentOf } from "../system/projections/leader-election.ts";
import type { KubeWorld } from "../system/world.ts";

/** What a controller asks for at once; `request.calls`. */
export interface CallsRequest {
  readonly requests: readonly ApiRequest[];
}

/** A controller's requests are answered one after the other, and all together. */
export function answerCalls({ world, from, detail, now, send }: HandlerContext<KubeWorld>): void {
  const { requests = [] }: Partial<CallsRequest> = { ...detail };
  if (from !== undefined && isGone(world, from)) return;
  if (from !== undefined && !isReaching(world, from)) {
    const answers = requests.map((): ApiAnswer => ({ error: connectionRefused }));
    return send({ to: from, event: { type: "calls.answered" }, detail: { answers } });
  }
  const { webhooks } = world;
  const context = { ...apiContextOf(world, now), ...(webhooks && { webhooks }) };
  const answers = requests.map((request) => {
    const resource = resourceOf(world.store, request);
    if (resource === undefined) return { error: noSuchPath };
    return answerTo(context, callOf(request, resource));
  });
  if (from !== undefined)
    send({ to: from, event: { type: "calls.answered" }, detail: { answers } });
}

/** What a process that has ended had still to send, it does not send. */
function isGone({ controllers }: KubeWorld, from: Actor): boolean {
  if (controllers.hosts.length === 0) return false;
  return controllers.recall("sync", addressOf(from)) === undefined;
}

function isReaching(world: KubeWorld, from: Actor): boolean {
  const { part: host = "" } = from.subject;
  if (from.machine === "leaderElection") return !isCutOff(world, componentOf(from), host);
  return isReached(world, "kube-controller-manager");
}

/** No answer of the API server, but what a client says of its connection. */
export const connectionRefused: ApiStatus = {
  code: 0,
  message: "dial tcp: connect: connection refused",
};

function answerTo(context: ApiContext, call: ApiCall): ApiAnswer {
  const answer = respond(context, call);
  if ("refused" in answer) return { error: answer.refused };
  return isObject(answer.object) ? { object: answer.object } : {};
}

function isObject(object: object): object is KubeObject {
  return isFields(object) && isFields(object["metadata"]) && object["kind"] !== "Status";
}

/** A new object's path has no name yet. */
function callOf(request: ApiRequest, resource: ApiResource): ApiCall {
  const { verb, object, patch, patchType, name, options, namespace, subresource } = request;
  return {
    verb,
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(subresource !== undefined && { subresource }),
    ...(verb !== "create" && name !== undefined && { name }),
    body: object ?? patch,
    options: { fieldManager, ...options, ...(patchType && { patchType: patchTypes[patchType] }) },
  };
}

const fieldManager = "kube-controller-manager";

const patchTypes: Readonly<
  Record<NonNullable<ApiRequest["patchType"]>, NonNullable<CallOptions["patchType"]>>
> = {
  "application/strategic-merge-patch+json": "strategic",
  "application/merge-patch+json": "merge",
  "application/json-patch+json": "json",
  "application/apply-patch+yaml": "apply",
};

/** Of a group that is said any; else one of Kubernetes' own. */
function resourceOf(
  store: Store,
  { resource, group, namespace = "" }: ApiRequest,
): ApiResource | undefined {
  if (group === undefined) {
    const own = apiResources.find((one) => one.resource === resource);
    assert(own !== undefined, "controllers ask for kinds that Kubernetes has");
    return own;
  }
  const isMeant = (one: ApiResource) => one.resource === resource && one.group === group;
  const known = [apiResources, customResources(store), storedResources(store, namespace)];
  return known.flat().find(isMeant);
}
