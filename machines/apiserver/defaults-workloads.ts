import type { PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type {
  DaemonSet,
  Deployment,
  DeploymentStrategy,
  PodTemplateSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
  StatefulSetUpdateStrategy,
} from "../api/workload-objects.ts";
import { setDefaultsPersistentVolumeClaim } from "./defaults-objects.ts";
import { setDefaultsPodSpec } from "./defaults-pod.ts";

/** A template has at least a pod's own defaults. */
export function setDefaultsTemplate(
  template: Unchecked<PodTemplateSpec> = {},
): Unchecked<PodTemplateSpec> {
  const spec: Unchecked<PodSpec> = setDefaultsPodSpec(template.spec ?? {});
  return { ...template, spec };
}

/** pkg/apis/apps/v1/defaults.go SetDefaults_Deployment. */
export function setDefaultsDeployment(deployment: Unchecked<Deployment>): Unchecked<Deployment> {
  const { spec = {} } = deployment;
  return {
    ...deployment,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      strategy: setDefaultsStrategy(spec.strategy ?? {}),
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      template: setDefaultsTemplate(spec.template),
    },
  };
}

function setDefaultsStrategy(
  strategy: Unchecked<DeploymentStrategy>,
): Unchecked<DeploymentStrategy> {
  const { type = "RollingUpdate", rollingUpdate } = strategy;
  if (type !== "RollingUpdate") return strategy;
  const quarter = { maxUnavailable: "25%", maxSurge: "25%" };
  return { ...strategy, type, rollingUpdate: { ...quarter, ...rollingUpdate } };
}

/** SetDefaults_ReplicaSet. */
export function setDefaultsReplicaSet(replicaSet: Unchecked<ReplicaSet>): Unchecked<ReplicaSet> {
  const { spec = {} } = replicaSet;
  const template = setDefaultsTemplate(spec.template);
  return { ...replicaSet, spec: { ...spec, replicas: spec.replicas ?? 1, template } };
}

/** Selector and labels are the template's; pkg/apis/core/v1 SetDefaults_ReplicationController. */
export function setDefaultsReplicationController(
  controller: Unchecked<ReplicationController>,
): Unchecked<ReplicationController> {
  const { spec = {}, metadata = {} } = controller;
  const { template } = spec;
  const labels = template?.metadata?.labels;
  const isUnlabeled = Object.keys(metadata.labels ?? {}).length === 0;
  const isUnselective = Object.keys(spec.selector ?? {}).length === 0;
  return {
    ...controller,
    metadata: { ...metadata, ...(labels && isUnlabeled && { labels }) },
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      ...(labels && isUnselective && { selector: labels }),
      ...(template && { template: setDefaultsTemplate(template) }),
    },
  };
}

/** SetDefaults_StatefulSet; the gate MaxUnavailableStatefulSet is off. */
export function setDefaultsStatefulSet(set: Unchecked<StatefulSet>): Unchecked<StatefulSet> {
  const { spec = {} } = set;
  const { persistentVolumeClaimRetentionPolicy: policy, volumeClaimTemplates } = spec;
  return {
    ...set,
    spec: {
      ...spec,
      podManagementPolicy: spec.podManagementPolicy || "OrderedReady",
      updateStrategy: setDefaultsUpdateStrategy(spec.updateStrategy ?? {}),
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: policy?.whenDeleted || "Retain",
        whenScaled: policy?.whenScaled || "Retain",
      },
      replicas: spec.replicas ?? 1,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      template: setDefaultsTemplate(spec.template),
      ...(volumeClaimTemplates && {
        volumeClaimTemplates: volumeClaimTemplates.map(setDefaultsPersistentVolumeClaim),
      }),
    },
  };
}

/** Who names no type rolls, and has a partition; who names it has one where he rolls. */
function setDefaultsUpdateStrategy(
  strategy: Unchecked<StatefulSetUpdateStrategy>,
): Unchecked<StatefulSetUpdateStrategy> {
  const type = strategy.type || "RollingUpdate";
  const rollingUpdate = strategy.type ? strategy.rollingUpdate : (strategy.rollingUpdate ?? {});
  if (type !== "RollingUpdate" || rollingUpdate === undefined) return { ...strategy, type };
  const partition = rollingUpdate.partition ?? 0;
  return { ...strategy, type, rollingUpdate: { ...rollingUpdate, partition } };
}

/** SetDefaults_DaemonSet. */
export function setDefaultsDaemonSet(set: Unchecked<DaemonSet>): Unchecked<DaemonSet> {
  const { spec = {} } = set;
  const { updateStrategy = {} } = spec;
  const type = updateStrategy.type || "RollingUpdate";
  const rolling = { maxUnavailable: 1, maxSurge: 0, ...updateStrategy.rollingUpdate };
  return {
    ...set,
    spec: {
      ...spec,
      updateStrategy: {
        ...updateStrategy,
        type,
        ...(type === "RollingUpdate" && { rollingUpdate: rolling }),
      },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      template: setDefaultsTemplate(spec.template),
    },
  };
}
