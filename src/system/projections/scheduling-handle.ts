import type { KubeObject } from "../../../machines/api/meta.ts";
import { isWhole, type ObjectByKind } from "../../../machines/api/objects.ts";
import type { PersistentVolumeClaim } from "../../../machines/api/persistent-volume-claim.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { Labels } from "../../../machines/api/selector.ts";
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  VolumeAttachment,
} from "../../../machines/api/storage-objects.ts";
import type { Handle, Lister } from "../../../machines/scheduler/framework/handle.ts";
import { newPodInfo, type PodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { keyOf, type Store } from "../../store/store.ts";
import type { SeenNodes } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";

/** What plugins see: the scheduler's own snapshot, and of other kinds what the API server has. */
export function handleOf(
  world: KubeWorld,
  seen: SeenNodes = seenNodes(world),
  pod: Pod | undefined = world.scheduler.attempt?.podInfo.pod,
): Handle {
  const { scheduler, store } = world;
  const { snapshot, nominations } = seen;
  const known = claimsFor(store, pod);
  return {
    snapshot,
    nominatedPodsForNode: (name) => {
      if (nominations.length === 0) return nobody;
      const nominated = nominations.filter(({ nodeName }) => nodeName === name);
      return nominated.map((one) => scheduler.queue.get(one.key)?.podInfo ?? newPodInfo(one.pod));
    },
    get namespaces() {
      return labelsByName(listed(store, "Namespace"));
    },
    persistentVolumeClaims: known,
    persistentVolumes: volumesOf(store, known),
    storageClasses: lister(store, "StorageClass"),
    csiNodes: listerOf(store, "CSINode", isCSINode),
    csiDrivers: listerOf(store, "CSIDriver", isCSIDriver),
    get csiStorageCapacities() {
      return store.list("CSIStorageCapacity").filter(isCSIStorageCapacity);
    },
    get volumeAttachments() {
      return store.list("VolumeAttachment").filter(isVolumeAttachment);
    },
    get services() {
      return listed(store, "Service");
    },
    replicationControllers: lister(store, "ReplicationController"),
    replicaSets: lister(store, "ReplicaSet"),
    statefulSets: lister(store, "StatefulSet"),
    get podDisruptionBudgets() {
      return listed(store, "PodDisruptionBudget");
    },
  };
}

/** What plugins see of nodes now. */
export function seenNodes({ scheduler: { cache, nominations } }: KubeWorld): SeenNodes {
  return { snapshot: cache.snapshot(), nominations };
}

const nobody: readonly PodInfo[] = [];

function listed<Kind extends keyof ObjectByKind>(
  store: Store,
  kind: Kind,
): readonly ObjectByKind[Kind][] {
  return store.list(kind).filter((object) => isWhole(object, kind));
}

function lister<Kind extends keyof ObjectByKind>(
  store: Store,
  kind: Kind,
): Lister<ObjectByKind[Kind]> {
  return {
    get: (key) => {
      const object = store.get(kind, key);
      return isWhole(object, kind) ? object : undefined;
    },
    values: () => listed(store, kind),
  };
}

function listerOf<Type extends KubeObject>(
  store: Store,
  kind: string,
  isOne: (object: KubeObject) => object is Type,
): Lister<Type> {
  return {
    get: (key) => {
      const object = store.get(kind, key);
      return object !== undefined && isOne(object) ? object : undefined;
    },
    values: () => store.list(kind).filter(isOne),
  };
}

function labelsByName(namespaces: readonly KubeObject[]): ReadonlyMap<string, Labels> {
  return new Map(namespaces.map(({ metadata: { name, labels = {} } }) => [name, labels]));
}

/** With those that a controller makes for the pod's generic ephemeral volumes, bound as others. */
function claimsFor(store: Store, pod: Pod | undefined): Lister<PersistentVolumeClaim> {
  const all = lister(store, "PersistentVolumeClaim");
  const own = new Map(pod === undefined ? [] : ownClaims(pod).map((one) => [keyOf(one), one]));
  if (own.size === 0) return all;
  return {
    get: (key) => all.get(key) ?? own.get(key),
    values: () => [...own.values(), ...all.values()],
  };
}

function ownClaims({ metadata, spec }: Pod): readonly PersistentVolumeClaim[] {
  const { name, namespace = "", uid = "" } = metadata;
  return (spec.volumes ?? []).flatMap((volume) => {
    if (volume.ephemeral === undefined) return [];
    const claimName = `${name}-${volume.name}`;
    const owner = { apiVersion: "v1", kind: "Pod", name, uid, controller: true };
    return {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: {
        name: claimName,
        namespace,
        annotations: { "pv.kubernetes.io/bind-completed": "yes" },
        ownerReferences: [owner],
      },
      spec: { ...volume.ephemeral.volumeClaimTemplate?.spec, volumeName: `pvc-${claimName}` },
    };
  });
}

/** The volume of a bound claim that the API server does not have is reached from everywhere. */
function volumesOf(store: Store, claims: Lister<PersistentVolumeClaim>): Lister<PersistentVolume> {
  const all = lister(store, "PersistentVolume");
  const isOfClaim = (name: string) =>
    [...claims.values()].some((claim) => isBound(claim) && claim.spec?.volumeName === name);
  return {
    get: (name) => all.get(name) ?? (isOfClaim(name) ? volumeNamed(name) : undefined),
    values: () => all.values(),
  };
}

function isBound({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.["pv.kubernetes.io/bind-completed"] !== undefined;
}

function volumeNamed(name: string): PersistentVolume {
  return { apiVersion: "v1", kind: "PersistentVolume", metadata: { name } };
}

function isCSINode(object: KubeObject): object is CSINode {
  return object.kind === "CSINode";
}

function isCSIDriver(object: KubeObject): object is CSIDriver {
  return object.kind === "CSIDriver";
}

function isCSIStorageCapacity(object: KubeObject): object is CSIStorageCapacity {
  return object.kind === "CSIStorageCapacity";
}

function isVolumeAttachment(object: KubeObject): object is VolumeAttachment {
  return object.kind === "VolumeAttachment";
}
