import type { Service } from "../../api/network-objects.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { PodDisruptionBudget } from "../../api/policy-objects.ts";
import type { Labels } from "../../api/selector.ts";
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  StorageClass,
  VolumeAttachment,
} from "../../api/storage-objects.ts";
import type { ReplicaSet, ReplicationController, StatefulSet } from "../../api/workload-objects.ts";
import type { PodInfo } from "./pod-info.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * All that plugins see beside the pod: upstream their listers. Maps of namespaced objects have the
 * key `namespace/name`, the others the name.
 */
export interface Handle {
  readonly snapshot: Snapshot;
  /** Pods that wait for room on the node, as they entered the nominator. */
  readonly nominatedPodsForNode: (nodeName: string) => readonly PodInfo[];
  /** Labels by namespace. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly persistentVolumeClaims: ReadonlyMap<string, PersistentVolumeClaim>;
  readonly persistentVolumes: ReadonlyMap<string, PersistentVolume>;
  readonly storageClasses: ReadonlyMap<string, StorageClass>;
  readonly csiNodes: ReadonlyMap<string, CSINode>;
  readonly csiDrivers: ReadonlyMap<string, CSIDriver>;
  readonly csiStorageCapacities: readonly CSIStorageCapacity[];
  readonly volumeAttachments: readonly VolumeAttachment[];
  readonly services: readonly Service[];
  readonly replicationControllers: ReadonlyMap<string, ReplicationController>;
  readonly replicaSets: ReadonlyMap<string, ReplicaSet>;
  readonly statefulSets: ReadonlyMap<string, StatefulSet>;
  readonly podDisruptionBudgets: readonly PodDisruptionBudget[];
}
