import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import type { PersistentVolume } from "../../api/storage-objects.ts";
import type { Handle } from "../framework/handle.ts";
import { claimOfVolume, getClaim } from "./claims.ts";
import { checkNodeAffinity } from "./find-matching-volume.ts";
import { isClaimFullyBound } from "./pod-volumes.ts";
import { annSelectedNode, selectedNodeOf, volumesToBind } from "./volumes-to-bind.ts";

/** What is written so that others bind a pod's claims; plugins/volumebinding/binder.go. */
export interface VolumeWrites {
  /** Each is reserved for the claim that it was found for. */
  readonly volumes: readonly PersistentVolume[];
  /** Each says for which node a volume is to be provided. */
  readonly claims: readonly PersistentVolumeClaim[];
}

/** The claims of a pod that are there and not bound; `arePodVolumesBound`. */
export function claimsToBind(pod: Pod, handle: Handle): readonly PersistentVolumeClaim[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const named = claimOfVolume(pod, volume);
    const claim = named && getClaim(handle, pod, named.claimName);
    return claim === undefined || isClaimFullyBound(claim) ? [] : [claim];
  });
}

/** `AssumePodVolumes` and `bindAPIUpdate`, for the node that was found. */
export function bindAPIUpdate(pod: Pod, node: Node, handle: Handle): VolumeWrites {
  const { bindings, provisions } = volumesToBind(claimsToBind(pod, handle), handle, node);
  return {
    volumes: bindings.map(({ volume, claim }) => getBindVolumeToClaim(volume, claim)),
    claims: provisions.map((claim) => withAnnotation(claim, annSelectedNode, node.metadata.name)),
  };
}

/** component-helpers/storage/volume/pv_helpers.go GetBindVolumeToClaim */
function getBindVolumeToClaim(
  volume: PersistentVolume,
  { apiVersion, kind, metadata }: PersistentVolumeClaim,
): PersistentVolume {
  const { namespace = "", name, uid = "", resourceVersion } = metadata;
  const claimRef = {
    apiVersion,
    kind,
    namespace,
    name,
    uid,
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
  const bound = { ...volume, spec: { ...volume.spec, claimRef } };
  const isNew = volume.spec?.claimRef === undefined;
  return isNew ? withAnnotation(bound, annBoundByController, "yes") : bound;
}

function withAnnotation<Type extends PersistentVolume | PersistentVolumeClaim>(
  object: Type,
  name: string,
  value: string,
): Type {
  const { annotations } = object.metadata;
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, [name]: value } },
  };
}

/** Whether the claims are bound by now, or why they will not be; `checkBindings`. */
export function checkBindings(
  pod: Pod,
  node: Node | undefined,
  isThere: boolean,
  handle: Handle,
): "bound" | "waiting" | { readonly error: string } {
  const { nodeName = "" } = pod.spec;
  if (node === undefined) {
    return { error: `failed to get node "${nodeName}": node "${nodeName}" not found` };
  }
  if (!isThere) {
    return { error: `pod does not exist any more: pod "${pod.metadata.name}" not found` };
  }
  let isWaiting = false;
  for (const claim of claimsToBind(pod, handle)) {
    const reserved = [...handle.persistentVolumes.values()].find(({ spec }) => {
      return spec?.claimRef?.uid === claim.metadata.uid;
    });
    if (reserved !== undefined && !checkNodeAffinity(reserved, node)) {
      const said = `pv "${reserved.metadata.name}" node affinity doesn't match node "${nodeName}"`;
      return { error: `${said}: no matching NodeSelectorTerms` };
    }
    if (reserved === undefined && selectedNodeOf(claim) !== nodeName) {
      return { error: `provisioning failed for PVC "${claim.metadata.name}"` };
    }
    isWaiting = true;
  }
  return isWaiting ? "waiting" : "bound";
}

/** component-helpers/storage/volume/pv_helpers.go */
const annBoundByController = "pv.kubernetes.io/bound-by-controller";
