import type { KubeObject, QuantityText, ResourceList } from "./meta.ts";
import type { LabelSelector } from "./label-selector.ts";
import type { NodeSelectorTerm } from "./pod.ts";
import type { IscsiVolumeSource, StorageOsVolumeSource, VolumePlugins } from "./volume-plugins.ts";

/** A piece of storage. */
export interface PersistentVolume extends KubeObject {
  readonly kind: "PersistentVolume";
  readonly spec?: PersistentVolumeSpec;
  readonly status?: {
    readonly phase?: "Pending" | "Available" | "Bound" | "Released" | "Failed";
    readonly message?: string;
    readonly reason?: string;
    readonly lastPhaseTransitionTime?: string;
  };
}

export interface PersistentVolumeSpec extends PersistentVolumeSource {
  readonly capacity?: ResourceList;
  readonly accessModes?: readonly string[];
  readonly persistentVolumeReclaimPolicy?: "Delete" | "Recycle" | "Retain";
  readonly storageClassName?: string;
  readonly mountOptions?: readonly string[];
  readonly volumeMode?: "Filesystem" | "Block";
  readonly volumeAttributesClassName?: string;
  readonly claimRef?: {
    readonly namespace?: string;
    readonly name?: string;
    readonly uid?: string;
  };
  readonly nodeAffinity?: {
    readonly required?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] };
  };
}

/** Where it is; what a pod's volume of the same plugin has, and the three of its own. */
interface PersistentVolumeSource
  extends Omit<
    VolumePlugins,
    "gitRepo" | "csi" | "ephemeral" | "image" | "cinder" | "iscsi" | "storageos"
  > {
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly local?: { readonly path: string; readonly fsType?: string };
  readonly csi?: CSIPersistentVolumeSource;
  readonly cinder?: { readonly volumeID: string; readonly secretRef?: SecretReference };
  readonly iscsi?: Omit<IscsiVolumeSource, "secretRef"> & { readonly secretRef?: SecretReference };
  readonly storageos?: Omit<StorageOsVolumeSource, "secretRef"> & {
    readonly secretRef?: SecretReference;
  };
}

export interface SecretReference {
  readonly name?: string;
  readonly namespace?: string;
}

export interface CSIPersistentVolumeSource {
  readonly driver: string;
  readonly volumeHandle: string;
  readonly readOnly?: boolean;
  readonly fsType?: string;
  readonly volumeAttributes?: Readonly<Record<string, string>>;
  readonly controllerPublishSecretRef?: SecretReference;
  readonly nodeStageSecretRef?: SecretReference;
  readonly nodePublishSecretRef?: SecretReference;
  readonly controllerExpandSecretRef?: SecretReference;
  readonly nodeExpandSecretRef?: SecretReference;
}

export interface StorageClass extends KubeObject {
  readonly kind: "StorageClass";
  readonly provisioner: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reclaimPolicy?: "Delete" | "Recycle" | "Retain";
  readonly mountOptions?: readonly string[];
  readonly allowVolumeExpansion?: boolean;
  readonly volumeBindingMode?: "Immediate" | "WaitForFirstConsumer";
  readonly allowedTopologies?: readonly TopologySelectorTerm[];
}

export interface TopologySelectorTerm {
  readonly matchLabelExpressions?: readonly {
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

/** The storage drivers of a node; it has the node's name. */
export interface CSINode extends KubeObject {
  readonly kind: "CSINode";
  readonly spec?: {
    readonly drivers?: readonly {
      readonly name: string;
      readonly allocatable?: { readonly count?: number };
    }[];
  };
}

export interface CSIDriver extends KubeObject {
  readonly kind: "CSIDriver";
  readonly spec?: { readonly storageCapacity?: boolean };
}

/** How much of a class can be provisioned where. */
export interface CSIStorageCapacity extends KubeObject {
  readonly kind: "CSIStorageCapacity";
  readonly storageClassName: string;
  readonly nodeTopology?: LabelSelector;
  readonly capacity?: QuantityText;
  readonly maximumVolumeSize?: QuantityText;
}

export interface VolumeAttachment extends KubeObject {
  readonly kind: "VolumeAttachment";
  readonly spec?: {
    readonly attacher?: string;
    readonly nodeName?: string;
    readonly source?: { readonly persistentVolumeName?: string };
  };
}
