import type { KubeObject } from "../../machines/api/meta.ts";
import { type ApiResource, apiResources } from "../../machines/apiserver/api-resources.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { assert } from "../../machines/assert.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";
import type { ApiCall, ApiContext, CallOptions } from "../system/api/call.ts";
import { customResources } from "../system/api/custom.ts";
import { noSuchPath, respond } from "../system/api/respond.ts";
import { storedResources } from "../system/api/stored-resources.ts";
import { apiContextOf } from "../system/api-context.ts";
import type { HandlerContext } from "../system/composition.ts";
import type { Store } from "../store/store.ts";
import type { KubeWorld } from "../system/world.ts";

/** What a controller asks for at once; `request.calls`. */
export interface CallsRequest {
  readonly requests: readonly ApiRequest[];
}

/** A controller's requests are answered one after the other, and all together. */
export function answerCalls({ world, from, detail, now, send }: HandlerContext<KubeWorld>): void {
  const { requests = [] }: Partial<CallsRequest> = { ...detail };
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
