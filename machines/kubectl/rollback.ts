import type { Deployment, ReplicaSet } from "../api/workload-objects.ts";
import { getControllerOf } from "../controllers/controller-ref-manager.ts";
import { revision, rolledBackAnnotations } from "../controllers/deployment/annotations.ts";
import { equalIgnoreHash, withoutHash } from "../controllers/deployment/replica-sets.ts";

/** What `kubectl rollout undo` sends: nothing when the template is the wanted one already. */
export type Rollback =
  | { readonly patch: readonly object[] }
  | { readonly skipped: string }
  | { readonly error: string };

/**
 * Puts the template of an earlier ReplicaSet back. kubectl/pkg/polymorphichelpers/rollback.go
 * DeploymentRollbacker
 *
 * @param toRevision 0 for the last one before the newest
 */
export function rollback(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
  toRevision: number,
): Rollback {
  const own = replicaSets.filter((one) => {
    return getControllerOf(one.metadata)?.uid === deployment.metadata.uid;
  });
  const target = deploymentRevision(deployment, own, toRevision);
  if ("error" in target) return target;
  if (deployment.spec.paused === true) return { error: isPaused };
  if (equalIgnoreHash(target.spec.template, deployment.spec.template)) {
    const skipped = `skipped rollback (current template already matches revision ${toRevision})`;
    return { skipped };
  }
  const annotations = rolledBackAnnotations(deployment, target);
  const value = withoutHash(target.spec.template);
  const replace = { op: "replace" } as const;
  return {
    patch: [
      { ...replace, path: "/spec/template", value },
      { ...replace, path: "/metadata/annotations", value: annotations },
    ],
  };
}

const isPaused =
  "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";

/** rollback.go deploymentRevision */
function deploymentRevision(
  { metadata }: Deployment,
  replicaSets: readonly ReplicaSet[],
  toRevision: number,
): ReplicaSet | { readonly error: string } {
  const known = replicaSets.filter((one) => revision(one) !== undefined);
  if (toRevision > 0) {
    const found = known.find((one) => revision(one) === BigInt(toRevision));
    return found ?? { error: `unable to find specified revision ${toRevision} in history` };
  }
  const [, previous] = known.toSorted((a, b) => Number((revision(b) ?? 0n) - (revision(a) ?? 0n)));
  return previous ?? { error: `no rollout history found for deployment "${metadata.name}"` };
}
