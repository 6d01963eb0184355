import type { KubeObject } from "../api/meta.ts";
import type { Pod } from "../api/pod.ts";
import { isPodReady, podReadyTime } from "../api/pod-readiness.ts";
import { isPodPhaseTerminal } from "../api/pod-status.ts";
import { type Selector, selectorMatches } from "../api/selector.ts";
import { getControllerOf, isControlledBy } from "./controller-ref-manager.ts";

/** pkg/controller/controller_utils.go IsPodActive */
export function isPodActive({ metadata, status }: Pod): boolean {
  return !isPodPhaseTerminal(status?.phase) && metadata.deletionTimestamp === undefined;
}

/** pkg/controller/controller_utils.go IsPodTerminating */
export function isPodTerminating({ metadata, status }: Pod): boolean {
  return !isPodPhaseTerminal(status?.phase) && metadata.deletionTimestamp !== undefined;
}

/** Those of an owner, and those of nobody; pkg/controller/controller_utils.go FilterPodsByOwner. */
export function filterPodsByOwner(pods: readonly Pod[], owner: KubeObject): readonly Pod[] {
  return pods.filter(({ metadata }) => {
    if (metadata.namespace !== owner.metadata.namespace) return false;
    const controller = getControllerOf(metadata);
    return controller === undefined || isSame(controller, owner);
  });
}

function isSame(
  one: { readonly kind: string; readonly name: string; readonly uid: string },
  { kind, metadata }: KubeObject,
): boolean {
  return one.kind === kind && one.name === metadata.name && one.uid === metadata.uid;
}

/** pkg/controller/controller_utils.go FilterClaimedPods */
export function filterClaimedPods(
  controller: KubeObject,
  selector: Selector,
  pods: readonly Pod[],
): readonly Pod[] {
  return pods.filter((pod) => {
    return isControlledBy(pod, controller) && selectorMatches(selector, pod.metadata.labels);
  });
}

/** In ms from now; pkg/controller/controller_utils.go FindMinNextPodAvailabilityCheck. */
export function findMinNextPodAvailabilityCheck(
  pods: readonly Pod[],
  minReadySeconds: number,
  nowMs: number,
): number | undefined {
  const checks = pods.flatMap((pod) => nextPodAvailabilityCheck(pod, minReadySeconds, nowMs) ?? []);
  return checks.length === 0 ? undefined : Math.min(...checks);
}

function nextPodAvailabilityCheck(
  pod: Pod,
  minReadySeconds: number,
  nowMs: number,
): number | undefined {
  const readyAt = podReadyTime(pod);
  if (!isPodReady(pod) || minReadySeconds <= 0 || readyAt === undefined) return undefined;
  const inMs = readyAt + minReadySeconds * 1_000 - nowMs;
  return inMs > 0 ? inMs : undefined;
}
