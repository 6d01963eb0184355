import type { QuantityText } from "./meta.ts";

/** One key of a ConfigMap or Secret as a file of a volume. */
export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

export interface ObjectFieldSelector {
  readonly apiVersion?: string;
  readonly fieldPath: string;
}

export interface ResourceFieldSelector {
  readonly containerName?: string;
  readonly resource: string;
  readonly divisor?: QuantityText;
}

/** A field of the pod as a file of a volume. */
export interface DownwardApiVolumeFile {
  readonly path: string;
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
  readonly mode?: number;
}

export interface DownwardApiVolumeSource {
  readonly items?: readonly DownwardApiVolumeFile[];
  readonly defaultMode?: number;
}

/** One of the sources that a projected volume lays over each other. */
export interface VolumeProjection {
  readonly secret?: NamedItems;
  readonly configMap?: NamedItems;
  readonly downwardAPI?: { readonly items?: readonly DownwardApiVolumeFile[] };
  readonly serviceAccountToken?: {
    readonly audience?: string;
    readonly expirationSeconds?: number;
    readonly path: string;
  };
  /** Behind gates that are off: dropped when a pod is created. */
  readonly clusterTrustBundle?: object;
  readonly podCertificate?: object;
}

interface NamedItems {
  readonly name?: string;
  readonly items?: readonly KeyToPath[];
  readonly optional?: boolean;
}
