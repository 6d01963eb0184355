import { describeMissingPod, eventsOfPod } from "../../../machines/api/describe-events.ts";
import type { KubeEvent } from "../../../machines/api/event.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { describeObject } from "../../../machines/kubectl/describe-object.ts";

interface DescribeInput {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
  readonly events?: readonly KubeEvent[];
  readonly showEvents: boolean;
  readonly now: string;
}

export function run(input: DescribeInput): unknown {
  const { kind, name, namespace, objects, events = [], showEvents, now } = input;
  const nowMs = parseTime(now);
  const object = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (object !== undefined) {
    return { text: describeObject(object, { objects, ...(showEvents && { events }), nowMs }) };
  }
  const about = showEvents ? eventsOfPod({ name, namespace }, events) : [];
  const error = `pods "${name}" not found`;
  return about.length === 0 ? { error } : { text: describeMissingPod(name, error, about, nowMs) };
}
