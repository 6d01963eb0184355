import type { Pod } from "./pod.ts";
import type { PodCondition } from "./pod-status.ts";
import { parseTime } from "./time.ts";

/** pkg/api/v1/pod/util.go GetPodCondition */
export function getPodCondition({ status }: Pod, type: string): PodCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** pkg/api/v1/pod/util.go IsPodReady */
export function isPodReady(pod: Pod): boolean {
  return getPodCondition(pod, "Ready")?.status === "True";
}

/** Ready for long enough; pkg/api/v1/pod/util.go IsPodAvailable. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const readyAt = podReadyTime(pod);
  return readyAt !== undefined && readyAt + minReadySeconds * 1_000 <= nowMs;
}

/** In ms; undefined where it is not ready or nobody wrote since when; podReadyTime. */
export function podReadyTime(pod: Pod): number | undefined {
  const condition = getPodCondition(pod, "Ready");
  if (condition?.status !== "True" || condition.lastTransitionTime === undefined) return undefined;
  return timeOf(condition.lastTransitionTime);
}

/** In ms; undefined for Go's zero time. */
export function timeOf(text: string | null | undefined): number | undefined {
  return text === undefined || text === null || text === "" ? undefined : parseTime(text);
}
