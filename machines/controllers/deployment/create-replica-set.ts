import type { LabelSelector } from "../../api/label-selector.ts";
import { isWhole } from "../../api/objects.ts";
import { quote } from "../../api/quote.ts";
import type { Deployment, PodTemplateSpec, ReplicaSet } from "../../api/workload-objects.ts";
import { getControllerOf, newControllerRef } from "../controller-ref-manager.ts";
import {
  hasStatusCause,
  isAlreadyExists,
  record,
  send,
  type Sync,
  type SyncError,
} from "../sync.ts";
import { setNewReplicaSetAnnotations } from "./annotations.ts";
import { computeHash, generateReplicaSetName } from "./compute-hash.ts";
import { hasProgressDeadline, reasons } from "./conditions.ts";
import {
  type DeploymentSync,
  failedOr,
  type Found,
  setDeploymentRevision,
  setProgressing,
} from "./deployment-sync.ts";
import { newRSNewReplicas } from "./proportions.ts";
import { equalIgnoreHash, podTemplateHash, replicasOf } from "./replica-sets.ts";
import { updateStatus } from "./rollout-status.ts";

/** The one of the Deployment's template; what getNewReplicaSet does when there is none. */
export function* createNewReplicaSet(
  sync: DeploymentSync,
  oldReplicaSets: readonly ReplicaSet[],
  newRevision: string,
): Sync<Found> {
  const { deployment } = sync;
  const bare = templateReplicaSet(deployment);
  const size = newRSNewReplicas(deployment, [...oldReplicaSets, bare], bare);
  if (size.error !== undefined) {
    return { newReplicaSet: undefined, error: { message: size.error } };
  }
  const sized = { ...bare, spec: { ...bare.spec, replicas: size.value } };
  const { replicaSet } = setNewReplicaSetAnnotations(deployment, sized, newRevision, false);
  const { namespace = "", name } = replicaSet.metadata;
  const request = { verb: "create", resource: "replicasets", namespace, name } as const;
  const { object, error } = yield* send({ ...request, object: replicaSet });
  if (error === undefined) {
    const created = isWhole(object, "ReplicaSet") ? object : replicaSet;
    return yield* newReplicaSetCreated(sync, created, newRevision);
  }
  if (isAlreadyExists(error)) return yield* nameIsTaken(sync, name, newRevision, error);
  if (!hasStatusCause(error, "NamespaceTerminating")) {
    yield* creationFailed(sync, name, error);
  }
  return { newReplicaSet: undefined, error };
}

/** Without its size and annotations. */
function templateReplicaSet(deployment: Deployment): ReplicaSet {
  const { metadata, spec, status } = deployment;
  const hash = computeHash(spec.template, status?.collisionCount);
  const labels = { ...spec.template.metadata?.labels, [podTemplateHash]: hash };
  const template: PodTemplateSpec = {
    ...spec.template,
    metadata: { ...spec.template.metadata, labels },
  };
  const { minReadySeconds = 0 } = spec;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: generateReplicaSetName(metadata.name, hash),
      namespace: metadata.namespace ?? "",
      labels,
      ownerReferences: [newControllerRef(deployment)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds !== 0 && { minReadySeconds }),
      selector: withHash(spec.selector ?? {}, hash),
      template,
    },
    status: { replicas: 0 },
  };
}

/** util/labels CloneSelectorAndAddLabel */
function withHash(selector: LabelSelector, hash: string): LabelSelector {
  return { ...selector, matchLabels: { ...selector.matchLabels, [podTemplateHash]: hash } };
}

function* newReplicaSetCreated(
  sync: DeploymentSync,
  created: ReplicaSet,
  newRevision: string,
): Sync<Found> {
  const { name } = created.metadata;
  const replicas = replicasOf(created);
  if (replicas > 0) {
    const message = `Scaled up replica set ${name} from 0 to ${replicas}`;
    yield* record(sync.deployment, "Normal", "ScalingReplicaSet", message);
  }
  const isRevised = setDeploymentRevision(sync, newRevision);
  const isTold = hasProgressDeadline(sync.deployment);
  if (isTold) {
    const message = `Created new replica set ${quote(name)}`;
    setProgressing(sync, "True", reasons.newReplicaSet, message, sync.nowMs);
  }
  const { error } = isRevised || isTold ? yield* updateStatus(sync.deployment) : {};
  return failedOr(error, created);
}

/** It is the one after all, of a cache that lags; or two templates have one hash. */
function* nameIsTaken(
  sync: DeploymentSync,
  name: string,
  newRevision: string,
  error: SyncError,
): Sync<Found> {
  const { deployment } = sync;
  const taken = sync.cached.find(({ metadata }) => metadata.name === name);
  if (taken === undefined) {
    const message = `replicaset.apps ${quote(name)} not found`;
    return { newReplicaSet: undefined, error: { message, reason: "NotFound" } };
  }
  const isOwn = getControllerOf(taken.metadata)?.uid === deployment.metadata.uid;
  if (isOwn && equalIgnoreHash(deployment.spec.template, taken.spec.template)) {
    const isRevised = setDeploymentRevision(sync, newRevision);
    const failed = isRevised ? (yield* updateStatus(sync.deployment)).error : undefined;
    return failedOr(failed, taken);
  }
  const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
  sync.deployment = { ...deployment, status: { ...deployment.status, collisionCount } };
  yield* updateStatus(sync.deployment);
  return { newReplicaSet: undefined, error };
}

function* creationFailed(sync: DeploymentSync, name: string, error: SyncError): Sync<void> {
  const message = `Failed to create new replica set ${quote(name)}: ${error.message}`;
  if (hasProgressDeadline(sync.deployment)) {
    setProgressing(sync, "False", reasons.failedRSCreate, message, sync.nowMs);
    yield* updateStatus(sync.deployment);
  }
  yield* record(sync.deployment, "Warning", reasons.failedRSCreate, message);
}
