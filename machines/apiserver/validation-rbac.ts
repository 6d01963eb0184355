import { isDns1123Subdomain, type Messages, nameIsDnsSubdomain } from "../api/names.ts";
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from "../api/policy-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, notSupported, required } from "./field-error.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { isBrokenSelector } from "./validation-templates.ts";

/** A name that can stand in a path; apimachinery/pkg/api/validation/path. */
export function isValidPathSegmentName(name: string): Messages {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].flatMap((one) => (name.includes(one) ? [`may not contain '${one}'`] : []));
}

const ofNamespace = { isNamespaced: true, validateName: isValidPathSegmentName };
const ofCluster = { isNamespaced: false, validateName: isValidPathSegmentName };

/** pkg/apis/rbac/validation/validation.go ValidateRole. */
export function validateRole({ metadata = {}, rules = [] }: Unchecked<Role>): FieldError[] {
  return [
    ...validateObjectMeta(metadata, ofNamespace),
    ...rules.flatMap((rule, index) => validatePolicyRule(rule, true, `rules[${index}]`)),
  ];
}

/** ValidateClusterRole. */
export function validateClusterRole(role: Unchecked<ClusterRole>): FieldError[] {
  const { metadata = {}, rules = [], aggregationRule } = role;
  const selectors = aggregationRule?.clusterRoleSelectors ?? [];
  const path = "aggregationRule.clusterRoleSelectors";
  const none = "at least one clusterRoleSelector required if aggregationRule is non-nil";
  return [
    ...validateObjectMeta(metadata, ofCluster),
    ...rules.flatMap((rule, index) => validatePolicyRule(rule, false, `rules[${index}]`)),
    ...(aggregationRule !== undefined && selectors.length === 0 ? [required(path, none)] : []),
    ...selectors.flatMap((selector, index) => [
      ...validateLabelSelector(selector, `${path}[${index}]`),
      ...(isBrokenSelector(selector)
        ? [invalid(`${path}[${index}]`, null, "invalid label selector.")]
        : []),
    ]),
  ];
}

/** ValidatePolicyRule. */
function validatePolicyRule(
  rule: Unchecked<PolicyRule>,
  isNamespaced: boolean,
  path: string,
): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  const { nonResourceURLs: urls = [] } = rule;
  const isOfResources = [apiGroups, resources, resourceNames].some((list) => list.length > 0);
  const at = `${path}.nonResourceURLs`;
  const both = "rules cannot apply to both regular resources and non-resource URLs";
  const noVerb = "verbs must contain at least one value";
  const verbErrors = verbs.length === 0 ? [required(`${path}.verbs`, noVerb)] : [];
  if (urls.length > 0) {
    const namespaced = "namespaced rules cannot apply to non-resource URLs";
    return [
      ...verbErrors,
      ...(isNamespaced ? [invalid(at, urls, namespaced)] : []),
      ...(isOfResources ? [invalid(at, urls, both)] : []),
    ];
  }
  const supply = "resource rules must supply at least one";
  return [
    ...verbErrors,
    ...(apiGroups.length === 0 ? [required(`${path}.apiGroups`, `${supply} api group`)] : []),
    ...(resources.length === 0 ? [required(`${path}.resources`, `${supply} resource`)] : []),
  ];
}

const rbacGroup = "rbac.authorization.k8s.io";

type AnyBinding = Unchecked<RoleBinding | ClusterRoleBinding>;

/** ValidateRoleBinding and ValidateClusterRoleBinding. */
export function validateBinding(binding: AnyBinding): FieldError[] {
  const { metadata = {}, roleRef = {}, subjects = [] } = binding;
  const isNamespaced = binding.kind === "RoleBinding";
  const { apiGroup = "", kind = "", name = "" } = roleRef;
  const kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  return [
    ...validateObjectMeta(metadata, isNamespaced ? ofNamespace : ofCluster),
    ...(apiGroup === rbacGroup ? [] : [notSupported("roleRef.apiGroup", apiGroup, [rbacGroup])]),
    ...(kinds.includes(kind) ? [] : [notSupported("roleRef.kind", kind, kinds)]),
    ...(name === ""
      ? [required("roleRef.name")]
      : invalids("roleRef.name", name, isValidPathSegmentName(name))),
    ...subjects.flatMap((subject, index) => {
      return validateSubject(subject, isNamespaced, `subjects[${index}]`);
    }),
  ];
}

function validateSubject(
  { kind = "", name = "", apiGroup = "", namespace = "" }: Unchecked<Subject>,
  isNamespaced: boolean,
  path: string,
): FieldError[] {
  const unnamed = name === "" ? [required(`${path}.name`)] : [];
  const of = (group: string) =>
    apiGroup === group ? [] : [notSupported(`${path}.apiGroup`, apiGroup, [group])];
  switch (kind) {
    case "ServiceAccount":
      return [
        ...unnamed,
        ...(name === "" ? [] : invalids(`${path}.name`, name, isDns1123Subdomain(name))),
        ...of(""),
        ...(!isNamespaced && namespace === "" ? [required(`${path}.namespace`)] : []),
      ];
    case "User":
    case "Group":
      return [...unnamed, ...of(rbacGroup)];
    default: {
      const kinds = ["ServiceAccount", "User", "Group"];
      return [...unnamed, notSupported(`${path}.kind`, kind, kinds)];
    }
  }
}

/** ValidateRoleBindingUpdate: what is granted stays. */
export function validateBindingUpdate(binding: AnyBinding, old: AnyBinding): FieldError[] {
  const { apiGroup = "", kind = "", name = "" } = binding.roleRef ?? {};
  const before = old.roleRef ?? {};
  const isSame = apiGroup === before.apiGroup && kind === before.kind && name === before.name;
  const shown = { APIGroup: apiGroup, Kind: kind, Name: name };
  return [
    ...validateBinding(binding),
    ...metadataUpdateErrors(binding, old),
    ...(isSame ? [] : [invalid("roleRef", shown, "cannot change roleRef")]),
  ];
}

/** What most names are. */
export const namespacedNames = { isNamespaced: true, validateName: nameIsDnsSubdomain };
