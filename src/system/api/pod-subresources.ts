import type { KubeObject } from "../../../machines/api/meta.ts";
import { isPod } from "../../../machines/api/objects.ts";
import type { PodDisruptionBudget } from "../../../machines/api/policy-objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { PodCondition } from "../../../machines/api/pod-status.ts";
import { formatTime } from "../../../machines/api/time.ts";
import { methodNotAllowed, newBadRequest } from "../../../machines/apiserver/api-status.ts";
import { bindingRefusal, bound } from "../../../machines/apiserver/binding.ts";
import { evictionOf } from "../../../machines/apiserver/eviction.ts";
import { fieldErrorText, notSupported, required } from "../../../machines/apiserver/field-error.ts";
import { connectRefusal } from "../../../machines/apiserver/pod-container.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, type CallOptions, refuse } from "./call.ts";
import { remove } from "./delete.ts";
import { known, notFound } from "./read.ts";

/** What is answered where an object has no place. */
const success = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };

/** POST of `pods/…/binding`; pkg/registry/core/pod/storage/storage.go BindingREST */
export function bind(context: ApiContext, call: ApiCall): ApiAnswer {
  const body = isFields(call.body) ? call.body : {};
  const { name = "", kind = "Node" } = fieldsIn(body, "target");
  if (kind !== "Node" && kind !== "Minion") {
    const wrong = notSupported("target.kind", kind, ["Node", "<empty>"]);
    return refuse({ code: 500, message: fieldErrorText(wrong) }, "validation");
  }
  if (name === "")
    return refuse({ code: 500, message: fieldErrorText(required("target.name")) }, "validation");
  const pod = known(context, call);
  if (pod === undefined || !isPod(pod)) return refuse(notFound(call), "persistence");
  const { uid } = fieldsIn(body, "metadata");
  const refused = bindingRefusal(pod, typeof uid === "string" ? uid : undefined);
  if (refused !== undefined) return refuse(refused, "persistence");
  if (call.options?.dryRun === true) return { code: 201, object: success, change: "changed" };
  context.store.put(bound(pod, { node: String(name) }, formatTime(context.nowMs)));
  return { code: 201, object: success, change: "changed" };
}

/** `pods/…/log`, `exec` and `attach`: no kubelet answers what may be asked. */
export function connect(context: ApiContext, call: ApiCall): ApiAnswer {
  const pod = known(context, call);
  const isRead = call.verb === "get";
  if (pod === undefined || !isPod(pod)) {
    return refuse(notFound(call), isRead ? "reading" : "persistence");
  }
  const { container = "" } = call.options ?? {};
  const refusal = connectRefusal(pod, container, { needsNode: call.subresource !== "log" });
  if (refusal === undefined) return refuse(methodNotAllowed, "dispatch");
  return refuse(refusal, isRead ? "reading" : "validation");
}

/** POST of `pods/…/eviction`: a pod goes as if it had been deleted, if its budget allows it. */
export function evict(context: ApiContext, call: ApiCall): ApiAnswer {
  const body = isFields(call.body) ? call.body : {};
  const { name = call.name } = fieldsIn(body, "metadata");
  if (name !== call.name) {
    return refuse(newBadRequest("name in URL does not match name in Eviction object"), "dispatch");
  }
  const pod = known(context, call);
  if (pod === undefined || !isPod(pod)) return refuse(notFound(call), "persistence");
  const time = formatTime(context.nowMs);
  const budgets = context.store.select("PodDisruptionBudget", { namespace: call.namespace });
  const eviction = evictionOf(pod, budgets.filter(isBudget), time);
  if (eviction.type === "refused") return refuse(eviction.refusal, "admission");
  const options = { ...call.options, ...deleteOptions(fieldsIn(body, "deleteOptions")) };
  if (options.dryRun === true) return { code: 201, object: success, change: "marked" };
  if (eviction.type === "counted") {
    context.store.put<PodDisruptionBudget>({ ...eviction.budget, status: eviction.status });
  }
  const marked = context.store.put(disrupted(pod, time));
  const { resourceVersion } = marked.metadata;
  const { preconditions = {} } = options;
  const own =
    preconditions.resourceVersion === undefined || resourceVersion === undefined
      ? {}
      : { resourceVersion };
  const gone = remove(context, {
    ...call,
    verb: "delete",
    subresource: undefined,
    options: { ...options, preconditions: { ...preconditions, ...own } },
  });
  return "refused" in gone ? gone : { ...gone, code: 201, object: success };
}

function deleteOptions(given: Fields): CallOptions {
  const { gracePeriodSeconds, propagationPolicy: policy } = given;
  const policies = ["Background", "Foreground", "Orphan"] as const;
  const propagationPolicy = policies.find((one) => one === policy);
  return {
    ...(typeof gracePeriodSeconds === "number" && { gracePeriodSeconds }),
    ...(propagationPolicy && { propagationPolicy }),
  };
}

/** addConditionAndDeletePod */
function disrupted(pod: Pod, time: string): Pod {
  const { conditions = [], ...status } = pod.status ?? {};
  const before = conditions.find(({ type }) => type === "DisruptionTarget");
  const isNew = before?.status !== "True";
  const condition: PodCondition = {
    type: "DisruptionTarget",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: isNew ? time : (before.lastTransitionTime ?? time),
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
  };
  const others = conditions.filter(({ type }) => type !== condition.type);
  return { ...pod, status: { ...status, conditions: [...others, condition] } };
}

function isBudget(object: KubeObject): object is PodDisruptionBudget {
  return object.kind === "PodDisruptionBudget";
}

function fieldsIn(body: Fields, part: string): Fields {
  const value = body[part];
  return isFields(value) ? value : {};
}
