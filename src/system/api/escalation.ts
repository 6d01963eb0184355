import type { KubeObject } from "../../../machines/api/meta.ts";
import { type AnyObject, isKind } from "../../../machines/api/objects.ts";
import type { RoleRef } from "../../../machines/api/policy-objects.ts";
import {
  type ApiStatus,
  newForbidden,
  newNotFound,
} from "../../../machines/apiserver/api-status.ts";
import { authorize } from "../../../machines/apiserver/authorization.ts";
import { goJson } from "../../../machines/api/go-json.ts";
import { rulesFor, rulesOfRole } from "../../../machines/apiserver/rbac.ts";
import { confirmNoEscalation, fullAuthority } from "../../../machines/apiserver/rbac-escalation.ts";
import type { UserInfo } from "../../../machines/apiserver/user-info.ts";
import { authorizationObjects } from "./authorization-objects.ts";
import type { ApiCall, ApiContext } from "./call.ts";

/**
 * Why a role or a binding may not be written: it would give somebody rights that its author does
 * not have. pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased
 */
export function escalationRefusal(
  context: ApiContext,
  call: ApiCall,
  object: AnyObject,
  old: KubeObject | undefined,
): ApiStatus | undefined {
  const { user } = context;
  const isMaster = user === undefined || user.groups.includes("system:masters");
  if (isMaster || call.resource.group !== "rbac.authorization.k8s.io") return undefined;
  if (old !== undefined && isOnlyMutatingGcFields(object, old)) return undefined;
  if (isKind(object, "Role") || isKind(object, "ClusterRole")) {
    return roleRefusal(context, call, user, object);
  }
  if (isKind(object, "RoleBinding") || isKind(object, "ClusterRoleBinding")) {
    return bindingRefusal(context, call, user, object);
  }
  return undefined;
}

interface RoleObject extends AnyObject {
  readonly rules?: Parameters<typeof confirmNoEscalation>[2];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly object[] };
}

function roleRefusal(
  context: ApiContext,
  call: ApiCall,
  user: UserInfo,
  { metadata, rules = [], aggregationRule }: RoleObject,
): ApiStatus | undefined {
  const { resource, name = "" } = call;
  const objects = authorizationObjects(context.store);
  if (isAllowed(context, user, { ...call, verb: "escalate", name })) return undefined;
  const held = rulesFor(user, call.namespace ?? "", objects);
  const why = confirmNoEscalation(user, held, rules);
  if (why !== undefined) return newForbidden(resource.kind, metadata?.name ?? "", why);
  const isGathered = (aggregationRule?.clusterRoleSelectors ?? []).length > 0;
  if (!isGathered || confirmNoEscalation(user, held, fullAuthority) === undefined) return undefined;
  const must = "must have cluster-admin privileges to use the aggregationRule";
  return newForbidden(resource.kind, metadata?.name ?? "", must);
}

interface BindingObject extends AnyObject {
  readonly roleRef?: Partial<Record<keyof RoleRef, string>>;
}

function bindingRefusal(
  context: ApiContext,
  call: ApiCall,
  user: UserInfo,
  { metadata, roleRef = {} }: BindingObject,
): ApiStatus | undefined {
  const { namespace = "" } = call;
  const { kind = "", name = "" } = roleRef;
  const plural = kind === "ClusterRole" ? "clusterroles" : "roles";
  const isKnown = kind === "ClusterRole" || kind === "Role";
  const bind = { ...call, verb: "bind", resource: { ...call.resource, resource: plural }, name };
  if (isKnown && isAllowed(context, user, bind)) return undefined;
  const objects = authorizationObjects(context.store);
  const rules = rulesOfRole({ kind, name }, namespace, objects);
  if (rules === undefined) return newNotFound(kind, name);
  const why = confirmNoEscalation(user, rulesFor(user, namespace, objects), rules);
  return why === undefined
    ? undefined
    : newForbidden(call.resource.kind, metadata?.name ?? "", why);
}

/** Whether a rule says in so many words that somebody may escalate or bind. */
function isAllowed(
  { store }: ApiContext,
  user: UserInfo,
  call: Omit<ApiCall, "verb"> & { readonly verb: string },
): boolean {
  const { resource, namespace = "", name = "", verb } = call;
  const { group: apiGroup } = resource;
  const info = {
    isResourceRequest: true,
    path: "",
    verb,
    apiGroup,
    apiVersion: "*",
    namespace,
    resource: resource.resource,
    subresource: "",
    name,
    query: {},
  };
  return !("refusal" in authorize(user, info, authorizationObjects(store)));
}

/** pkg/registry/rbac/helpers.go IsOnlyMutatingGCFields */
function isOnlyMutatingGcFields(object: AnyObject, old: KubeObject): boolean {
  return goJson(withoutGcFields(object)) === goJson(withoutGcFields(old));
}

function withoutGcFields(object: AnyObject): AnyObject {
  const {
    ownerReferences: _,
    finalizers: __,
    managedFields: ___,
    ...metadata
  } = object.metadata ?? {};
  return { ...object, metadata };
}
