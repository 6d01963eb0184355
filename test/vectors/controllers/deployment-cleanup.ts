import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { cleanupDeployment } from "../../../machines/controllers/deployment/cleanup-deployment.ts";
import { deploymentOf } from "../../support/deployments.ts";
import { runScripted, statusOf } from "../../support/scripted-sync.ts";

interface Input {
  readonly revisionHistoryLimit?: number;
  readonly oldReplicaSets?: readonly ReplicaSet[];
  readonly deleteError?: string;
}

export function run({ revisionHistoryLimit, oldReplicaSets = [], deleteError }: Input): unknown {
  const bare = deploymentOf({ replicas: 1 });
  const limited = revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit };
  const deployment = { ...bare, spec: { ...bare.spec, ...limited } };
  const kind = deleteError?.endsWith("not found") === true ? "notFound" : "internal";
  const old = oldReplicaSets.map(withoutEmptyRevision);
  const { result, requests } = runScripted(cleanupDeployment(deployment, old), () => {
    return deleteError === undefined ? {} : { error: statusOf({ kind, message: deleteError }) };
  });
  return {
    deletes: requests.map(({ name }) => name),
    ...(result && { error: result.message }),
  };
}

/** The cases write a revision that is missing as an empty one. */
function withoutEmptyRevision(replicaSet: ReplicaSet): ReplicaSet {
  const { metadata } = replicaSet;
  const entries = Object.entries(metadata.annotations ?? {}).filter(([, value]) => value !== "");
  return { ...replicaSet, metadata: { ...metadata, annotations: Object.fromEntries(entries) } };
}
