import type { DaemonSet, Deployment, StatefulSet } from "../../../machines/api/workload-objects.ts";
import { rolloutStatus } from "../../../machines/kubectl/rollout-status.ts";

interface Input {
  readonly object: Deployment | DaemonSet | StatefulSet;
  readonly revision: number;
}

/** What `kubectl rollout status` says of a workload. */
export function run({ object, revision }: Input): unknown {
  return rolloutStatus(object, revision);
}
