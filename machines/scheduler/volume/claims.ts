import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod, Volume } from "../../api/pod.ts";
import type { PersistentVolume, StorageClass } from "../../api/storage-objects.ts";
import type { Handle } from "../framework/handle.ts";
import { namespacedName } from "../framework/node-info.ts";

/** The claim behind a volume of a pod. */
export interface ClaimOfVolume {
  readonly claimName: string;
  /** Made for this pod, and named after it; component-helpers/storage/ephemeral VolumeClaimName. */
  readonly isEphemeral: boolean;
}

/** Undefined for a volume without a claim. */
export function claimOfVolume(pod: Pod, volume: Volume): ClaimOfVolume | undefined {
  const { persistentVolumeClaim, ephemeral } = volume;
  if (persistentVolumeClaim !== undefined) {
    return { claimName: persistentVolumeClaim.claimName, isEphemeral: false };
  }
  if (ephemeral === undefined) return undefined;
  return { claimName: `${pod.metadata.name}-${volume.name}`, isEphemeral: true };
}

export function getClaim(
  { persistentVolumeClaims }: Handle,
  pod: Pod,
  claimName: string,
): PersistentVolumeClaim | undefined {
  return persistentVolumeClaims.get(namespacedName(pod.metadata.namespace, claimName));
}

/** Why an ephemeral claim is not this pod's; component-helpers/storage/ephemeral VolumeIsForPod. */
export function claimOwnerError(pod: Pod, claim: PersistentVolumeClaim): string | undefined {
  const { namespace = "", ownerReferences = [] } = claim.metadata;
  const { namespace: podNamespace = "", name, uid } = pod.metadata;
  const controller = ownerReferences.find((owner) => owner.controller === true);
  if (namespace === podNamespace && controller !== undefined && controller.uid === uid) {
    return undefined;
  }
  const claimKey = `${namespace}/${claim.metadata.name}`;
  return `PVC ${claimKey} was not created for pod ${podNamespace}/${name} (pod is not owner)`;
}

const betaStorageClass = "volume.beta.kubernetes.io/storage-class";

/** component-helpers/storage/volume GetPersistentVolumeClaimClass */
export function getClaimClass({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[betaStorageClass] ?? spec?.storageClassName ?? "";
}

/** component-helpers/storage/volume GetPersistentVolumeClass */
export function getVolumeClass({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[betaStorageClass] ?? spec?.storageClassName ?? "";
}

/** The words of the API for what is not there; apimachinery pkg/api/errors NewNotFound. */
export const notFound = {
  claim: (name: string) => `persistentvolumeclaim "${name}" not found`,
  volume: (name: string) => `persistentvolume "${name}" not found`,
  storageClass: (name: string) => `storageclass.storage.k8s.io "${name}" not found`,
} as const;

/** A class that says nothing of when it binds cannot be used; the API server fills that in. */
export function bindingModeError({ metadata }: StorageClass): string {
  return `VolumeBindingMode not set for StorageClass "${metadata.name}"`;
}
