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

/** Objects of a kind; a map is one. */
export interface Lister<Type> {
  readonly get: (key: string) => Type | undefined;
  readonly values: () => Iterable<Type>;
}

/**
 * All that plugins see beside the pod: upstream their listers. Namespaced objects have the
 * key `namespace/name`, the others the name.
 */
export interface Handle {
  readonly snapshot: Snapshot;
  /** Pods that wait for room on the node, as they entered the nominator. */
  readonly nominatedPodsForNode: (nodeName: string) => readonly PodInfo[];
  /** Labels by namespace. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly persistentVolumeClaims: Lister<PersistentVolumeClaim>;
  readonly persistentVolumes: Lister<PersistentVolume>;
  readonly storageClasses: Lister<StorageClass>;
  readonly csiNodes: Lister<CSINode>;
  readonly csiDrivers: Lister<CSIDriver>;
  readonly csiStorageCapacities: readonly CSIStorageCapacity[];
  readonly volumeAttachments: readonly VolumeAttachment[];
  readonly services: readonly Service[];
  readonly replicationControllers: Lister<ReplicationController>;
  readonly replicaSets: Lister<ReplicaSet>;
  readonly statefulSets: Lister<StatefulSet>;
  readonly podDisruptionBudgets: readonly PodDisruptionBudget[];
}
