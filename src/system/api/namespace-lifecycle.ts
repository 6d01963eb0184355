import type { AnyObject } from "../../../machines/api/objects.ts";
import {
  type ApiStatus,
  newForbidden,
  newNotFound,
} from "../../../machines/apiserver/api-status.ts";
import type { ApiCall, ApiContext } from "./call.ts";

/** The API server makes them itself. pkg/controlplane/controller/systemnamespaces */
const systemNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

/**
 * Where nobody has made any namespace, all are taken to be there.
 * apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go
 */
export function namespaceRefusal(
  { store }: ApiContext,
  { resource, verb }: ApiCall,
  object: AnyObject,
): ApiStatus | undefined {
  const isAsked = resource.isNamespaced && store.keys("Namespace").length > 0;
  if (!isAsked) return undefined;
  const { namespace = "default", name, generateName } = object.metadata ?? {};
  const found = store.get("Namespace", namespace);
  if (found === undefined) {
    return systemNamespaces.includes(namespace) ? undefined : newNotFound("Namespace", namespace);
  }
  if (verb !== "create" || found.metadata.deletionTimestamp === undefined) return undefined;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const status = newForbidden(resource.kind, name || generateName || "Unknown", why);
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  return { ...status, details: { ...status.details, causes: [cause] } };
}
