import { isPodReady } from "../api/pod-readiness.ts";
import { isPodPhaseTerminal } from "../api/pod-status.ts";
import type { Pod } from "../api/pod.ts";
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from "../api/policy-objects.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";
import type { ApiStatus } from "./api-status.ts";
import { isFields } from "./patch-value.ts";

/** What comes of an eviction. */
export type Eviction =
  | { readonly type: "evicted" }
  /** One disruption less is allowed from now on. */
  | {
      readonly type: "counted";
      readonly budget: PodDisruptionBudget;
      readonly status: BudgetStatus;
    }
  | { readonly type: "refused"; readonly refusal: ApiStatus };

type BudgetStatus = PodDisruptionBudgetStatus;

/**
 * Whether a pod's budget lets it be evicted. `time` is now, RFC 3339.
 * pkg/registry/core/pod/storage/eviction.go Create
 */
export function evictionOf(
  pod: Pod,
  budgets: readonly PodDisruptionBudget[],
  time: string,
): Eviction {
  if (canIgnoreBudget(pod)) return { type: "evicted" };
  const [budget, ...others] = budgets.filter((one) => covers(one, pod));
  if (budget === undefined) return { type: "evicted" };
  if (others.length > 0) return { type: "refused", refusal: moreThanOne };
  if (!isPodReady(pod) && mayGoUnready(budget)) return { type: "evicted" };
  return counted(budget, pod.metadata.name, time);
}

/** It disturbs nobody any more, or not yet. */
function canIgnoreBudget({ metadata, status }: Pod): boolean {
  const isOver = isPodPhaseTerminal(status?.phase) || metadata.deletionTimestamp !== undefined;
  return isOver || status?.phase === "Pending";
}

function covers({ metadata, spec }: PodDisruptionBudget, pod: Pod): boolean {
  if (metadata.namespace !== pod.metadata.namespace) return false;
  const selector = labelSelectorAsSelector(spec?.selector);
  return !("error" in selector) && selectorMatches(selector, pod.metadata.labels);
}

function mayGoUnready({ spec = {}, status = {} }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status;
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** checkAndDecrement */
function counted(budget: PodDisruptionBudget, pod: string, time: string): Eviction {
  const { metadata, status = {} } = budget;
  const { name, generation = 0 } = metadata;
  const { observedGeneration = 0, disruptionsAllowed = 0, disruptedPods = {} } = status;
  if (observedGeneration < generation) {
    const why = `The disruption budget ${name} is still being processed by the server.`;
    return { type: "refused", refusal: tooManyRequests(why, 10) };
  }
  if (disruptionsAllowed < 0) return forbidden(name, "pdb disruptions allowed is negative");
  if (Object.keys(disruptedPods).length > mostDisrupted) return forbidden(name, tooMany);
  if (disruptionsAllowed === 0) {
    return { type: "refused", refusal: tooManyRequests(whyNone(budget), 0) };
  }
  const left = disruptionsAllowed - 1;
  const after = {
    ...status,
    disruptionsAllowed: left,
    disruptedPods: { ...disruptedPods, [pod]: time },
    ...(left === 0 && { conditions: withInsufficientPods(budget, time) }),
  };
  return { type: "counted", budget, status: after };
}

const mostDisrupted = 2_000;
const tooMany = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";

function forbidden(name: string, why: string): Eviction {
  const details = { name, group: "policy", kind: "poddisruptionbudget" };
  const message = `poddisruptionbudget.policy "${name}" is forbidden: ${why}`;
  return { type: "refused", refusal: { code: 403, reason: "Forbidden", message, details } };
}

function whyNone({ metadata: { name }, status = {} }: PodDisruptionBudget): string {
  const { currentHealthy = 0, desiredHealthy = 0 } = status;
  const condition = conditionOf(status);
  const text = condition["status"] === "False" ? String(condition["message"] ?? "") : "";
  const what = `The disruption budget ${name}`;
  if (text !== "" && condition["reason"] === "SyncFailed") {
    return `${what} does not allow evicting pods currently because it failed sync: ${text}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `${what} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  const reason = text === "" ? "" : ` (${String(condition["reason"])}): ${text}`;
  return `${what} does not allow evicting pods currently${reason}`;
}

function conditionOf({ conditions = [] }: BudgetStatus): Readonly<Record<string, unknown>> {
  return conditions.filter(isFields).find((one) => one["type"] === allowed) ?? {};
}

const allowed = "DisruptionAllowed";

/** component-helpers/apps/poddisruptionbudget UpdateDisruptionAllowedCondition */
function withInsufficientPods(
  { metadata: { generation }, status = {} }: PodDisruptionBudget,
  time: string,
): readonly object[] {
  const { conditions = [] } = status;
  const before = conditionOf(status);
  const since = before["status"] === "False" ? before["lastTransitionTime"] : time;
  const condition = {
    type: allowed,
    status: "False",
    ...(generation !== undefined && { observedGeneration: generation }),
    lastTransitionTime: since,
    reason: "InsufficientPods",
    message: "",
  };
  const others = conditions.filter((one) => !isFields(one) || one["type"] !== allowed);
  return [...others, condition];
}

const moreThanOne: ApiStatus = {
  code: 500,
  message:
    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
};

/** apimachinery/pkg/api/errors NewTooManyRequests */
function tooManyRequests(message: string, retryAfterSeconds: number): ApiStatus {
  return {
    code: 429,
    reason: "TooManyRequests",
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
      causes: [{ reason: "DisruptionBudget", message }],
    },
  };
}
