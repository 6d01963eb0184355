import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject, ObjectMeta, ResourceList } from "./meta.ts";

/** A request for storage; a pod mounts it by name. */
export interface PersistentVolumeClaim extends KubeObject {
  readonly kind: "PersistentVolumeClaim";
  readonly spec?: PersistentVolumeClaimSpec;
  readonly status?: {
    readonly phase?: "Pending" | "Bound" | "Lost";
    readonly accessModes?: readonly string[];
    readonly capacity?: ResourceList;
    readonly conditions?: readonly PersistentVolumeClaimCondition[];
    readonly currentVolumeAttributesClassName?: string;
    readonly modifyVolumeStatus?: { readonly targetVolumeAttributesClassName?: string };
    readonly allocatedResources?: ResourceList;
  };
}

export interface PersistentVolumeClaimCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastProbeTime?: string | null;
  readonly lastTransitionTime?: string | null;
}

export interface PersistentVolumeClaimSpec {
  readonly accessModes?: readonly string[];
  readonly selector?: LabelSelector;
  readonly resources?: { readonly limits?: ResourceList; readonly requests?: ResourceList };
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly volumeMode?: "Filesystem" | "Block";
  readonly dataSource?: TypedReference;
  readonly dataSourceRef?: TypedReference & { readonly namespace?: string };
  readonly volumeAttributesClassName?: string;
}

export interface TypedReference {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

/** What a pod's generic ephemeral volume makes its claim from. */
export interface PersistentVolumeClaimTemplate {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec: PersistentVolumeClaimSpec;
}
