/** What a pod's and a container's security context have in common, but for what pod.ts has. */
export interface SecurityContextDetails {
  readonly runAsGroup?: number;
  readonly seLinuxOptions?: {
    readonly user?: string;
    readonly role?: string;
    readonly type?: string;
    readonly level?: string;
  };
  readonly windowsOptions?: WindowsSecurityContextOptions;
  readonly appArmorProfile?: SecurityProfile;
}

/** An AppArmor profile; a seccomp profile has the same form. */
export interface SecurityProfile {
  readonly type: string;
  readonly localhostProfile?: string;
}

export interface WindowsSecurityContextOptions {
  readonly gmsaCredentialSpecName?: string;
  readonly gmsaCredentialSpec?: string;
  readonly runAsUserName?: string;
  readonly hostProcess?: boolean;
}

/** Only in a pod's. */
export interface PodSecurityContextDetails extends SecurityContextDetails {
  readonly supplementalGroups?: readonly number[];
  readonly supplementalGroupsPolicy?: "Merge" | "Strict";
  readonly fsGroupChangePolicy?: "OnRootMismatch" | "Always";
  readonly seLinuxChangePolicy?: "Recursive" | "MountOption";
}

/** Only in a container's. */
export interface ContainerSecurityContextDetails extends SecurityContextDetails {
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly readOnlyRootFilesystem?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly procMount?: "Default" | "Unmasked";
}
