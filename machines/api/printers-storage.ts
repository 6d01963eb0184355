import { kindPrinter } from "./kind-printer.ts";
import type { ObjectMeta } from "./meta.ts";
import type { PersistentVolumeClaim } from "./persistent-volume-claim.ts";
import { age } from "./printers.ts";
import type { PersistentVolume, StorageClass } from "./storage-objects.ts";

const shortModes = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
] as const;

/** Each once, in this order; pkg/apis/core/helper GetAccessModesAsString. */
export function accessModesText(modes: readonly string[] = []): string {
  const known = shortModes.filter(([mode]) => modes.includes(mode));
  return known.map(([, short]) => short).join(",");
}

const classKey = "volume.beta.kubernetes.io/storage-class";

/** The annotation counts before the field; GetPersistentVolumeClaimClass. */
export function storageClassOf(
  { annotations = {} }: Pick<ObjectMeta, "annotations">,
  name: string | undefined,
): string {
  return annotations[classKey] ?? name ?? "";
}

/** pkg/printers/internalversion/printers.go printPersistentVolume. */
export const persistentVolumes = kindPrinter<PersistentVolume>(
  "NAME | CAPACITY | ACCESS MODES | RECLAIM POLICY | STATUS | CLAIM | STORAGECLASS | VOLUMEATTRIBUTESCLASS | REASON | AGE | +VOLUMEMODE",
  ({ metadata, spec = {}, status = {} }, nowMs) => {
    const { claimRef } = spec;
    const isGoing = metadata.deletionTimestamp !== undefined;
    return [
      metadata.name,
      String(spec.capacity?.["storage"] ?? "0"),
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? "",
      isGoing ? "Terminating" : (status.phase ?? ""),
      claimRef === undefined ? "" : `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}`,
      storageClassOf(metadata, spec.storageClassName),
      spec.volumeAttributesClassName ?? "<unset>",
      status.reason ?? "",
      age(metadata.creationTimestamp, nowMs),
      spec.volumeMode ?? "<unset>",
    ];
  },
);

/** printPersistentVolumeClaim; what it has is shown once it has a volume. */
export const persistentVolumeClaims = kindPrinter<PersistentVolumeClaim>(
  "NAME | STATUS | VOLUME | CAPACITY | ACCESS MODES | STORAGECLASS | VOLUMEATTRIBUTESCLASS | AGE | +VOLUMEMODE",
  ({ metadata, spec = {}, status = {} }, nowMs) => {
    const { volumeName = "" } = spec;
    const isGoing = metadata.deletionTimestamp !== undefined;
    const capacity = String(status.capacity?.["storage"] ?? "0");
    return [
      metadata.name,
      isGoing ? "Terminating" : (status.phase ?? ""),
      volumeName,
      volumeName === "" ? "" : capacity,
      volumeName === "" ? "" : accessModesText(status.accessModes),
      storageClassOf(metadata, spec.storageClassName),
      spec.volumeAttributesClassName ?? "<unset>",
      age(metadata.creationTimestamp, nowMs),
      spec.volumeMode ?? "<unset>",
    ];
  },
);

const defaultKeys = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
] as const;

/** printStorageClass. */
export const storageClasses = kindPrinter<StorageClass>(
  "NAME | PROVISIONER | RECLAIMPOLICY | VOLUMEBINDINGMODE | ALLOWVOLUMEEXPANSION | AGE",
  (storageClass, nowMs) => {
    const { metadata, provisioner, reclaimPolicy, volumeBindingMode } = storageClass;
    const isDefault = defaultKeys.some((key) => metadata.annotations?.[key] === "true");
    return [
      isDefault ? `${metadata.name} (default)` : metadata.name,
      provisioner,
      reclaimPolicy ?? "Delete",
      volumeBindingMode ?? "Immediate",
      storageClass.allowVolumeExpansion ?? false,
      age(metadata.creationTimestamp, nowMs),
    ];
  },
);
