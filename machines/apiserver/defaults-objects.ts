import type { PriorityClass, Secret } from "../api/configuration-objects.ts";
import type { Node } from "../api/node.ts";
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
} from "../api/persistent-volume-claim.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { setDefaultsResourceList, setDefaultsResources } from "./defaults-container.ts";

/** Allocatable is the capacity unless it is given; SetDefaults_NodeStatus. */
export function setDefaultsNode(node: Unchecked<Node>): Unchecked<Node> {
  const { status } = node;
  const allocatable = status?.allocatable ?? status?.capacity;
  if (status === undefined || allocatable === undefined) return node;
  return {
    ...node,
    status: {
      ...status,
      ...(status.capacity && { capacity: setDefaultsResourceList(status.capacity) }),
      allocatable: setDefaultsResourceList(allocatable),
    },
  };
}

/** SetDefaults_Secret. */
export function setDefaultsSecret(secret: Unchecked<Secret>): Unchecked<Secret> {
  return { ...secret, type: secret.type || "Opaque" };
}

/** SetDefaults_PersistentVolumeClaim and what is below it. */
export function setDefaultsPersistentVolumeClaim(
  claim: Unchecked<PersistentVolumeClaim>,
): Unchecked<PersistentVolumeClaim> {
  return {
    ...claim,
    spec: setDefaultsPersistentVolumeClaimSpec(claim.spec ?? {}),
    status: { ...claim.status, phase: claim.status?.phase || "Pending" },
  };
}

/** Also of a template in a pod's ephemeral volume. */
export function setDefaultsPersistentVolumeClaimSpec(
  spec: Unchecked<PersistentVolumeClaimSpec>,
): Unchecked<PersistentVolumeClaimSpec> {
  return {
    ...spec,
    volumeMode: spec.volumeMode ?? "Filesystem",
    ...(spec.resources && { resources: setDefaultsResources(spec.resources) }),
  };
}

/** pkg/apis/scheduling/v1/defaults.go SetDefaults_PriorityClass. */
export function setDefaultsPriorityClass(
  priorityClass: Unchecked<PriorityClass>,
): Unchecked<PriorityClass> {
  return {
    ...priorityClass,
    preemptionPolicy: priorityClass.preemptionPolicy ?? "PreemptLowerPriority",
  };
}
