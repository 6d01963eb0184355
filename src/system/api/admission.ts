import type { KubeObject } from "../../../machines/api/meta.ts";
import { isKind } from "../../../machines/api/objects.ts";
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
  const admission = admitPod(object, {
    priorityClasses: store.list("PriorityClass").filter((one) => isKind(one, "PriorityClass")),
    runtimeClasses: store.list("RuntimeClass").filter((one) => isKind(one, "RuntimeClass")),
  });
  if ("spec" in admission) {
    const pod: Unchecked<Pod> = { ...object, spec: admission.spec };
    return pod;
  }
  return newForbidden("Pod", shownName(object), admission.refusal.message);
}

/** The validating plugins in their order; undefined where all agree. */
export function validated(
  _context: ApiContext,
  _call: ApiCall,
  _object: AnyObject,
  _old: KubeObject | undefined,
): ApiStatus | undefined {
  return undefined;
}

/** Before a name is made the base stands for it. admission/errors.go extractResourceName */
function shownName({ metadata = {} }: AnyObject): string {
  return metadata.name || metadata.generateName || "Unknown";
}

/** apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go */
function namespaceRefusal(
  { store }: ApiContext,
  { resource, verb }: ApiCall,
  object: AnyObject,
): ApiStatus | undefined {
  if (!resource.isNamespaced) return undefined;
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
