import type { Pod } from "../../api/pod.ts";

/**
 * The plugin that keeps a pod out of the queue, or undefined; PreEnqueue of SchedulingGates and
 * DefaultPreemption, which waits until the pods that have to go for this one have been told so.
 */
export function preEnqueue({ spec }: Pod, isPreempting: boolean): string | undefined {
  if ((spec.schedulingGates ?? []).length > 0) return "SchedulingGates";
  return isPreempting ? "DefaultPreemption" : undefined;
}
