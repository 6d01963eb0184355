import type { PriorityClass } from "../api/configuration-objects.ts";
import type { PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type Admission, refuse } from "./admission-refusal.ts";

type ClassOfPriority = Pick<
  Unchecked<PriorityClass>,
  "metadata" | "value" | "globalDefault" | "preemptionPolicy"
>;

/**
 * A pod's priority and whether it preempts come from its class; it may name neither itself.
 * Source: plugin/pkg/admission/priority/admission.go admitPod.
 */
export function admitPriority(
  spec: Unchecked<PodSpec>,
  classes: readonly ClassOfPriority[],
): Admission {
  const named = spec.priorityClassName || undefined;
  const priorityClass =
    named === undefined
      ? defaultPriorityClass(classes)
      : [...systemPriorityClasses, ...classes].find((one) => one.metadata?.name === named);
  if (named !== undefined && priorityClass === undefined) {
    return refuse("priorityClassName", `no PriorityClass with name ${named} was found`);
  }
  const { value: priority = 0, preemptionPolicy } = priorityClass ?? noClass;
  if (spec.priority !== undefined && spec.priority !== priority) {
    const given = `the integer value of priority (${spec.priority})`;
    return refuse("priority", `${given} ${mustNotBeProvided} ${priority} ${fromClass}`);
  }
  const ownPolicy = spec.preemptionPolicy;
  if (preemptionPolicy !== undefined && (ownPolicy ?? preemptionPolicy) !== preemptionPolicy) {
    const given = `the string value of PreemptionPolicy (${ownPolicy})`;
    return refuse(
      "preemptionPolicy",
      `${given} ${mustNotBeProvided} ${preemptionPolicy} ${fromClass}`,
    );
  }
  const priorityClassName = priorityClass?.metadata?.name;
  return {
    spec: {
      ...spec,
      ...(priorityClassName !== undefined && { priorityClassName }),
      priority,
      ...(preemptionPolicy !== undefined && { preemptionPolicy }),
    },
  };
}

/**
 * Why a class may not be the default one: another is. plugin/pkg/admission/priority/admission.go
 * validatePriorityClass
 */
export function priorityClassRefusal(
  { metadata, globalDefault }: Pick<PriorityClass, "metadata" | "globalDefault">,
  classes: readonly ClassOfPriority[],
  isNew: boolean,
): string | undefined {
  const name = globalDefault === true ? defaultPriorityClass(classes)?.metadata?.name : undefined;
  if (name === undefined || (!isNew && name === metadata.name)) return undefined;
  return `PriorityClass ${name} is already marked as default. Only one default can exist`;
}

/** Both exist in every cluster; pkg/apis/scheduling/v1/helpers.go. */
export const systemPriorityClasses = [
  { metadata: { name: "system-node-critical" }, value: 2_000_001_000 },
  { metadata: { name: "system-cluster-critical" }, value: 2_000_000_000 },
].map((one) => ({ ...one, preemptionPolicy: "PreemptLowerPriority" as const }));

const noClass = { value: 0, preemptionPolicy: "PreemptLowerPriority" } as const;
const mustNotBeProvided =
  "must not be provided in pod spec; priority admission controller computed";
const fromClass = "from the given PriorityClass name";

/** The lowest of those that are marked. */
function defaultPriorityClass(classes: readonly ClassOfPriority[]): ClassOfPriority | undefined {
  const marked = classes.filter((one) => one.globalDefault === true);
  return marked.toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
}
