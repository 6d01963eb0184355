import type { EventType } from "../api/event.ts";
import { sprintf } from "../api/go-format.ts";
import { utf8Length } from "../api/names.ts";
import type { Pod } from "../api/pod.ts";
import { truncateBytes } from "../api/truncate-bytes.ts";

/** What the scheduler tells of a pod; the Event of events.k8s.io. */
export interface SchedulingEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly action: string;
  readonly message: string;
}

/** schedule_one.go finishBinding */
export function scheduledEvent({ metadata }: Pod, nodeName: string): SchedulingEvent {
  const { namespace = "", name } = metadata;
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  return { type: "Normal", reason: "Scheduled", action: "Binding", message };
}

/** schedule_one.go handleSchedulingFailure: the message is cut, and then taken for a format. */
export function failedSchedulingEvent(message: string): SchedulingEvent {
  return failed(sprintf(truncateMessage(message)));
}

/** schedule_one.go skipPodSchedule */
export function skippedEvent({ metadata: { namespace = "", name } }: Pod): SchedulingEvent {
  return failed(`skip schedule deleting pod: ${namespace}/${name}`);
}

/** The victim's; framework/preemption/preemption.go PreemptPod. */
export function preemptedEvent(preemptor: Pod, nodeName: string): SchedulingEvent {
  const message = `Preempted by pod ${preemptor.metadata.uid ?? ""} on node ${nodeName}`;
  return { type: "Normal", reason: "Preempted", action: "Preempting", message };
}

/** schedule_one.go truncateMessage: in bytes, even inside a character. */
export function truncateMessage(message: string): string {
  if (utf8Length(message) <= noteLengthLimit) return message;
  return truncateBytes(message, noteLengthLimit - suffix.length) + suffix;
}

function failed(message: string): SchedulingEvent {
  return { type: "Warning", reason: "FailedScheduling", action: "Scheduling", message };
}

const noteLengthLimit = 1024; // bytes; pkg/apis/core/validation/events.go
const suffix = " ...";
