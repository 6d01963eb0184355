import { quote } from "../api/quote.ts";
import type { Pod } from "../api/pod.ts";
import type { ApiStatus } from "./api-status.ts";
import { authorizeNode } from "./node-authorizer.ts";
import { authorizeRbac, type Decision, type RbacObjects } from "./rbac.ts";
import type { RequestInfo } from "./request-info.ts";
import type { UserInfo } from "./user-info.ts";

/** What the authorizers look up. */
export interface AuthorizationObjects extends RbacObjects {
  /** The pods that are bound to a node. */
  readonly podsOf: (node: string) => readonly Pod[];
}

/** Who let a request pass, or why nobody did. */
export type Authorization =
  | { readonly by: "masters" | "Node" | "RBAC" }
  | { readonly refusal: ApiStatus };

/** `--authorization-mode=Node,RBAC`: the first who allows it counts. */
export function authorize(
  user: UserInfo,
  info: RequestInfo,
  objects: AuthorizationObjects,
): Authorization {
  if (user.groups.includes("system:masters")) return { by: "masters" };
  const node = authorizeNode(user, info, objects.podsOf);
  if (node?.isAllowed === true) return { by: "Node" };
  const rbac = authorizeRbac(user, info, objects);
  if (rbac.isAllowed) return { by: "RBAC" };
  const reasons = [node, rbac].flatMap((one: Decision | undefined) => one?.reason || []);
  return { refusal: forbidden(user, info, reasons.join("\n")) };
}

/** apiserver/pkg/endpoints/handlers/responsewriters/errors.go ForbiddenStatus */
function forbidden(user: UserInfo, info: RequestInfo, reason: string): ApiStatus {
  const { isResourceRequest, apiGroup: group, resource, subresource, namespace, name } = info;
  const who = `User ${quote(user.name)} cannot ${info.verb}`;
  const because = reason === "" ? "" : `: ${reason}`;
  if (!isResourceRequest) {
    const message = `forbidden: ${who} path ${quote(info.path)}${because}`;
    return { code: 403, reason: "Forbidden", message, details: {} };
  }
  const what = quote(subresource === "" ? resource : `${resource}/${subresource}`);
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${quote(namespace)}`;
  const text = `${who} resource ${what} in API group ${quote(group)} ${where}${because}`;
  const qualified = group === "" ? resource : `${resource}.${group}`;
  const about = name === "" ? qualified : `${qualified} ${quote(name)}`;
  const details = { ...(name !== "" && { name }), ...(group !== "" && { group }), kind: resource };
  return { code: 403, reason: "Forbidden", message: `${about} is forbidden: ${text}`, details };
}

/** A credential that nobody has been given. */
export const unauthorized: ApiStatus = {
  code: 401,
  reason: "Unauthorized",
  message: "Unauthorized",
};
