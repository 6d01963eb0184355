import type { PersistentVolumeClaim } from "../../../machines/api/persistent-volume-claim.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { PersistentVolume } from "../../../machines/api/storage-objects.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import { newPodInfo, type PodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { keyOf } from "../../store/store.ts";
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
  const claims = store.list("PersistentVolumeClaim").filter(isClaim);
  const own = pod === undefined ? [] : ownClaims(pod);
  const known = [...own, ...claims];
  return {
    ...nothingElse,
    snapshot,
    nominatedPodsForNode: (name) => {
      if (nominations.length === 0) return nobody;
      const nominated = nominations.filter(({ nodeName }) => nodeName === name);
      return nominated.map((one) => scheduler.queue.get(one.key)?.podInfo ?? newPodInfo(one.pod));
    },
    persistentVolumeClaims: new Map(known.map((claim) => [keyOf(claim), claim])),
    persistentVolumes: new Map(known.filter(isBound).map(volumeOf)),
  };
}

/** What plugins see of nodes now. */
export function seenNodes({ scheduler: { cache, nominations } }: KubeWorld): SeenNodes {
  return { snapshot: cache.snapshot(), nominations };
}

/** The claims that a controller makes for generic ephemeral volumes, bound as others are. */
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

function isBound({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.["pv.kubernetes.io/bind-completed"] !== undefined;
}

/** There are no volumes in the store; that of a claim is reached from everywhere. */
function volumeOf({ spec }: PersistentVolumeClaim): readonly [string, PersistentVolume] {
  const name = spec?.volumeName ?? "";
  return [name, { apiVersion: "v1", kind: "PersistentVolume", metadata: { name } }];
}

const nobody: readonly PodInfo[] = [];

/** Kinds that the store has no objects of. */
const nothingElse = {
  namespaces: new Map(),
  storageClasses: new Map(),
  csiNodes: new Map(),
  csiDrivers: new Map(),
  csiStorageCapacities: [],
  volumeAttachments: [],
  services: [],
  replicationControllers: new Map(),
  replicaSets: new Map(),
  statefulSets: new Map(),
  podDisruptionBudgets: [],
};

function isClaim(object: KubeObject): object is PersistentVolumeClaim {
  return object.kind === "PersistentVolumeClaim";
}
