import { quote } from "../api/quote.ts";
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from "../api/policy-objects.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";
import type { RequestInfo } from "./request-info.ts";
import type { UserInfo } from "./user-info.ts";

/** Who may do what, as it is stored. */
export interface RbacObjects {
  readonly role: (namespace: string, name: string) => Role | undefined;
  readonly clusterRole: (name: string) => ClusterRole | undefined;
  readonly clusterRoles: () => readonly ClusterRole[];
  readonly roleBindings: (namespace: string) => readonly RoleBinding[];
  readonly clusterRoleBindings: () => readonly ClusterRoleBinding[];
}

/** What an authorizer says: nobody is ever denied by RBAC, only not allowed. */
export interface Decision {
  readonly isAllowed: boolean;
  /** Why not, if it knows; said behind what was forbidden. */
  readonly reason: string;
}

/** plugin/pkg/auth/authorizer/rbac/rbac.go Authorize */
export function authorizeRbac(user: UserInfo, info: RequestInfo, objects: RbacObjects): Decision {
  const found = rulesFor(user, info.namespace, objects);
  if (found.rules.some((rule) => ruleAllows(info, rule))) return { isAllowed: true, reason: "" };
  const { errors } = found;
  const all = errors.length > 1 ? `[${errors.join(", ")}]` : (errors[0] ?? "");
  return { isAllowed: false, reason: errors.length === 0 ? "" : `RBAC: ${all}` };
}

/** Every rule that holds for a user there, and the roles that are bound but missing. */
export interface RulesFound {
  readonly rules: readonly PolicyRule[];
  readonly errors: readonly string[];
}

/** pkg/registry/rbac/validation/rule.go VisitRulesFor */
export function rulesFor(user: UserInfo, namespace: string, objects: RbacObjects): RulesFound {
  const everywhere = objects.clusterRoleBindings();
  const here = namespace === "" ? [] : objects.roleBindings(namespace);
  const found = [...everywhere, ...here].filter(({ subjects = [] }) => {
    return subjects.some((subject) => isMeant(subject, user, namespace));
  });
  const each = found.map(({ roleRef }) => rulesOf(roleRef, namespace, objects));
  return {
    rules: each.flatMap((one) => (typeof one === "string" ? [] : one)),
    errors: [...new Set(each.filter((one) => typeof one === "string"))],
  };
}

function isMeant(subject: Subject, user: UserInfo, namespace: string): boolean {
  switch (subject.kind) {
    case "User":
      return user.name === subject.name;
    case "Group":
      return user.groups.includes(subject.name);
    case "ServiceAccount":
      return (
        user.name === `system:serviceaccount:${subject.namespace ?? namespace}:${subject.name}`
      );
  }
}

/** The rules of the role that a binding means; undefined where it is not there. */
export function rulesOfRole(
  roleRef: { readonly kind: string; readonly name: string },
  namespace: string,
  objects: RbacObjects,
): readonly PolicyRule[] | undefined {
  const rules = rulesOf(roleRef, namespace, objects);
  return typeof rules === "string" ? undefined : rules;
}

/** The rules, or why there are none. */
function rulesOf(
  roleRef: { readonly kind: string; readonly name: string } | undefined,
  namespace: string,
  objects: RbacObjects,
): readonly PolicyRule[] | string {
  const { kind = "", name = "" } = roleRef ?? {};
  if (kind === "ClusterRole") {
    const role = objects.clusterRole(name);
    if (role === undefined)
      return `clusterroles.rbac.authorization.k8s.io ${quote(name)} not found`;
    return aggregated(role, objects);
  }
  const role = objects.role(namespace, name);
  if (role === undefined) return `roles.rbac.authorization.k8s.io ${quote(name)} not found`;
  return role.rules ?? [];
}

/** A role may be made of others that its selectors find; pkg/controller/clusterroleaggregation. */
function aggregated(role: ClusterRole, objects: RbacObjects): readonly PolicyRule[] {
  const { aggregationRule, rules = [] } = role;
  const selectors = (aggregationRule?.clusterRoleSelectors ?? []).flatMap((one) => {
    const selector = labelSelectorAsSelector(one);
    return "error" in selector ? [] : [selector];
  });
  if (selectors.length === 0) return rules;
  const parts = objects.clusterRoles().filter(({ metadata }) => {
    const isOther = metadata.name !== role.metadata.name;
    return isOther && selectors.some((one) => selectorMatches(one, metadata.labels));
  });
  return parts.flatMap((part) => part.rules ?? []);
}

/** plugin/pkg/auth/authorizer/rbac/rbac.go RuleAllows */
export function ruleAllows(info: RequestInfo, rule: PolicyRule): boolean {
  const { verbs = [], apiGroups = [], resourceNames = [], nonResourceURLs = [] } = rule;
  if (!verbs.includes(info.verb) && !verbs.includes("*")) return false;
  if (!info.isResourceRequest) return nonResourceURLs.some((url) => isPath(url, info.path));
  const isOfGroup = apiGroups.includes(info.apiGroup) || apiGroups.includes("*");
  const isNamed = resourceNames.length === 0 || resourceNames.includes(info.name);
  return isOfGroup && isNamed && resourceMatches(info, rule);
}

function resourceMatches(
  { resource, subresource }: RequestInfo,
  { resources = [] }: PolicyRule,
): boolean {
  const whole = subresource === "" ? resource : `${resource}/${subresource}`;
  return resources.some((one) => {
    if (one === "*" || one === whole) return true;
    return subresource !== "" && one === `*/${subresource}`;
  });
}

function isPath(url: string, path: string): boolean {
  return url === "*" || url === path || (url.endsWith("*") && path.startsWith(url.slice(0, -1)));
}
