import type { PersistentVolumeClaimTemplate } from "./persistent-volume-claim.ts";

/** Volumes of network storage and drivers: checked, shown, never mounted by the model. */
export interface VolumePlugins {
  readonly gcePersistentDisk?: {
    readonly pdName: string;
    readonly partition?: number;
    readonly readOnly?: boolean;
  };
  readonly awsElasticBlockStore?: { readonly volumeID: string; readonly partition?: number };
  readonly gitRepo?: { readonly repository: string; readonly directory?: string };
  readonly nfs?: { readonly server: string; readonly path: string };
  readonly iscsi?: IscsiVolumeSource;
  readonly glusterfs?: { readonly endpoints: string; readonly path: string };
  readonly rbd?: RbdVolumeSource;
  readonly flexVolume?: {
    readonly driver: string;
    readonly options?: Readonly<Record<string, string>>;
  };
  readonly cinder?: { readonly volumeID: string; readonly secretRef?: { readonly name?: string } };
  readonly cephfs?: { readonly monitors: readonly string[] };
  readonly flocker?: { readonly datasetName?: string; readonly datasetUUID?: string };
  readonly fc?: {
    readonly targetWWNs?: readonly string[];
    readonly lun?: number;
    readonly wwids?: readonly string[];
  };
  readonly azureFile?: { readonly secretName: string; readonly shareName: string };
  readonly vsphereVolume?: { readonly volumePath: string };
  readonly quobyte?: {
    readonly registry: string;
    readonly volume: string;
    readonly tenant?: string;
  };
  readonly azureDisk?: AzureDiskVolumeSource;
  readonly photonPersistentDisk?: { readonly pdID: string };
  readonly portworxVolume?: { readonly volumeID: string };
  readonly scaleIO?: ScaleIoVolumeSource;
  readonly storageos?: StorageOsVolumeSource;
  readonly csi?: {
    readonly driver: string;
    readonly volumeAttributes?: Readonly<Record<string, string>>;
    readonly nodePublishSecretRef?: { readonly name?: string };
  };
  readonly ephemeral?: { readonly volumeClaimTemplate?: PersistentVolumeClaimTemplate };
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
}

export interface IscsiVolumeSource {
  readonly targetPortal: string;
  readonly iqn: string;
  readonly lun?: number;
  readonly iscsiInterface?: string;
  readonly readOnly?: boolean;
  readonly chapAuthDiscovery?: boolean;
  readonly chapAuthSession?: boolean;
  readonly secretRef?: { readonly name?: string };
  readonly initiatorName?: string;
}

export interface RbdVolumeSource {
  readonly monitors: readonly string[];
  readonly image: string;
  readonly pool?: string;
  readonly user?: string;
  readonly keyring?: string;
  readonly readOnly?: boolean;
}

export interface AzureDiskVolumeSource {
  readonly diskName: string;
  readonly diskURI: string;
  readonly cachingMode?: string;
  readonly fsType?: string;
  readonly readOnly?: boolean;
  readonly kind?: string;
}

export interface ScaleIoVolumeSource {
  readonly gateway: string;
  readonly system: string;
  readonly volumeName?: string;
  readonly storageMode?: string;
  readonly fsType?: string;
}

export interface StorageOsVolumeSource {
  readonly volumeName?: string;
  readonly volumeNamespace?: string;
  readonly secretRef?: { readonly name?: string };
}
