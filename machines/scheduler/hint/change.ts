import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  StorageClass,
  VolumeAttachment,
} from "../../api/storage-objects.ts";
import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { ActionType } from "../queue/cluster-event.ts";

/** The kinds that a change may help a pod through. */
export interface HintedKinds {
  readonly Pod: Pod;
  readonly Node: Node;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly PersistentVolume: PersistentVolume;
  readonly StorageClass: StorageClass;
  readonly CSINode: CSINode;
  readonly CSIDriver: CSIDriver;
  readonly CSIStorageCapacity: CSIStorageCapacity;
  readonly VolumeAttachment: VolumeAttachment;
}

/** An object that came (without `before`), went (without `after`) or is another now. */
export type Change = { [Kind in keyof HintedKinds]: Changed<Kind> }[keyof HintedKinds];

export interface Changed<Kind extends keyof HintedKinds> {
  readonly kind: Kind;
  readonly before?: HintedKinds[Kind];
  readonly after?: HintedKinds[Kind];
}

/**
 * An event that a plugin asks to be told of, because it may help a pod that it refused;
 * kube-scheduler framework/types.go ClusterEventWithHint.
 */
export type HintedEvent = { [Kind in keyof HintedKinds]: Hinted<Kind> }[keyof HintedKinds];

export interface Hinted<Kind extends keyof HintedKinds> {
  readonly kind: Kind;
  readonly actions: readonly ActionType[];
  /** Whether the pod is worth another attempt now; without a hint it always is. */
  readonly hint?: (
    podInfo: PodInfo,
    before: HintedKinds[Kind] | undefined,
    after: HintedKinds[Kind] | undefined,
    handle: Handle,
  ) => boolean;
}
