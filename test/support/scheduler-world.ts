import type { KubeObject, ObjectMeta } from "../../machines/api/meta.ts";
import type { Service } from "../../machines/api/network-objects.ts";
import type { Node } from "../../machines/api/node.ts";
import type { PersistentVolumeClaim } from "../../machines/api/persistent-volume-claim.ts";
import type { Pod, PodSpec } from "../../machines/api/pod.ts";
import type { Namespace, PodDisruptionBudget } from "../../machines/api/policy-objects.ts";
import type {
  CSINode,
  PersistentVolume,
  StorageClass,
} from "../../machines/api/storage-objects.ts";
import type { ReplicaSet, StatefulSet } from "../../machines/api/workload-objects.ts";
import type { Handle } from "../../machines/scheduler/framework/handle.ts";
import { namespacedName } from "../../machines/scheduler/framework/node-info.ts";
import { newPodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import { newSnapshot } from "./snapshot.ts";
import type { Verdict } from "../../machines/scheduler/framework/status.ts";
import type { PodInput } from "./pod-input.ts";

/** What a vector of the scheduler says of the cluster; Go's zero values are left out. */
export interface WorldInput {
  readonly pod?: PodInput;
  readonly nodes?: readonly Input<Node>[];
  readonly podsOnNodes?: readonly PodInput[];
  readonly nominatedPods?: readonly PodInput[];
  readonly namespaces?: readonly Input<Namespace>[];
  readonly pvs?: readonly Input<PersistentVolume>[];
  readonly pvcs?: readonly Input<PersistentVolumeClaim>[];
  readonly storageClasses?: readonly Input<StorageClass>[];
  readonly csiNodes?: readonly Input<CSINode>[];
  readonly services?: readonly Input<Service>[];
  readonly replicaSets?: readonly Input<ReplicaSet>[];
  readonly statefulSets?: readonly Input<StatefulSet>[];
  readonly pdbs?: readonly Input<PodDisruptionBudget>[];
  readonly percentageOfNodesToScore?: number;
}

/** Vectors leave out what every object of a kind says. */
type Input<Kind extends KubeObject> = Omit<Kind, "apiVersion" | "kind">;

export function handleOf(world: WorldInput): Handle {
  const nodes = (world.nodes ?? []).map((node): Node => ({ ...node, ...typed("Node") }));
  const nominated = (world.nominatedPods ?? []).map((pod) => newPodInfo(podOfInput(pod)));
  return {
    snapshot: newSnapshot(nodes, (world.podsOnNodes ?? []).map(podOfInput)),
    nominatedPodsForNode: (name) =>
      nominated.filter(({ pod }) => pod.status?.nominatedNodeName === name),
    namespaces: new Map(
      (world.namespaces ?? []).map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
    ),
    persistentVolumeClaims: byNamespacedName(world.pvcs, "PersistentVolumeClaim"),
    persistentVolumes: byName(world.pvs, "PersistentVolume"),
    storageClasses: byName(world.storageClasses, "StorageClass"),
    csiNodes: byName(world.csiNodes, "CSINode"),
    csiDrivers: new Map(),
    csiStorageCapacities: [],
    volumeAttachments: [],
    services: (world.services ?? []).map((one) => ({ ...one, ...typed("Service") })),
    replicationControllers: new Map(),
    replicaSets: byNamespacedName(world.replicaSets, "ReplicaSet"),
    statefulSets: byNamespacedName(world.statefulSets, "StatefulSet"),
    podDisruptionBudgets: (world.pdbs ?? []).map((one) => ({
      ...one,
      ...typed("PodDisruptionBudget"),
    })),
  };
}

/** The same pod with the fields that an API object always has; Go writes an empty list as null. */
export function podOfInput({ metadata, spec, status }: PodInput): Pod {
  const { containers, ...rest } = spec ?? {};
  const given: Partial<PodSpec> = rest;
  return {
    ...typed("Pod"),
    metadata: { name: "", ...metadata },
    spec: { containers: containers ?? [], ...given },
    ...(status && { status }),
  };
}

/** `"Success"`, or code and reasons. */
export function statusOf(verdict: Verdict): unknown {
  if (verdict === undefined) return "Success";
  const { code, reasons } = verdict;
  return { code, ...(reasons.length > 0 && { reasons }) };
}

function typed<Kind extends string>(
  kind: Kind,
): { readonly apiVersion: string; readonly kind: Kind } {
  return { apiVersion: "v1", kind };
}

function byName<One extends Named, Kind extends string>(
  objects: readonly One[] = [],
  kind: Kind,
): ReadonlyMap<string, One & { readonly apiVersion: string; readonly kind: Kind }> {
  return new Map(objects.map((one) => [one.metadata.name, { ...one, ...typed(kind) }]));
}

function byNamespacedName<One extends Named, Kind extends string>(
  objects: readonly One[] = [],
  kind: Kind,
): ReadonlyMap<string, One & { readonly apiVersion: string; readonly kind: Kind }> {
  return new Map(
    objects.map((one) => {
      const { namespace, name } = one.metadata;
      return [namespacedName(namespace, name), { ...one, ...typed(kind) }];
    }),
  );
}

interface Named {
  readonly metadata: ObjectMeta;
}
