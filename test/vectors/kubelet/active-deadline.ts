import type { Pod } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";
import {
  activeForMs,
  deadlineExceeded,
  shouldEvict,
  shouldSync,
} from "../../../machines/kubelet/active-deadline.ts";

interface Input {
  readonly pod: Pod;
  readonly now: string;
  readonly statusManagerKnowsPod: boolean;
  readonly statusManagerStartTime?: string;
}

export function run(input: Input): unknown {
  const { pod, now, statusManagerStartTime: startTime } = input;
  const known = startTime === undefined ? {} : { startTime };
  const activeMs = activeForMs(
    pod,
    input.statusManagerKnowsPod ? known : undefined,
    parseTime(now),
  );
  const { evict, ...why } = shouldEvict(pod.spec, activeMs);
  return {
    shouldSync: shouldSync(pod.spec, activeMs),
    shouldEvict: evict,
    reason: "",
    message: "",
    ...why,
    events: evict ? [deadlineExceeded] : [],
  };
}
