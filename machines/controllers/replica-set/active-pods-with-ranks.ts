import { compareText } from "../../api/compare-text.ts";
import type { Pod } from "../../api/pod.ts";
import { isPodReady, podReadyTime, timeOf } from "../../api/pod-readiness.ts";

/** A pod, and how many of its relatives share its node. */
export interface RankedPod {
  readonly pod: Pod;
  readonly rank: number;
}

/**
 * Who goes first when there are too many: positive where `b` does. Without a time ages are compared
 * as they are, with one only by their powers of two, and then by uid. Source:
 * pkg/controller/controller_utils.go ActivePodsWithRanks.Less.
 */
export function compareActivePodsWithRanks(a: RankedPod, b: RankedPod, nowMs?: number): number {
  const isReady = isPodReady(a.pod) && isPodReady(b.pod);
  return (
    compareStages(a.pod, b.pod) ||
    getDeletionCost(a.pod) - getDeletionCost(b.pod) ||
    b.rank - a.rank ||
    (isReady ? compareAges(a.pod, b.pod, podReadyTime, nowMs) : 0) ||
    compareMaxContainerRestarts(a.pod, b.pod) ||
    compareAges(a.pod, b.pod, creationTime, nowMs)
  );
}

/** The order of controllers that know no ranks; ActivePods.Less. */
export function compareActivePods(a: Pod, b: Pod): number {
  const isReady = isPodReady(a) && isPodReady(b);
  return (
    compareStages(a, b) ||
    (isReady ? compareAges(a, b, podReadyTime) : 0) ||
    compareMaxContainerRestarts(a, b) ||
    compareAges(a, b, creationTime)
  );
}

/** Unassigned before assigned, Pending before Unknown before Running, not ready before ready. */
function compareStages(a: Pod, b: Pod): number {
  return (
    Number(isAssigned(a)) - Number(isAssigned(b)) ||
    podPhaseToOrdinal(a) - podPhaseToOrdinal(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b))
  );
}

function isAssigned({ spec }: Pod): boolean {
  return (spec.nodeName ?? "") !== "";
}

function podPhaseToOrdinal({ status }: Pod): number {
  return { Pending: 0, Unknown: 1, Running: 2, Succeeded: 0, Failed: 0 }[
    status?.phase ?? "Pending"
  ];
}

/** What is no 32-bit number as Go writes it costs nothing; GetDeletionCostFromPodAnnotations. */
function getDeletionCost({ metadata }: Pod): number {
  const value = metadata.annotations?.["controller.kubernetes.io/pod-deletion-cost"] ?? "";
  if (!/^(?:-\d+|0|[1-9]\d*)$/.test(value)) return 0;
  const cost = Number(value);
  return cost === Math.trunc(cost) && cost >= -(2 ** 31) && cost < 2 ** 31 ? cost : 0;
}

function creationTime({ metadata }: Pod): number | undefined {
  return timeOf(metadata.creationTimestamp);
}

/** The younger first, and first of all who has no time. */
function compareAges(a: Pod, b: Pod, of: (pod: Pod) => number | undefined, nowMs?: number): number {
  const [one, other] = [of(a), of(b)];
  if (one === other) return 0;
  if (one === undefined) return -1;
  if (other === undefined) return 1;
  if (nowMs === undefined) return other - one;
  return (
    logarithmicRank(nowMs - one) - logarithmicRank(nowMs - other) ||
    compareText(a.metadata.uid ?? "", b.metadata.uid ?? "")
  );
}

/** logarithmicRankDiff; Go counts in nanoseconds. */
function logarithmicRank(ageMs: number): number {
  return ageMs > 0 ? Math.trunc(Math.log2(ageMs * 1_000_000)) : -1;
}

/** More restarts of its worst container first, then of its worst sidecar. */
function compareMaxContainerRestarts(a: Pod, b: Pod): number {
  const [one, other] = [maxContainerRestarts(a), maxContainerRestarts(b)];
  return other.regular - one.regular || other.sidecar - one.sidecar;
}

function maxContainerRestarts({ spec, status }: Pod): {
  readonly regular: number;
  readonly sidecar: number;
} {
  const sidecars = new Set(
    spec.initContainers?.flatMap(({ name, restartPolicy }) => {
      return restartPolicy === "Always" ? [name] : [];
    }),
  );
  const ofSidecars = status?.initContainerStatuses?.filter(({ name }) => sidecars.has(name)) ?? [];
  return { regular: mostRestarts(status?.containerStatuses), sidecar: mostRestarts(ofSidecars) };
}

function mostRestarts(statuses: readonly { readonly restartCount?: number }[] = []): number {
  return Math.max(0, ...statuses.map(({ restartCount = 0 }) => restartCount));
}
