import type { KubeObject, QuantityText, ResourceList } from "./meta.ts";
import type { LabelSelector } from "./label-selector.ts";
import type { NodeSelectorTerm } from "./pod.ts";

/** A piece of storage; the part that decides where a pod can run. */
export interface PersistentVolume extends KubeObject {
  readonly kind: "PersistentVolume";
  readonly spec?: {
    readonly capacity?: ResourceList;
    readonly accessModes?: readonly string[];
    readonly storageClassName?: string;
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
    readonly csi?: { readonly driver: string; readonly volumeHandle: string };
  };
  readonly status?: {
    readonly phase?: "Pending" | "Available" | "Bound" | "Released" | "Failed";
  };
}

export interface StorageClass extends KubeObject {
  readonly kind: "StorageClass";
  readonly provisioner: string;
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
