import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod, Volume } from "../../api/pod.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { namespacedName } from "../framework/node-info.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import {
  errorStatus,
  type Status,
  skip,
  unresolvable,
  unschedulable,
  type Verdict,
} from "../framework/status.ts";
import {
  claimOfVolume,
  claimOwnerError,
  getClaim,
  getClaimClass,
  notFound,
} from "../volume/claims.ts";

/** plugins/nodevolumelimits/csi.go */
export const nodeVolumeLimits: FilterPlugin = {
  name: "NodeVolumeLimits",
  hasPreFilter: true,
  preFilter: ({ pod }, handle) => {
    const { volumes = [] } = pod.spec;
    if (!volumes.some((volume) => mayBeAttached(pod, volume))) return skip;
    return { filter: (nodeInfo) => filter(pod, handle, nodeInfo) };
  },
};

/** Attached volumes, driver by unique name. */
type AttachedVolumes = Map<string, string>;

function filter(pod: Pod, handle: Handle, { name, pods }: NodeInfo): Verdict {
  const wanted: AttachedVolumes = new Map();
  const refusal = addAttachableVolumes(wanted, pod, handle, true);
  if (refusal !== undefined || wanted.size === 0) return refusal;
  const drivers = handle.csiNodes.get(name)?.spec?.drivers ?? [];
  const limited = drivers.filter(({ allocatable }) => allocatable?.count !== undefined);
  if (limited.length === 0) return undefined;
  const attached: AttachedVolumes = new Map();
  for (const existing of pods) {
    const error = addAttachableVolumes(attached, existing.pod, handle, false);
    if (error !== undefined) return error;
  }
  for (const unique of attached.keys()) wanted.delete(unique);
  for (const [unique, driver] of attachedByControllers(name, handle)) attached.set(unique, driver);
  const isExceeded = limited.some(({ name: driver, allocatable }) => {
    const added = countOf(wanted, driver);
    return added > 0 && countOf(attached, driver) + added > (allocatable?.count ?? 0);
  });
  return isExceeded ? exceeded : undefined;
}

function countOf(volumes: AttachedVolumes, driver: string): number {
  return [...volumes.values()].filter((one) => one === driver).length;
}

/** `filterAttachableVolumes`: claims that are missing matter only for the pod to schedule. */
function addAttachableVolumes(
  result: AttachedVolumes,
  pod: Pod,
  handle: Handle,
  isNew: boolean,
): Status | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const named = claimOfVolume(pod, volume);
    if (named === undefined) continue;
    const { claimName, isEphemeral } = named;
    if (claimName === "") return errorStatus("PersistentVolumeClaim had no name");
    const claim = getClaim(handle, pod, claimName);
    if (claim === undefined) {
      if (!isNew) continue;
      const key = namespacedName(pod.metadata.namespace, claimName);
      return unresolvable(`looking up PVC ${key}: ${notFound.claim(claimName)}`);
    }
    const error = isEphemeral ? claimOwnerError(pod, claim) : undefined;
    if (error !== undefined) return errorStatus(error);
    const { driver, volumeHandle } = getCsiDriverInfo(claim, handle);
    if (driver !== "" && volumeHandle !== "") result.set(`${driver}/${volumeHandle}`, driver);
  }
  return undefined;
}

interface CsiDriverInfo {
  readonly driver: string;
  readonly volumeHandle: string;
}

/** The driver of the bound volume, or the one that will provide it; empty for other volumes. */
function getCsiDriverInfo(claim: PersistentVolumeClaim, handle: Handle): CsiDriverInfo {
  const volume = handle.persistentVolumes.get(claim.spec?.volumeName ?? "");
  if (volume !== undefined) return volume.spec?.csi ?? notCsi;
  const storageClass = handle.storageClasses.get(getClaimClass(claim));
  if (storageClass === undefined || inTree.includes(storageClass.provisioner)) return notCsi;
  const { namespace, name } = claim.metadata;
  return { driver: storageClass.provisioner, volumeHandle: namespacedName(namespace, name) };
}

/** `getNodeVolumeAttachmentInfo` */
function attachedByControllers(
  nodeName: string,
  { volumeAttachments, persistentVolumes }: Handle,
): readonly (readonly [string, string])[] {
  return volumeAttachments.flatMap(({ spec = {} }) => {
    const { attacher = "", source } = spec;
    const volume = persistentVolumes.get(source?.persistentVolumeName ?? "");
    const volumeHandle = volume?.spec?.csi?.volumeHandle;
    if (spec.nodeName !== nodeName || attacher === "" || volumeHandle === undefined) return [];
    return [[`${attacher}/${volumeHandle}`, attacher] as const];
  });
}

/** A claim, or a disk that a driver could take over; csi-translation-lib IsInlineMigratable. */
function mayBeAttached(pod: Pod, volume: Volume): boolean {
  const { awsElasticBlockStore, azureDisk, azureFile, cinder, gcePersistentDisk } = volume;
  const { portworxVolume, vsphereVolume } = volume;
  const disks = [awsElasticBlockStore, azureDisk, azureFile, cinder, gcePersistentDisk];
  return (
    claimOfVolume(pod, volume) !== undefined ||
    [...disks, portworxVolume, vsphereVolume].some((one) => one !== undefined)
  );
}

const notCsi: CsiDriverInfo = { driver: "", volumeHandle: "" };
const exceeded = unschedulable("node(s) exceed max volume count");
const inTree: readonly string[] = [
  "kubernetes.io/aws-ebs",
  "kubernetes.io/azure-disk",
  "kubernetes.io/azure-file",
  "kubernetes.io/cinder",
  "kubernetes.io/gce-pd",
  "kubernetes.io/portworx-volume",
  "kubernetes.io/vsphere-volume",
];
