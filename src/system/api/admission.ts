import type { KubeObject } from "../../../machines/api/meta.ts";
import { isKind, isValid } from "../../../machines/api/objects.ts";
import type { LimitRange } from "../../../machines/api/policy-objects.ts";
import { admitLimits, limitRefusal } from "../../../machines/apiserver/admission-limit-ranger.ts";
import { quote } from "../../../machines/api/quote.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { Unchecked } from "../../../machines/api/unchecked.ts";
import { admitPod, admitPodUpdate } from "../../../machines/apiserver/admission.ts";
import {
  type ApiStatus,
  newForbidden,
  newNotFound,
} from "../../../machines/apiserver/api-status.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import type { ApiCall, ApiContext } from "./call.ts";

/** The mutating plugins in their order: the object as they make it, or why it may not be. */
export function admitted(
  context: ApiContext,
  call: ApiCall,
  object: AnyObject,
  old?: KubeObject,
): AnyObject | ApiStatus {
  const refused = namespaceRefusal(context, call, object);
  if (refused !== undefined) return refused;
  if (!isKind(object, "Pod") || call.subresource !== undefined) return object;
  if (old !== undefined) return isKind(old, "Pod") ? admitPodUpdate(object, old) : object;
  const { store } = context;
  const account = accountRefusal(context, object);
  if (account !== undefined) return newForbidden("Pod", shownName(object), account);
  const limited = admitLimits(object, limitRangesOf(context, object));
  const admission = admitPod(limited, {
    priorityClasses: store.list("PriorityClass").filter((one) => isKind(one, "PriorityClass")),
    runtimeClasses: store.list("RuntimeClass").filter((one) => isKind(one, "RuntimeClass")),
  });
  if ("spec" in admission) {
    const pod: Unchecked<Pod> = { ...limited, spec: admission.spec };
    return pod;
  }
  return newForbidden("Pod", shownName(object), admission.refusal.message);
}

/**
 * Every namespace has the account `default`; another one has to be there.
 * plugin/pkg/admission/serviceaccount/admission.go
 */
function accountRefusal({ store }: ApiContext, pod: Unchecked<Pod>): string | undefined {
  const { namespace = "default" } = pod.metadata ?? {};
  const name = pod.spec?.serviceAccountName || pod.spec?.serviceAccount || "default";
  const isThere = name === "default" || store.get("ServiceAccount", `${namespace}/${name}`);
  if (isThere) return undefined;
  const what = `error looking up service account ${namespace}/${name}`;
  return `${what}: serviceaccount ${quote(name)} not found`;
}

/** The validating plugins in their order; undefined where all agree. */
export function validated(
  context: ApiContext,
  { subresource }: ApiCall,
  object: AnyObject,
  old: KubeObject | undefined,
): ApiStatus | undefined {
  const isNew = old === undefined || subresource === "resize";
  if (!isNew || !isKind(object, "Pod") || !isValid<"Pod">(object, [])) return undefined;
  const why = limitRefusal(object, limitRangesOf(context, object));
  return why === undefined ? undefined : newForbidden("Pod", shownName(object), why);
}

function limitRangesOf({ store }: ApiContext, { metadata = {} }: AnyObject): readonly LimitRange[] {
  const { namespace = "default" } = metadata;
  return store.select("LimitRange", { namespace }).filter(isLimitRange);
}

function isLimitRange(object: KubeObject): object is LimitRange {
  return object.kind === "LimitRange";
}

/** Before a name is made the base stands for it. admission/errors.go extractResourceName */
function shownName({ metadata = {} }: AnyObject): string {
  return metadata.name || metadata.generateName || "Unknown";
}

/**
 * Where nobody has made any namespace, all are taken to be there.
 * apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go
 */
function namespaceRefusal(
  { store }: ApiContext,
  { resource, verb }: ApiCall,
  object: AnyObject,
): ApiStatus | undefined {
  const isAsked = resource.isNamespaced && store.keys("Namespace").length > 0;
  if (!isAsked) return undefined;
  const { namespace = "default" } = object.metadata ?? {};
  const found = store.get("Namespace", namespace);
  if (found === undefined) return newNotFound("Namespace", namespace);
  if (verb !== "create" || found.metadata.deletionTimestamp === undefined) return undefined;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const status = newForbidden(resource.kind, shownName(object), why);
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  return { ...status, details: { ...status.details, causes: [cause] } };
}
