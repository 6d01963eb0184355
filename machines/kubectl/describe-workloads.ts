import { line, multiline, pairTexts, timeText } from "../api/describe-lines.ts";
import { formatLabels, formatLabelSelector, labelSelectorText } from "../api/labels.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import { storageClassOf } from "../api/printers-storage.ts";
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from "../api/workload-objects.ts";
import { findNewReplicaSet, findOldReplicaSets } from "../controllers/deployment/replica-sets.ts";
import { type Around, described, listed, podsStatusLine } from "./describe-around.ts";
import {
  metadataLines,
  nameLines,
  ownerLine,
  templateLines,
  workloadConditionLines,
} from "./describe-template.ts";

/** kubectl/pkg/describe describeDeployment. */
export function describeDeployment(deployment: Deployment, around: Around): string {
  const { metadata, spec, status = {} } = deployment;
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status;
  const counts = `${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available`;
  const left = `${status.unavailableReplicas ?? 0} unavailable`;
  const rolling = spec.strategy?.rollingUpdate;
  return described(deployment, around, [
    nameLines(deployment),
    line(0, `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`),
    metadataLines(deployment),
    line(0, `Selector:\t${labelSelectorText(spec.selector ?? {})}`),
    line(0, `Replicas:\t${spec.replicas ?? 0} desired | ${counts} | ${left}`),
    line(0, `StrategyType:\t${spec.strategy?.type ?? ""}`),
    line(0, `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`),
    rolling === undefined
      ? ""
      : line(
          0,
          `RollingUpdateStrategy:\t${rolling.maxUnavailable ?? "<nil>"} max unavailable, ${rolling.maxSurge ?? "<nil>"} max surge`,
        ),
    templateLines(spec.template),
    workloadConditionLines(status.conditions),
    replicaSetLines(deployment, around),
  ]);
}

/** Its ReplicaSets with another template, then that with its own. */
function replicaSetLines(deployment: Deployment, around: Around): string {
  const { namespace, uid } = deployment.metadata;
  const own = listed(around, "ReplicaSet", namespace).filter(({ metadata }) =>
    metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid),
  );
  if (own.length === 0) return "";
  const current = findNewReplicaSet(deployment, own);
  const old = findOldReplicaSets(deployment, own);
  const newOnes = current === undefined ? [] : [current];
  return (
    line(0, `OldReplicaSets:\t${replicaSetTexts(old)}`) +
    line(0, `NewReplicaSet:\t${replicaSetTexts(newOnes)}`)
  );
}

function replicaSetTexts(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(({ metadata, spec, status }) => {
    return `${metadata.name} (${status?.replicas ?? 0}/${spec.replicas ?? 0} replicas created)`;
  });
  return texts.join(", ") || "<none>";
}

/** describeReplicaSet. */
export function describeReplicaSet(replicaSet: ReplicaSet, around: Around): string {
  const { spec, status = {} } = replicaSet;
  return described(replicaSet, around, [
    nameLines(replicaSet),
    line(0, `Selector:\t${formatLabelSelector(spec.selector)}`),
    metadataLines(replicaSet),
    ownerLine(replicaSet),
    line(0, `Replicas:\t${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`),
    podsStatusLine(replicaSet, spec.selector, around),
    templateLines(spec.template),
    workloadConditionLines(status.conditions),
  ]);
}

/** describeStatefulSet. */
export function describeStatefulSet(statefulSet: StatefulSet, around: Around): string {
  const { metadata, spec = {}, status } = statefulSet;
  const { type = "", rollingUpdate = {} } = spec.updateStrategy ?? {};
  const { partition, maxUnavailable } = rollingUpdate;
  const isLimited = partition !== undefined && maxUnavailable !== undefined;
  return described(statefulSet, around, [
    nameLines(statefulSet),
    line(0, `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`),
    line(0, `Selector:\t${labelSelectorText(spec.selector ?? {})}`),
    metadataLines(statefulSet),
    line(0, `Replicas:\t${spec.replicas ?? 0} desired | ${status?.replicas ?? 0} total`),
    line(0, `Update Strategy:\t${type}`),
    partition === undefined ? "" : line(1, `Partition:\t${partition}`),
    isLimited ? line(1, `MaxUnavailable:\t${maxUnavailable}`) : "",
    podsStatusLine(statefulSet, spec.selector, around),
    templateLines(spec.template),
    claimTemplateLines(spec.volumeClaimTemplates),
  ]);
}

/** describeVolumeClaimTemplates. */
function claimTemplateLines(templates: readonly PersistentVolumeClaim[] = []): string {
  if (templates.length === 0) return line(0, "Volume Claims:\t<none>");
  const blocks = templates.map(({ metadata, spec = {} }) =>
    [
      line(1, `Name:\t${metadata.name}`),
      line(1, `StorageClass:\t${storageClassOf(metadata, spec.storageClassName)}`),
      multiline("  Labels", pairTexts(metadata.labels)),
      multiline("  Annotations", pairTexts(metadata.annotations)),
      line(1, `Capacity:\t${spec.resources?.requests?.["storage"] ?? "<default>"}`),
      line(1, `Access Modes:\t[${spec.accessModes?.join(" ") ?? ""}]`),
    ].join(""),
  );
  return line(0, "Volume Claims:") + blocks.join("");
}

/** describeDaemonSet. */
export function describeDaemonSet(daemonSet: DaemonSet, around: Around): string {
  const { spec, status } = daemonSet;
  const nodes = "Number of Nodes";
  return described(daemonSet, around, [
    nameLines(daemonSet),
    line(0, `Selector:\t${labelSelectorText(spec?.selector ?? {})}`),
    line(0, `Node-Selector:\t${formatLabels(spec?.template?.spec.nodeSelector)}`),
    metadataLines(daemonSet),
    line(0, `Desired ${nodes} Scheduled: ${status?.desiredNumberScheduled ?? 0}`),
    line(0, `Current ${nodes} Scheduled: ${status?.currentNumberScheduled ?? 0}`),
    line(0, `${nodes} Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`),
    line(0, `${nodes} Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`),
    line(0, `${nodes} Misscheduled: ${status?.numberMisscheduled ?? 0}`),
    podsStatusLine(daemonSet, spec?.selector, around),
    templateLines(spec?.template),
  ]);
}
