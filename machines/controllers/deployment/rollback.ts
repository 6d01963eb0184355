import { quote } from "../../api/quote.ts";
import { parseInt64 } from "../../api/selector.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { record, send, type Sync } from "../sync.ts";
import {
  deprecatedRollbackTo,
  lastRevision,
  revision,
  rolledBackAnnotations,
} from "./annotations.ts";
import type { DeploymentSync } from "./deployment-sync.ts";
import { getAllReplicaSetsAndSyncRevision } from "./new-replica-set.ts";
import { equalIgnoreHash, present, withoutHash } from "./replica-sets.ts";
import type { SyncResult } from "./rollout-status.ts";

/** What an annotation of old asks for; deployment/rollback.go getRollbackTo. */
export function getRollbackTo({ metadata }: Deployment): bigint | undefined {
  return parseInt64(metadata.annotations?.[deprecatedRollbackTo] ?? "");
}

/** deployment/rollback.go rollback */
export function* rollback(sync: DeploymentSync): Sync<SyncResult> {
  const split = yield* getAllReplicaSetsAndSyncRevision(sync, true);
  if (split.error !== undefined) return { error: split.error };
  const all = present([...split.oldReplicaSets, split.newReplicaSet]);
  const { deployment } = sync;
  const asked = getRollbackTo(deployment) ?? 0n;
  const wanted = asked === 0n ? lastRevision(all) : asked;
  if (wanted === 0n) {
    yield* warn(deployment, "DeploymentRollbackRevisionNotFound", "Unable to find last revision.");
    return yield* updateDeploymentAndClearRollbackTo(deployment);
  }
  const target = all.find((one) => revision(one) === wanted);
  if (target !== undefined) return yield* rollbackToTemplate(deployment, target, wanted);
  const message = "Unable to find the revision to rollback to.";
  yield* warn(deployment, "DeploymentRollbackRevisionNotFound", message);
  return yield* updateDeploymentAndClearRollbackTo(deployment);
}

/** deployment/rollback.go rollbackToTemplate */
function* rollbackToTemplate(
  deployment: Deployment,
  target: ReplicaSet,
  wanted: bigint,
): Sync<SyncResult> {
  const name = quote(deployment.metadata.name);
  if (equalIgnoreHash(deployment.spec.template, target.spec.template)) {
    const message = `The rollback revision contains the same template as current deployment ${name}`;
    yield* warn(deployment, "DeploymentRollbackTemplateUnchanged", message);
    return yield* updateDeploymentAndClearRollbackTo(deployment);
  }
  const annotations = rolledBackAnnotations(deployment, target);
  const result = yield* updateDeploymentAndClearRollbackTo({
    ...deployment,
    metadata: { ...deployment.metadata, annotations },
    spec: { ...deployment.spec, template: withoutHash(target.spec.template) },
  });
  if (result.error === undefined) {
    const message = `Rolled back deployment ${name} to revision ${wanted}`;
    yield* record(deployment, "Normal", "DeploymentRollback", message);
  }
  return result;
}

function* warn(deployment: Deployment, reason: string, message: string): Sync<void> {
  yield* record(deployment, "Warning", reason, message);
}

function* updateDeploymentAndClearRollbackTo(deployment: Deployment): Sync<SyncResult> {
  const { namespace = "", name, annotations = {} } = deployment.metadata;
  const { [deprecatedRollbackTo]: _, ...kept } = annotations;
  const metadata = { ...deployment.metadata, annotations: kept };
  const place = { resource: "deployments", namespace, name };
  const object = { ...deployment, metadata };
  const { error } = yield* send({ verb: "update", ...place, object });
  return error === undefined ? {} : { error };
}
