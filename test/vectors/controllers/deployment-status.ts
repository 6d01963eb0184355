import { parseTime } from "../../../machines/api/time.ts";
import type { Deployment, ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { calculateStatus } from "../../../machines/controllers/deployment/deployment-status.ts";
import { syncRolloutStatus } from "../../../machines/controllers/deployment/rollout-status.ts";
import { runScripted } from "../../support/scripted-sync.ts";

interface Input {
  readonly deployment: Deployment;
  readonly newReplicaSet?: ReplicaSet;
  readonly oldReplicaSets: readonly ReplicaSet[];
  readonly now: string;
}

export function run({ deployment, newReplicaSet, oldReplicaSets, now }: Input): unknown {
  const owned = { newReplicaSet, allReplicaSets: [...oldReplicaSets, newReplicaSet] };
  const nowMs = parseTime(now);
  const { result, requests } = runScripted(syncRolloutStatus(deployment, owned, nowMs), () => ({}));
  const [written] = requests.map(({ object }) => object);
  const { requeueAfterMs, requeueRateLimited } = result;
  const seconds = requeueRateLimited === true ? 1 : requeueAfterMs && requeueAfterMs / 1_000;
  return {
    calculateStatus: calculateStatus(deployment, owned, nowMs),
    syncRolloutStatus: {
      writes: written !== undefined,
      ...(written !== undefined && "status" in written && { status: written.status }),
      ...(result.error && { error: result.error.message }),
    },
    ...(seconds !== undefined && { requeueAfterSeconds: seconds }),
  };
}
