import { getPodQOS } from "../api/pod-qos.ts";
import { getResourceRequest, type PodOfResources } from "../api/resources.ts";
import type { InsufficientResource, PredicateFailure } from "./admission-check.ts";
import { isCriticalPod, preemptable } from "./critical-pod.ts";
import type { KillVerdict } from "./kill-verdict.ts";

type PodOfPreemption = PodOfResources &
  Parameters<typeof isCriticalPod>[0] &
  Parameters<typeof getPodQOS>[0];

/** What is left of a failed admission once the kubelet has tried to make room. */
export type AdmissionRecovery<PodType> =
  | { readonly type: "refused"; readonly failures: readonly PredicateFailure[] }
  | { readonly type: "preempting"; readonly pods: readonly PodType[] }
  | { readonly type: "error"; readonly error: string };

/**
 * A critical pod that lacks nothing but resources takes them from other pods.
 * pkg/kubelet/preemption/preemption.go HandleAdmissionFailure
 */
export function handleAdmissionFailure<PodType extends PodOfPreemption>(
  pod: PodType,
  failures: readonly PredicateFailure[],
  pods: readonly PodType[],
): AdmissionRecovery<PodType> {
  if (!isCriticalPod(pod)) return { type: "refused", failures };
  const others = failures.filter(({ type }) => type !== "insufficientResource");
  if (others.length > 0) return { type: "refused", failures: others };
  const lacking = failures.flatMap((one) => (one.type === "insufficientResource" ? [one] : []));
  const victims = getPodsToPreempt(pod, pods, lacking.map(requirementOf));
  if (victims.type === "preempting") return victims;
  const error = `preemption: error finding a set of pods to preempt: ${victims.error}`;
  return { type: "error", error };
}

/** The Event of a pod that has to make room. pkg/kubelet/preemption/preemption.go */
export const preempting = {
  type: "Warning",
  reason: "Preempting",
  message: "Preempted in order to admit critical pod",
} as const;

/** What such a pod's status says. evictPodsToFreeRequests */
export const preemptionVerdict: KillVerdict = {
  reason: preempting.reason,
  message: preempting.message,
  disruption: {
    reason: "TerminationByKubelet",
    message: "Pod was preempted by Kubelet to accommodate a critical pod.",
  },
};

export interface AdmissionRequirement {
  readonly resourceName: string;
  readonly quantity: number;
}

function requirementOf(lacking: InsufficientResource): AdmissionRequirement {
  const { resourceName, requested, capacity, used } = lacking;
  return { resourceName, quantity: requested - (capacity - used) };
}

/**
 * BestEffort pods go before Burstable before Guaranteed ones; of each class as few as possible.
 * pkg/kubelet/preemption/preemption.go getPodsToPreempt
 */
function getPodsToPreempt<PodType extends PodOfPreemption>(
  preemptor: PodType,
  pods: readonly PodType[],
  requirements: readonly AdmissionRequirement[],
): Exclude<AdmissionRecovery<PodType>, { readonly type: "refused" }> {
  const candidates = pods.filter((pod) => preemptable(preemptor, pod));
  const ofClass = (name: string) => candidates.filter((pod) => getPodQOS(pod) === name);
  const bestEffort = ofClass("BestEffort");
  const burstable = ofClass("Burstable");
  const guaranteed = ofClass("Guaranteed");
  const unmet = subtract(requirements, [...bestEffort, ...burstable, ...guaranteed]);
  if (unmet.length > 0) {
    const error = `no set of running pods found to reclaim resources: ${textOf(unmet)}`;
    return { type: "error", error };
  }
  const guaranteedLeft = subtract(requirements, [...bestEffort, ...burstable]);
  const guaranteedOut = getPodsToPreemptByDistance(guaranteed, guaranteedLeft);
  const burstableLeft = subtract(requirements, [...bestEffort, ...guaranteedOut]);
  const burstableOut = getPodsToPreemptByDistance(burstable, burstableLeft);
  const bestEffortLeft = subtract(requirements, [...burstableOut, ...guaranteedOut]);
  const bestEffortOut = getPodsToPreemptByDistance(bestEffort, bestEffortLeft);
  return { type: "preempting", pods: [...bestEffortOut, ...burstableOut, ...guaranteedOut] };
}

/**
 * Round by round the pod that leaves least to be found; of equals the one that asks for less.
 * The taken one's place is filled by the last one, which decides among later equals.
 */
function getPodsToPreemptByDistance<PodType extends PodOfPreemption>(
  pods: readonly PodType[],
  requirements: readonly AdmissionRequirement[],
): readonly PodType[] {
  const left = [...pods];
  const out: PodType[] = [];
  let unmet = requirements;
  while (unmet.length > 0) {
    const at = closest(left, unmet);
    const taken = left[at];
    const last = left.pop();
    // The caller has seen that all of them together are enough.
    if (taken === undefined || last === undefined) break;
    if (at < left.length) left[at] = last;
    unmet = subtract(unmet, [taken]);
    out.push(taken);
  }
  return out;
}

function closest(
  pods: readonly PodOfResources[],
  requirements: readonly AdmissionRequirement[],
): number {
  let best = { at: 0, distance: Number.POSITIVE_INFINITY };
  for (const [at, pod] of pods.entries()) {
    const away = distance(requirements, pod);
    const bestPod = pods[best.at] ?? pod;
    const isCloser =
      away < best.distance || (away === best.distance && smallerResourceRequest(pod, bestPod));
    if (isCloser) best = { at, distance: away };
  }
  return best.at;
}

/** Each requirement counts the same, by the share of it that the pod would leave. */
function distance(requirements: readonly AdmissionRequirement[], pod: PodOfResources): number {
  return requirements.reduce((sum, { resourceName, quantity }) => {
    const remaining = quantity - getResourceRequest(pod, resourceName);
    return remaining > 0 ? sum + (remaining / quantity) ** 2 : sum;
  }, 0);
}

function subtract(
  requirements: readonly AdmissionRequirement[],
  pods: readonly PodOfResources[],
): readonly AdmissionRequirement[] {
  return requirements.flatMap(({ resourceName, quantity }) => {
    const freed = pods.reduce((sum, pod) => sum + getResourceRequest(pod, resourceName), 0);
    return quantity > freed ? [{ resourceName, quantity: quantity - freed }] : [];
  });
}

function smallerResourceRequest(pod: PodOfResources, other: PodOfResources): boolean {
  for (const name of ["memory", "cpu"]) {
    const [own, others] = [getResourceRequest(pod, name), getResourceRequest(other, name)];
    if (own !== others) return own < others;
  }
  return true;
}

function textOf(requirements: readonly AdmissionRequirement[]): string {
  const each = requirements.map((one) => `(res: ${one.resourceName}, q: ${one.quantity}), `);
  return `[${each.join("")}]`;
}
