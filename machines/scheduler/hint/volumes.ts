import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import type { CSINode } from "../../api/storage-objects.ts";
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

/** plugins/nodevolumelimits/csi.go EventsToRegister, of the objects that are modelled. */
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
      return (before.spec.volumes ?? []).some((volume) => claimOfVolume(before, volume));
    },
  },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add"],
    hint: ({ pod }, _, after) => names(pod, after, true),
  },
];

/** plugins/volumebinding/volume_binding.go EventsToRegister, of the objects that are modelled. */
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
];

/** plugins/volumezone/volume_zone.go EventsToRegister, of the objects that are modelled. */
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
      before === undefined ||
      after === undefined ||
      !isEqual(getPvTopologies(before), getPvTopologies(after)),
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

/** api core/v1/well_known_labels.go MigratedPluginsAnnotationKey */
function migratedPluginsOf(csiNode: CSINode | undefined): string | undefined {
  return csiNode?.metadata.annotations?.["storage.alpha.kubernetes.io/migrated-plugins"];
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
