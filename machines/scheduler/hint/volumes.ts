import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod, Volume } from "../../api/pod.ts";
import { quantityValue } from "../../api/quantity.ts";
import { mustParse } from "../../api/quantity-text.ts";
import type { CSINode, CSIStorageCapacity, PersistentVolume } from "../../api/storage-objects.ts";
import { isVolumeConflict } from "../filter/volume-restrictions.ts";
import { getPvTopologies } from "../filter/volume-zone.ts";
import { claimOfVolume } from "../volume/claims.ts";
import type { HintedEvent } from "./change.ts";
import { holdsRoom } from "./resources.ts";

/** plugins/volumerestrictions/volume_restrictions.go EventsToRegister */
export const volumeRestrictionsEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["Delete"],
    hint: ({ pod }, before) => {
      if (before === undefined || !isOfNamespace(pod, before)) return false;
      const { volumes = [] } = pod.spec;
      if (volumes.some((volume) => isVolumeConflict(volume, before))) return true;
      const theirs = claimNames(before, false);
      return claimNames(pod, false).some((name) => theirs.includes(name));
    },
  },
  { kind: "Node", actions: ["Add"] },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add"],
    hint: ({ pod }, _, after) => names(pod, after, false),
  },
];

/** plugins/nodevolumelimits/csi.go EventsToRegister */
export const nodeVolumeLimitsEvents: readonly HintedEvent[] = [
  { kind: "CSINode", actions: ["Add"] },
  {
    kind: "CSINode",
    actions: ["Update"],
    hint: (_, before, after) => isLimitRaised(before, after),
  },
  {
    kind: "Pod",
    actions: ["Delete"],
    hint: (_, before) => {
      if (before === undefined || !holdsRoom(before)) return false;
      return (before.spec.volumes ?? []).some((volume) => {
        return (
          claimOfVolume(before, volume) !== undefined || migratedDriverOf(volume) !== undefined
        );
      });
    },
  },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add"],
    hint: ({ pod }, _, after) => names(pod, after, true),
  },
  {
    kind: "VolumeAttachment",
    actions: ["Delete"],
    hint: ({ pod: { spec } }, before) =>
      (spec.volumes ?? []).some((volume) => {
        if (volume.persistentVolumeClaim !== undefined) return true;
        return migratedDriverOf(volume) === (before?.spec?.attacher ?? "");
      }),
  },
];

/** plugins/volumebinding/volume_binding.go EventsToRegister */
export const volumeBindingEvents: readonly HintedEvent[] = [
  {
    kind: "StorageClass",
    actions: ["Add", "Update"],
    hint: (_, before, after) =>
      before === undefined || !isEqual(before.allowedTopologies, after?.allowedTopologies),
  },
  { kind: "PersistentVolume", actions: ["Add", "Update"] },
  {
    kind: "CSINode",
    actions: ["Add", "Update"],
    hint: (_, before, after) =>
      before === undefined || migratedPluginsOf(before) !== migratedPluginsOf(after),
  },
  { kind: "Node", actions: ["Add", "UpdateNodeLabel"] },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add", "Update"],
    hint: ({ pod }, _, after) => names(pod, after, true),
  },
  {
    kind: "CSIDriver",
    actions: ["Update"],
    hint: ({ pod: { spec } }, before, after) => {
      const isUsed = spec.volumes?.some(({ csi }) => csi?.driver === after?.metadata.name);
      const wasTracked = before?.spec?.storageCapacity === true;
      return isUsed === true && wasTracked && after?.spec?.storageCapacity !== true;
    },
  },
  {
    kind: "CSIStorageCapacity",
    actions: ["Add", "Update"],
    hint: (_, before, after) => {
      const limit = limitOf(after);
      if (before === undefined || limit === undefined) return before === undefined;
      const old = limitOf(before);
      return old === undefined || limit > old;
    },
  },
];

/** plugins/volumezone/volume_zone.go EventsToRegister */
export const volumeZoneEvents: readonly HintedEvent[] = [
  {
    kind: "StorageClass",
    actions: ["Add"],
    hint: (_, __, after) => after?.volumeBindingMode === "WaitForFirstConsumer",
  },
  {
    kind: "PersistentVolume",
    actions: ["Add", "Update"],
    hint: (_, before, after) =>
      before === undefined || after === undefined || !isEqual(zonesOf(before), zonesOf(after)),
  },
  { kind: "Node", actions: ["Add", "UpdateNodeLabel"] },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add", "Update"],
    hint: ({ pod }, _, after) => names(pod, after, false),
  },
];

/** `isSchedulableAfterCSINodeUpdated` */
function isLimitRaised(before: CSINode | undefined, after: CSINode | undefined): boolean {
  const limits = new Map(before?.spec?.drivers?.map((one) => [one.name, one.allocatable?.count]));
  return (after?.spec?.drivers ?? []).some(({ name, allocatable }) => {
    return (allocatable?.count ?? 0) > (limits.get(name) ?? 0);
  });
}

/** binder.go volumeLimit, in bytes. */
function limitOf(capacity: CSIStorageCapacity | undefined): number | undefined {
  const limit = capacity?.maximumVolumeSize ?? capacity?.capacity;
  return limit === undefined ? undefined : quantityValue(mustParse(limit));
}

/** csi-translation-lib TranslateInTreeInlineVolumeToCSI: the driver alone. */
function migratedDriverOf(volume: Volume): string | undefined {
  if (volume.awsElasticBlockStore !== undefined) return "ebs.csi.aws.com";
  if (volume.azureDisk !== undefined) return "disk.csi.azure.com";
  if (volume.azureFile !== undefined) return "file.csi.azure.com";
  if (volume.cinder !== undefined) return "cinder.csi.openstack.org";
  if (volume.gcePersistentDisk !== undefined) return "pd.csi.storage.gke.io";
  if (volume.portworxVolume !== undefined) return "pxd.portworx.com";
  return volume.vsphereVolume === undefined ? undefined : "csi.vsphere.vmware.com";
}

/** api core/v1/well_known_labels.go MigratedPluginsAnnotationKey */
function migratedPluginsOf(csiNode: CSINode | undefined): string | undefined {
  return csiNode?.metadata.annotations?.["storage.alpha.kubernetes.io/migrated-plugins"];
}

/** Each zone once, whatever the order. */
function zonesOf(volume: PersistentVolume): readonly unknown[] {
  return getPvTopologies(volume).map(({ key, values }) => [key, [...new Set(values)].toSorted()]);
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}

/** Whether the pod asks for the claim; some plugins look at claims made for the pod, too. */
function names(
  pod: Pod,
  claim: PersistentVolumeClaim | undefined,
  countsEphemeral: boolean,
): boolean {
  if (claim === undefined || !isOfNamespace(pod, claim)) return false;
  return claimNames(pod, countsEphemeral).includes(claim.metadata.name);
}

function claimNames(pod: Pod, countsEphemeral: boolean): readonly string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const claim = claimOfVolume(pod, volume);
    return claim === undefined || (claim.isEphemeral && !countsEphemeral) ? [] : [claim.claimName];
  });
}

function isOfNamespace(pod: Pod, { metadata }: Pick<Pod, "metadata">): boolean {
  return (pod.metadata.namespace ?? "") === (metadata.namespace ?? "");
}
