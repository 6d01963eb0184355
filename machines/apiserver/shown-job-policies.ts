import type { JobSpec } from "../api/job-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";

type Spec = Unchecked<JobSpec>;

/** As Go writes the internal struct, which has no names for JSON. */
export function shownSuccessPolicy(policy: Spec["successPolicy"]): unknown {
  if (policy === undefined) return null;
  return {
    Rules:
      policy.rules?.map(({ succeededIndexes = null, succeededCount = null }) => {
        return { SucceededIndexes: succeededIndexes, SucceededCount: succeededCount };
      }) ?? null,
  };
}

/** The same of the other policy. */
export function shownFailurePolicy(policy: Spec["podFailurePolicy"]): unknown {
  if (policy === undefined) return null;
  return {
    Rules:
      policy.rules?.map(({ action = "", onExitCodes, onPodConditions }) => {
        const { containerName = null, operator = "", values = null } = onExitCodes ?? {};
        const codes = { ContainerName: containerName, Operator: operator, Values: values };
        return {
          Action: action,
          OnExitCodes: onExitCodes === undefined ? null : codes,
          OnPodConditions:
            onPodConditions?.map(({ type = "", status = "" }) => {
              return { Type: type, Status: status };
            }) ?? null,
        };
      }) ?? null,
  };
}
