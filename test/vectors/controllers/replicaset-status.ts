import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { calculateStatus } from "../../../machines/controllers/replica-set/replica-set-status.ts";

interface Input {
  readonly replicaSet: ReplicaSet;
  readonly activePods: readonly Pod[];
  readonly terminatingPods: readonly Pod[];
  readonly manageReplicasError?: string;
  readonly now: string;
}

export function run({ replicaSet, manageReplicasError: message, now, ...pods }: Input): unknown {
  const observed = message === undefined ? pods : { ...pods, manageReplicasError: { message } };
  return { status: calculateStatus(replicaSet, observed, parseTime(now)) };
}
