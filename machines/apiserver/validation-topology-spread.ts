import type { TopologySpreadConstraint } from "../api/affinity.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { duplicate, type FieldError, invalid, notSupported, required } from "./field-error.ts";
import { validateLabelKeySets } from "./validation-label-keys.ts";
import { validateLabelSelector } from "./validation-labels.ts";

type Constraint = Unchecked<TopologySpreadConstraint>;

/** validateTopologySpreadConstraints. */
export function validateTopologySpreadConstraints(
  constraints: readonly Constraint[],
  path: string,
): FieldError[] {
  return constraints.flatMap((constraint, index) => [
    ...validateConstraint(constraint, constraints.slice(index + 1), `${path}[${index}]`),
  ]);
}

function validateConstraint(
  constraint: Constraint,
  others: readonly Constraint[],
  path: string,
): FieldError[] {
  const { maxSkew = 0, topologyKey = "", whenUnsatisfiable = "", labelSelector } = constraint;
  const isRepeated = others.some((other) => {
    const isSameAction = (other.whenUnsatisfiable ?? "") === whenUnsatisfiable;
    return (other.topologyKey ?? "") === topologyKey && isSameAction;
  });
  const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
  return [
    ...validatePositive(maxSkew, `${path}.maxSkew`),
    ...(topologyKey === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...(actions.includes(whenUnsatisfiable)
      ? []
      : [notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, actions)]),
    ...(isRepeated ? [duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, pair)] : []),
    ...validateMinDomains(constraint.minDomains, whenUnsatisfiable, `${path}.minDomains`),
    ...validateInclusion(constraint.nodeAffinityPolicy, `${path}.nodeAffinityPolicy`),
    ...validateInclusion(constraint.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`),
    ...validateLabelKeySets(path, constraint.matchLabelKeys, [], labelSelector),
    ...validateLabelSelector(labelSelector, `${path}.labelSelector`),
  ];
}

const actions: readonly string[] = ["DoNotSchedule", "ScheduleAnyway"];
const inclusions: readonly string[] = ["Honor", "Ignore"];

function validateMinDomains(
  minDomains: number | undefined,
  action: string,
  path: string,
): FieldError[] {
  if (minDomains === undefined) return [];
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  return [
    ...validatePositive(minDomains, path),
    ...(action === "DoNotSchedule" ? [] : [invalid(path, minDomains, detail)]),
  ];
}

function validateInclusion(policy: string | undefined, path: string): FieldError[] {
  const isKnown = policy === undefined || inclusions.includes(policy);
  return isKnown ? [] : [notSupported(path, policy, inclusions)];
}

function validatePositive(value: number, path: string): FieldError[] {
  return value > 0 ? [] : [invalid(path, value, "must be greater than zero")];
}
