import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod } from "../../machines/api/pod.ts";

/** What a row's cause is told from. */
export interface PodChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly pod: Pod;
  readonly before: Pod | undefined;
  /** About this pod, in the order in which they were last recorded. */
  readonly events: readonly KubeEvent[];
  /** The newest of them, unless a row before this one had it. */
  readonly newest: KubeEvent | undefined;
  /** What a user did, when this change is the answer to it. */
  readonly step: string | undefined;
}

/** `BackOff: Back-off restarting failed container app in pod web_default(…)`. */
export function eventText({ reason, message }: KubeEvent): string {
  return joined(reason, message);
}

/** A reason with its message, if it has one. */
export function joined(reason: string, message: string | undefined): string {
  return message ? `${reason}: ${message.trim()}` : reason;
}

/** Recorded no earlier than that second; the API writes all times alike, so that texts compare. */
export function isSince({ lastTimestamp }: KubeEvent, startedAt = ""): boolean {
  return typeof lastTimestamp === "string" && lastTimestamp >= startedAt;
}
