import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Change } from "../hint/change.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import { isHelpful } from "./queueing-hints.ts";

/**
 * What becomes of a pod that was refused; pkg/scheduler/backend/queue queueingStrategy. No plugin
 * of the default profile answers Pending, which alone would let a pod go back at once.
 */
export type QueueingStrategy = "queueSkip" | "queueAfterBackoff";

/** Something that happened: to an object, or to all pods that have waited for long. */
export type QueueEvent =
  | { readonly type: "change"; readonly event: ClusterEvent; readonly change: Change }
  /** Asked for by a plugin: of this pod only. */
  | { readonly type: "forceActivate"; readonly uid: string | undefined }
  | { readonly type: "unschedulableTimeout" };

/** pkg/scheduler/backend/queue/scheduling_queue.go isPodWorthRequeuing */
export function isPodWorthRequeuing(
  podInfo: PodInfo,
  unschedulablePlugins: readonly string[],
  happened: QueueEvent,
  handle: Handle,
): QueueingStrategy {
  if (unschedulablePlugins.length === 0) return "queueAfterBackoff";
  switch (happened.type) {
    case "unschedulableTimeout":
      return "queueAfterBackoff";
    case "forceActivate":
      return happened.uid === podInfo.pod.metadata.uid ? "queueAfterBackoff" : "queueSkip";
    case "change": {
      const { event, change } = happened;
      const helps = (plugin: string) => isHelpful(plugin, podInfo, event, change, handle);
      return unschedulablePlugins.some(helps) ? "queueAfterBackoff" : "queueSkip";
    }
  }
}
