import { describePod } from "../../../machines/api/describe.ts";
import { describeMissingPod, eventsOfPod } from "../../../machines/api/describe-events.ts";
import type { KubeEvent } from "../../../machines/api/event.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";

interface DescribeInput {
  readonly name: string;
  readonly namespace: string;
  readonly objects: readonly Pod[];
  readonly events?: readonly KubeEvent[];
  readonly showEvents: boolean;
  readonly now: string;
}

export function run({
  name,
  namespace,
  objects,
  events = [],
  showEvents,
  now,
}: DescribeInput): unknown {
  const [pod] = objects;
  const about = showEvents ? eventsOfPod(pod?.metadata ?? { name, namespace }, events) : undefined;
  if (pod !== undefined) return { text: describePod(pod, about, parseTime(now)) };
  const error = `pods "${name}" not found`;
  if (about === undefined || about.length === 0) return { error };
  return { text: describeMissingPod(name, error, about, parseTime(now)) };
}
