import type { RuntimeClass } from "../api/configuration-objects.ts";
import type { Node } from "../api/node.ts";
import type { PersistentVolume, StorageClass } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { warningsForCidr } from "./validation-ip.ts";
import { deprecatedLabel, termWarnings } from "./warnings-selectors.ts";

/** pkg/registry/core/node/strategy.go nodeWarnings. */
export function nodeWarnings({ spec = {} }: Unchecked<Node>): readonly string[] {
  return (spec.podCIDRs ?? []).flatMap((range, index) => {
    return warningsForCidr(`spec.podCIDRs[${index}]`, range);
  });
}

/** pkg/api/node/util.go GetWarningsForRuntimeClass. */
export function runtimeClassWarnings({ scheduling }: Unchecked<RuntimeClass>): readonly string[] {
  return Object.keys(scheduling?.nodeSelector ?? {}).flatMap((key) => {
    return deprecatedLabel(key, "scheduling.nodeSelector: ");
  });
}

/** pkg/api/storage/util.go GetWarningsForStorageClass. */
export function storageClassWarnings(storageClass: Unchecked<StorageClass>): readonly string[] {
  return (storageClass.allowedTopologies ?? []).flatMap((term, index) => {
    return (term.matchLabelExpressions ?? []).flatMap(({ key = "" }, at) => {
      const path = `allowedTopologies[${index}].matchLabelExpressions[${at}].key`;
      return deprecatedLabel(key, `${path}: `);
    });
  });
}

const deprecatedAnnotations = [
  ["storage-class", 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ["mount-options", 'deprecated since v1.31; use "mountOptions" attribute instead'],
] as const;

const deprecatedPlugins = [
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
] as const;

/** pkg/api/persistentvolume/util.go GetWarningsForPersistentVolume. */
export function persistentVolumeWarnings({
  metadata,
  spec = {},
}: Unchecked<PersistentVolume>): readonly string[] {
  const recycling =
    "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return [
    ...deprecatedAnnotations.flatMap(([name, text]) => {
      const key = `volume.beta.kubernetes.io/${name}`;
      const isGiven = key in (metadata?.annotations ?? {});
      return isGiven ? [`metadata.annotations[${key}]: ${text}`] : [];
    }),
    ...(spec.persistentVolumeReclaimPolicy === "Recycle" ? [recycling] : []),
    ...terms.flatMap((term, index) => {
      return termWarnings(term, `spec.nodeAffinity.required.nodeSelectorTerms[${index}]`, false);
    }),
    ...deprecatedPlugins.flatMap(([plugin, text]) => {
      const shown = plugin === "storageos" ? "storageOS" : plugin;
      return spec[plugin] === undefined ? [] : [`spec.${shown}: ${text}`];
    }),
  ];
}
