import type { Service } from "../../api/network-objects.ts";
import { getPodCondition, timeOf } from "../../api/pod-readiness.ts";
import type { Pod } from "../../api/pod.ts";

/** What the last sync of a service saw; times in ms. */
export interface TriggerTimes {
  readonly service?: number;
  /** By pod name. */
  readonly pods: Readonly<Record<string, number>>;
}

/** What made a service's endpoints change, and what to remember for the next time. */
export interface Triggered {
  /** Undefined when nothing new did. */
  readonly triggerTimeMs?: number;
  readonly seen: TriggerTimes;
}

/**
 * The first change since the last sync, of a new service its creation. Source: endpointslice
 * util/trigger_time_tracker.go ComputeEndpointLastChangeTriggerTime.
 */
export function computeEndpointLastChangeTriggerTime(
  service: Service,
  pods: readonly Pod[],
  last: TriggerTimes | undefined,
): Triggered {
  const times: Record<string, number> = {};
  const changed: number[] = [];
  for (const pod of pods) {
    const time = timeOf(getPodCondition(pod, "Ready")?.lastTransitionTime);
    if (time === undefined) continue;
    const { name } = pod.metadata;
    times[name] = time;
    if (time > (last?.pods[name] ?? Number.NEGATIVE_INFINITY)) changed.push(time);
  }
  const created = timeOf(service.metadata.creationTimestamp);
  const seen = { ...(created !== undefined && { service: created }), pods: times };
  if (last === undefined)
    return created === undefined ? { seen } : { triggerTimeMs: created, seen };
  if (created !== undefined && created > (last.service ?? Number.NEGATIVE_INFINITY)) {
    changed.push(created);
  }
  return changed.length === 0 ? { seen } : { triggerTimeMs: Math.min(...changed), seen };
}
