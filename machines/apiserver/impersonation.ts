import type { Authorization } from "./authorization.ts";
import type { ApiStatus } from "./api-status.ts";
import type { RequestInfo } from "./request-info.ts";
import { authenticate, type UserInfo } from "./user-info.ts";

/** Whom a request says it is by; the headers `Impersonate-User` and `Impersonate-Group`. */
export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * The user that a request counts as by, or why it may not: whoever asks must be allowed to
 * impersonate the user and each group. apiserver/pkg/endpoints/filters/impersonation
 */
export function impersonate(
  { user: name, groups }: Impersonation,
  authorizes: (info: RequestInfo) => Authorization,
): UserInfo | ApiStatus {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const [, namespace = "", own = ""] = account ?? [];
  const asked = [
    account === null
      ? impersonating("users", name)
      : { ...impersonating("serviceaccounts", own), namespace },
    ...groups.map((group) => impersonating("groups", group)),
  ];
  for (const info of asked) {
    const decision = authorizes(info);
    if ("refusal" in decision) return decision.refusal;
  }
  if (account === null) return { name, groups: [...groups, everyone] };
  const made = authenticate({ type: "serviceAccount", namespace, name: own });
  const usual = made.by === "nobody" ? [] : made.user.groups;
  return { name, groups: groups.length > 0 ? [...groups, everyone] : usual };
}

const everyone = "system:authenticated";

function impersonating(resource: string, name: string): RequestInfo {
  return {
    isResourceRequest: true,
    path: "",
    verb: "impersonate",
    apiGroup: "",
    apiVersion: "v1",
    namespace: "",
    resource,
    subresource: "",
    name,
    query: {},
  };
}
