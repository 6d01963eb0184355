import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { Pod, PodSpec } from "../api/pod.ts";
import { getPodQOS } from "../api/pod-qos.ts";
import type { ResourceQuotaSpec, ScopeRequirement } from "../api/policy-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";

/** All that a quota says of what it counts; getScopeSelectorsFromQuota */
export function scopesOf({
  scopes = [],
  scopeSelector,
}: ResourceQuotaSpec): readonly ScopeRequirement[] {
  const named = scopes.map((scopeName) => ({ scopeName, operator: "Exists" }) as const);
  return [...named, ...(scopeSelector?.matchExpressions ?? [])];
}

/** pkg/quota/v1/evaluator/core/pods.go podMatchesScopeFunc */
export function podMatchesScope(pod: Pod, scope: ScopeRequirement): boolean {
  const { priorityClassName } = pod.spec;
  switch (scope.scopeName) {
    case "Terminating":
      return isTerminating(pod);
    case "NotTerminating":
      return !isTerminating(pod);
    case "BestEffort":
      return getPodQOS(pod) === "BestEffort";
    case "NotBestEffort":
      return getPodQOS(pod) !== "BestEffort";
    case "PriorityClass":
      return valueMatches(priorityClassName, scope);
    case "CrossNamespacePodAffinity":
      return usesOtherNamespaces(pod.spec);
    default:
      return false;
  }
}

/** It ends by itself at some time. */
export function isTerminating({ spec }: Pick<Unchecked<Pod>, "spec">): boolean {
  return (spec?.activeDeadlineSeconds ?? -1) >= 0;
}

function usesOtherNamespaces({ affinity = {} }: PodSpec): boolean {
  const { podAffinity, podAntiAffinity } = affinity;
  const terms = [podAffinity, podAntiAffinity].flatMap((one) => [
    ...(one?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(one?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      (each) => each.podAffinityTerm,
    ),
  ]);
  return terms.some(({ namespaces = [], namespaceSelector }) => {
    return namespaces.length > 0 || namespaceSelector !== undefined;
  });
}

/** pkg/quota/v1/evaluator/core/persistent_volume_claims.go pvcMatchesScopeFunc */
export function claimMatchesScope(claim: PersistentVolumeClaim, scope: ScopeRequirement): boolean {
  if (scope.scopeName !== "VolumeAttributesClass") return false;
  const { spec = {}, status = {} } = claim;
  const current = status.currentVolumeAttributesClassName;
  const target = status.modifyVolumeStatus?.targetVolumeAttributesClassName;
  const names = [spec.volumeAttributesClassName, current, target].filter((name) => !!name);
  if (scope.operator === "Exists") return names.length > 0;
  const all = names.length === 0 ? [undefined] : names;
  return all.some((name) => valueMatches(name, scope));
}

/** pkg/apis/core/v1/helper ScopedResourceSelectorRequirementsAsSelector */
function valueMatches(
  value: string | undefined,
  { operator, values = [] }: ScopeRequirement,
): boolean {
  const isThere = value !== undefined && value !== "";
  switch (operator) {
    case "Exists":
      return isThere;
    case "DoesNotExist":
      return !isThere;
    case "In":
      return isThere && values.includes(value);
    case "NotIn":
      return !isThere || !values.includes(value);
  }
}
