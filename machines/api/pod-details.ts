import type { TopologySpreadConstraint } from "./affinity.ts";

/** Fields of a pod's spec that are checked and shown, but decide nothing on a node of the model. */
export interface PodSpecDetails {
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly setHostnameAsFQDN?: boolean;
  readonly hostnameOverride?: string;
  readonly enableServiceLinks?: boolean;
  /** The old name of `serviceAccountName`; the API server keeps both equal. */
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly dnsConfig?: {
    readonly nameservers?: readonly string[];
    readonly searches?: readonly string[];
    readonly options?: readonly { readonly name?: string; readonly value?: string }[];
  };
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly resourceClaims?: readonly PodResourceClaim[];
  /** Behind a gate that is off: dropped when a pod is created. */
  readonly workloadRef?: object;
}

export interface PodResourceClaim {
  readonly name: string;
  readonly resourceClaimName?: string;
  readonly resourceClaimTemplateName?: string;
}

/** The same of a container. */
export interface ContainerDetails {
  readonly volumeDevices?: readonly { readonly name: string; readonly devicePath: string }[];
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  readonly stdinOnce?: boolean;
}

export interface ContainerResizePolicy {
  readonly resourceName: string;
  readonly restartPolicy: string;
}

/** The same of a mount. */
export interface VolumeMountDetails {
  readonly recursiveReadOnly?: "Disabled" | "IfPossible" | "Enabled";
  readonly mountPropagation?: "None" | "HostToContainer" | "Bidirectional";
  readonly subPathExpr?: string;
}

/** The same of resource requirements: a claim of a device. */
export interface ResourceRequirementsDetails {
  readonly claims?: readonly { readonly name: string; readonly request?: string }[];
}

/** An environment variable from a file that an init container wrote. */
export interface FileKeySelector {
  readonly volumeName: string;
  readonly path: string;
  readonly key: string;
  readonly optional?: boolean;
}
