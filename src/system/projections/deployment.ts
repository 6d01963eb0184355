import { isWhole } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import type { DeploymentStep } from "../../../machines/controllers/deployment/deployment.machine.ts";
import { syncDeployment } from "../../../machines/controllers/deployment/sync-deployment.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { isReplicaSet } from "./replica-set.ts";
import { type ControllerSync, endOf, ended } from "./sync-ended.ts";

type DeploymentCaches = Extract<Caches, { controller: "deployment" }>;

export function seenDeployment(world: KubeWorld, key: string): DeploymentCaches | undefined {
  const deployment = world.store.get("Deployment", key);
  if (!isWhole(deployment, "Deployment")) return undefined;
  const { namespace } = deployment.metadata;
  const replicaSets = world.store.select("ReplicaSet", { namespace }).filter(isReplicaSet);
  const recreates = deployment.spec.strategy?.type === "Recreate";
  const pods = recreates ? podsOwnedBy(world, replicaSets) : [];
  return { controller: "deployment", deployment, replicaSets, pods };
}

function podsOwnedBy(world: KubeWorld, replicaSets: readonly ReplicaSet[]): readonly Pod[] {
  return replicaSets.flatMap(({ metadata: { namespace, uid } }) => {
    const pods = world.store.select("Pod", { namespace, owner: uid });
    return pods.filter((pod) => isWhole(pod, "Pod"));
  });
}

export function* syncOfDeployment(
  caches: DeploymentCaches & { readonly nowMs: number },
): ControllerSync {
  return ended(yield* syncDeployment(caches));
}

/** What a Deployment's sync does next, in the words of its chart. */
export function deploymentStep(sync: SyncUnderWay): DeploymentStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "create" || request.verb === "delete") return request.verb;
  if (request.verb !== "update") return "claim";
  if (request.resource === "replicasets") return "scale";
  return request.subresource === "status" ? "status" : "rollBack";
}
