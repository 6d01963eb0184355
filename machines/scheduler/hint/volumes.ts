import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import { isVolumeConflict } from "../filter/volume-restrictions.ts";
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
  { kind: "Node", actions: ["Add", "UpdateNodeLabel"] },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add", "Update"],
    hint: ({ pod }, _, after) => names(pod, after, true),
  },
];

/** plugins/volumezone/volume_zone.go EventsToRegister, of the objects that are modelled. */
export const volumeZoneEvents: readonly HintedEvent[] = [
  { kind: "Node", actions: ["Add", "UpdateNodeLabel"] },
  {
    kind: "PersistentVolumeClaim",
    actions: ["Add", "Update"],
    hint: ({ pod }, _, after) => names(pod, after, false),
  },
];

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
