import { compareText } from "../../api/compare-text.ts";
import type { KubeObject, ObjectMeta, OwnerReference } from "../../api/meta.ts";

/** Which object is meant, wherever it may be. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** An object as the garbage collector knows it; graph.go node. */
export interface GraphNode {
  identity: ObjectIdentity;
  readonly dependents: Set<GraphNode>;
  owners: readonly OwnerReference[];
  /** Waits for its dependents before it goes. */
  isDeletingDependents: boolean;
  isBeingDeleted: boolean;
  /** Known only because others name it as their owner. */
  isVirtual: boolean;
}

export const foregroundDeletion = "foregroundDeletion";
export const orphan = "orphan";

export function identityOf({ apiVersion, kind, metadata }: KubeObject): ObjectIdentity {
  const { namespace = "", name, uid = "" } = metadata;
  return { apiVersion, kind, namespace, name, uid };
}

/** graph.go objectReference.String */
export function identityText(identity: ObjectIdentity): string {
  const { apiVersion, kind, namespace, name, uid } = identity;
  return `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`;
}

/** The same coordinates in the same namespace. */
export function isSameIdentity(one: ObjectIdentity, other: ObjectIdentity): boolean {
  return compareIdentities(one, other) === 0;
}

/** graph_builder.go referenceLessThan */
export function compareIdentities(one: ObjectIdentity, other: ObjectIdentity): number {
  return (
    compareText(one.kind, other.kind) ||
    compareText(one.apiVersion, other.apiVersion) ||
    compareText(one.namespace, other.namespace) ||
    compareText(one.name, other.name) ||
    compareText(one.uid, other.uid)
  );
}

/** graph.go ownerReferenceMatchesCoordinates */
export function matchesCoordinates(reference: OwnerReference, identity: ObjectIdentity): boolean {
  return (
    reference.uid === identity.uid &&
    reference.name === identity.name &&
    reference.kind === identity.kind &&
    reference.apiVersion === identity.apiVersion
  );
}

export function identityOfOwner(owner: OwnerReference, namespace: string): ObjectIdentity {
  const { apiVersion, kind, name, uid } = owner;
  return { apiVersion, kind, namespace, name, uid };
}

/** It goes with its dependents, or before. */
export function hasFinalizer({ finalizers = [] }: ObjectMeta, finalizer: string): boolean {
  return finalizers.includes(finalizer);
}

/** Dependents whose references say that this node may not go before them; graph.go. */
export function blockingDependents({ identity, dependents }: GraphNode): readonly GraphNode[] {
  return [...dependents].filter(({ owners }) => {
    return owners.some((owner) => owner.uid === identity.uid && owner.blockOwnerDeletion === true);
  });
}

/** Those that name this owner, and those that name another by its uid; graph_builder.go. */
export function partitionDependents(
  dependents: Iterable<GraphNode>,
  owner: ObjectIdentity,
): { readonly matching: readonly GraphNode[]; readonly nonmatching: readonly GraphNode[] } {
  const matching: GraphNode[] = [];
  const nonmatching: GraphNode[] = [];
  for (const dependent of dependents) {
    const isElsewhere = owner.namespace !== "" && owner.namespace !== dependent.identity.namespace;
    const named = dependent.owners.filter(({ uid }) => uid === owner.uid);
    const matches = named.filter((reference) => matchesCoordinates(reference, owner));
    if (!isElsewhere && matches.length > 0) matching.push(dependent);
    if (isElsewhere || matches.length < named.length) nonmatching.push(dependent);
  }
  return { matching, nonmatching };
}

/** The next identity under which dependents look for an owner; getAlternateOwnerIdentity. */
export function getAlternateOwnerIdentity(
  dependents: readonly GraphNode[],
  absent: ObjectIdentity,
): ObjectIdentity | undefined {
  const isClusterScoped = absent.namespace === "";
  const alternates = dependents.flatMap(({ owners, identity }) => {
    const named = owners.filter(({ uid }) => uid === absent.uid);
    return named.flatMap((owner) => {
      const isNear = isClusterScoped || identity.namespace === absent.namespace;
      if (isNear && matchesCoordinates(owner, absent)) return [];
      const isSameKind = owner.apiVersion === absent.apiVersion && owner.kind === absent.kind;
      return [identityOfOwner(owner, isClusterScoped && isSameKind ? "" : identity.namespace)];
    });
  });
  const others = alternates.filter((one) => !isSameIdentity(one, absent));
  const sorted = others.toSorted(compareIdentities);
  return sorted.find((one) => compareIdentities(one, absent) > 0) ?? sorted[0];
}

/** deletionStartsWithFinalizer */
export function startsWith(
  finalizer: string,
  after: ObjectMeta,
  before: ObjectMeta | undefined,
): boolean {
  return isGoing(finalizer, after) && !(before !== undefined && isGoing(finalizer, before));
}

function isGoing(finalizer: string, metadata: ObjectMeta): boolean {
  return metadata.deletionTimestamp !== undefined && hasFinalizer(metadata, finalizer);
}

/** An owner that is only named. */
export function virtualNode(identity: ObjectIdentity): GraphNode {
  const state = { isDeletingDependents: false, isBeingDeleted: false, isVirtual: true };
  return { identity, dependents: new Set(), owners: [], ...state };
}
