import { isNode } from "../../machines/api/objects.ts";
import { established, isDefinition } from "../../machines/apiserver/custom-resources.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node } from "../../machines/api/node.ts";
import type { PersistentVolumeClaim } from "../../machines/api/persistent-volume-claim.ts";
import type { PersistentVolume, StorageClass } from "../../machines/api/storage-objects.ts";
import { getClaimClass } from "../../machines/scheduler/volume/claims.ts";
import type { Store } from "../store/store.ts";

/** What others than its author would write to a new object a moment later. */
export function completed(store: Store, object: KubeObject): KubeObject {
  if (isVolume(object)) return availableVolume(object);
  if (isClaim(object)) return waitsForConsumer(store, object) ? object : boundClaim(object);
  if (isDefinition(object)) return established(object);
  return isNode(object) ? labelledNode(object) : object;
}

/** The scheduler has such a claim bound, when it knows for which node. */
function waitsForConsumer(store: Store, claim: PersistentVolumeClaim): boolean {
  const found = store.get("StorageClass", getClaimClass(claim));
  const isDelayed = isClass(found) && found.volumeBindingMode === "WaitForFirstConsumer";
  return isDelayed && (claim.spec?.volumeName ?? "") === "";
}

function isClass(object: KubeObject | undefined): object is StorageClass {
  return object?.kind === "StorageClass";
}

/**
 * Stands for the controller that provisions volumes: each other claim has one at once, which every
 * node reaches. pkg/controller/volume/persistentvolume
 */
function boundClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const { metadata, spec = {} } = claim;
  const { accessModes, resources } = spec;
  const capacity = resources?.requests;
  return {
    ...claim,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...bindCompleted } },
    spec: { ...spec, volumeName: spec.volumeName ?? `pvc-${metadata.uid ?? metadata.name}` },
    status: { phase: "Bound", ...(accessModes && { accessModes }), ...(capacity && { capacity }) },
  };
}

const bindCompleted = {
  "pv.kubernetes.io/bind-completed": "yes",
  "pv.kubernetes.io/bound-by-controller": "yes",
};

/** By these pods choose their nodes; pkg/kubelet/kubelet_node_status.go initialNode. */
function labelledNode(node: Node): Node {
  const { name, labels } = node.metadata;
  const own = { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" };
  return { ...node, metadata: { ...node.metadata, labels: { ...own, ...labels } } };
}

/** pkg/controller/volume/persistentvolume/pv_controller.go syncVolume: nobody has it yet. */
function availableVolume(volume: PersistentVolume): PersistentVolume {
  return { ...volume, status: { phase: "Available" } };
}

function isVolume(object: KubeObject): object is PersistentVolume {
  return object.kind === "PersistentVolume";
}

function isClaim(object: KubeObject): object is PersistentVolumeClaim {
  return object.kind === "PersistentVolumeClaim";
}
