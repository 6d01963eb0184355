import { containersCause } from "./container-cause.ts";
import { eventText, joined, type PodChange } from "./pod-change.ts";

/**
 * Why a pod's row has changed: what a user did, else the Event that Kubernetes recorded for it,
 * else what the containers' states say; empty when none of them has a word for it.
 */
export function causeOf(change: PodChange): string {
  const { type, pod, before, step } = change;
  if (type === "DELETED") return step === undefined ? "deleted" : `deleted: ${step}`;
  if (type === "ADDED") return step ?? "created";
  const isNewlyDeleted =
    pod.metadata.deletionTimestamp !== undefined &&
    before?.metadata.deletionTimestamp === undefined;
  if (isNewlyDeleted) return step ?? "deletion requested";
  const cause = verdict(change) ?? containersCause(change) ?? acknowledged(change) ?? step;
  return cause ?? (change.newest === undefined ? "" : eventText(change.newest));
}

/** The kubelet's word for the whole pod: Evicted, DeadlineExceeded, NodeAffinity, … */
function verdict({ pod, before, events }: PodChange): string | undefined {
  const { reason, message } = pod.status ?? {};
  if (!reason || reason === before?.status?.reason) return undefined;
  const event = events.findLast((one) => one.reason === reason);
  return event === undefined ? joined(reason, message) : eventText(event);
}

/** As the API's reference says of `status.startTime`. */
function acknowledged({ pod, before }: PodChange): string | undefined {
  const isFirst = pod.status?.startTime !== undefined && before?.status?.startTime === undefined;
  return isFirst ? "acknowledged by the kubelet" : undefined;
}
