import { nameIsDnsSubdomain } from "../api/names.ts";
import type { ResourceQuota, ResourceQuotaSpec, ScopeRequirement } from "../api/policy-objects.ts";
import { quantities } from "../api/resources.ts";
import type { ResourceList } from "../api/meta.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, required } from "./field-error.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { isImmutable } from "./validation-numbers.ts";
import { isQuotaResourceName, validateResourceName } from "./validation-resource-names.ts";
import { validateResourceQuantityValue } from "./validation-resources.ts";

type AnyQuota = Unchecked<ResourceQuota>;
type Spec = Unchecked<ResourceQuotaSpec>;

/** pkg/apis/core/validation/validation.go ValidateResourceQuota. */
export function validateResourceQuota({ metadata = {}, spec = {} }: AnyQuota): FieldError[] {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  return [...validateObjectMeta(metadata, rules), ...validateResourceQuotaSpec(spec)];
}

/** Its scopes stay as they are; ValidateResourceQuotaUpdate. */
export function validateResourceQuotaUpdate(quota: AnyQuota, old: AnyQuota): FieldError[] {
  const scopes = new Set(quota.spec?.scopes);
  const before = new Set(old.spec?.scopes);
  const isSame = scopes.size === before.size && [...scopes].every((scope) => before.has(scope));
  return [
    ...metadataUpdateErrors(quota, old),
    ...validateResourceQuotaSpec(quota.spec ?? {}),
    ...(isSame ? [] : [invalid("spec.scopes", quota.spec?.scopes ?? null, isImmutable)]),
  ];
}

function validateResourceQuotaSpec(spec: Spec): FieldError[] {
  return [
    ...validateAmounts(spec.hard, "spec.hard"),
    ...validateScopes(spec),
    ...validateScopeSelector(spec),
  ];
}

function validateAmounts(list: ResourceList | undefined, path: string): FieldError[] {
  const detail = "must be a standard resource for quota";
  return [...quantities(list)].flatMap(([name, amount]) => {
    const at = `${path}[${name}]`;
    const isCounted = name.includes("/") || isQuotaResourceName(name);
    return [
      ...validateResourceName(name, at),
      ...(isCounted ? [] : [invalid(at, name, detail)]),
      ...validateResourceQuantityValue(name, amount, at),
    ];
  });
}

const isOfPods = new Set(
  "pods cpu memory limits.cpu limits.memory requests.cpu requests.memory".split(" "),
);

/** Which resources a scope has anything to say of; IsResourceQuotaScopeValidForResource. */
const resourcesOfScope: Readonly<Record<string, ReadonlySet<string>>> = {
  Terminating: isOfPods,
  NotTerminating: isOfPods,
  NotBestEffort: isOfPods,
  PriorityClass: isOfPods,
  CrossNamespacePodAffinity: isOfPods,
  BestEffort: new Set(["pods"]),
  VolumeAttributesClass: new Set(["persistentvolumeclaims", "requests.storage"]),
};

/** Once for each resource of the quota that the scope has nothing to say of. */
function strangers(scope: string, { hard = {} }: Spec): readonly string[] {
  const own = resourcesOfScope[scope];
  const counted = Object.keys(hard).toSorted().filter(isQuotaResourceName);
  return own === undefined ? [] : counted.filter((name) => !own.has(name));
}

const conflicts = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

function validateScopes(spec: Spec): FieldError[] {
  const { scopes = [] } = spec;
  const wrong = (detail: string) => invalid("spec.scopes", scopes, detail);
  return [
    ...scopes.flatMap((scope) => [
      ...(scope in resourcesOfScope ? [] : [wrong("unsupported scope")]),
      ...strangers(scope, spec).map(() => wrong("unsupported scope applied to resource")),
    ]),
    ...conflicts.flatMap((pair) => {
      return pair.every((one) => scopes.includes(one)) ? [wrong("conflicting scopes")] : [];
    }),
  ];
}

const path = "spec.scopeSelector.matchExpressions";

function validateScopeSelector(spec: Spec): FieldError[] {
  const requirements = spec.scopeSelector?.matchExpressions ?? [];
  const names = requirements.map(({ scopeName = "" }) => scopeName);
  return [
    ...requirements.flatMap((requirement) => validateRequirement(requirement, spec)),
    ...conflicts.flatMap((pair) => {
      const isConflict = pair.every((one) => names.includes(one));
      return isConflict ? [invalid(path, spec.scopes ?? null, "conflicting scopes")] : [];
    }),
  ];
}

const onlyExists =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
const withoutValues = new Set(
  "BestEffort NotBestEffort Terminating NotTerminating CrossNamespacePodAffinity".split(" "),
);

function validateRequirement(
  { scopeName = "", operator = "", values = [] }: Unchecked<ScopeRequirement>,
  spec: Spec,
): FieldError[] {
  const isStandard = scopeName in resourcesOfScope;
  const isWrongOperator = withoutValues.has(scopeName) && operator !== "Exists";
  const shown = shownScopeSelector(spec);
  return [
    ...(isStandard ? [] : [invalid(`${path}.scopeName`, scopeName, "unsupported scope")]),
    ...strangers(scopeName, spec).map(() => {
      return invalid(path, shown, "unsupported scope applied to resource");
    }),
    ...(isWrongOperator ? [invalid(`${path}.operator`, operator, onlyExists)] : []),
    ...validateOperator(operator, values),
  ];
}

/** As Go writes the internal struct. */
function shownScopeSelector({ scopeSelector }: Spec): object {
  const shown = scopeSelector?.matchExpressions?.map(({ scopeName, operator, values = null }) => {
    return { ScopeName: scopeName ?? "", Operator: operator ?? "", Values: values };
  });
  return { MatchExpressions: shown ?? null };
}

function validateOperator(operator: string, values: readonly string[]): FieldError[] {
  const some = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
  const none = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length === 0 ? [required(`${path}.values`, some)] : [];
    case "Exists":
    case "DoesNotExist":
      return values.length === 0 ? [] : [invalid(`${path}.values`, values, none)];
    default:
      return [invalid(`${path}.operator`, operator, "not a valid selector operator")];
  }
}
