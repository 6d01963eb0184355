import type { KubeObject, ObjectMeta, OwnerReference } from "../../api/meta.ts";
import {
  foregroundDeletion,
  getAlternateOwnerIdentity,
  type GraphNode,
  hasFinalizer,
  identityOf,
  identityOfOwner,
  isSameIdentity,
  matchesCoordinates,
  type ObjectIdentity,
  orphan,
  partitionDependents,
  startsWith,
  virtualNode,
} from "./graph-node.ts";

/** What a watch says of an object; a virtual deletion is inferred, nobody has seen it. */
export interface GraphChange {
  readonly type: "added" | "updated" | "deleted";
  readonly object: KubeObject;
  readonly before?: KubeObject;
  readonly isVirtual?: boolean;
}

/** A reference to an owner that can only be in another namespace. */
export interface InvalidOwner {
  readonly dependent: ObjectIdentity;
  readonly owner: ObjectIdentity;
}

/**
 * Who owns whom, and who has to be looked at because of what changed. Source:
 * pkg/controller/garbagecollector/graph_builder.go.
 */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  /** Owners that are known not to exist. */
  readonly #absent = new Set<string>();
  readonly attemptToDelete = new Set<GraphNode>();
  readonly attemptToOrphan = new Set<GraphNode>();
  readonly invalidOwners: InvalidOwner[] = [];

  node(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  isAbsent(owner: ObjectIdentity): boolean {
    return this.#absent.has(JSON.stringify(owner));
  }

  addAbsent(owner: ObjectIdentity): void {
    this.#absent.add(JSON.stringify(owner));
  }

  /** processGraphChanges */
  process(change: GraphChange): void {
    const { type, object, isVirtual = false } = change;
    const { uid = "" } = object.metadata;
    const known = this.#nodes.get(uid);
    const node = known?.isVirtual && !isVirtual ? this.#observed(known, object) : known;
    if (type === "deleted") {
      if (node !== undefined) this.#deleted(node, identityOf(object), isVirtual);
    } else if (node === undefined) this.#inserted(change);
    else this.#updated(node, change);
  }

  /** A node that others have named is seen itself, perhaps under other coordinates. */
  #observed(node: GraphNode, object: KubeObject): GraphNode {
    const identity = identityOf(object);
    let seen = node;
    if (!isSameIdentity(identity, node.identity)) {
      const { nonmatching } = partitionDependents(node.dependents, identity);
      for (const dependent of nonmatching) {
        const isElsewhere = dependent.identity.namespace !== identity.namespace;
        if (identity.namespace !== "" && isElsewhere) this.#report(dependent, identity.uid);
        this.attemptToDelete.add(dependent);
      }
      seen = { ...node, dependents: new Set(node.dependents), identity };
      this.#nodes.set(identity.uid, seen);
    }
    seen.isVirtual = false;
    return seen;
  }

  #inserted({ object, before }: GraphChange): void {
    const { metadata } = object;
    const isBeingDeleted = metadata.deletionTimestamp !== undefined;
    const node: GraphNode = {
      identity: identityOf(object),
      dependents: new Set(),
      owners: metadata.ownerReferences ?? [],
      isDeletingDependents: isBeingDeleted && hasFinalizer(metadata, foregroundDeletion),
      isBeingDeleted,
      isVirtual: false,
    };
    this.#nodes.set(node.identity.uid, node);
    this.#addDependentToOwners(node, node.owners);
    this.#processTransitions(node, metadata, before?.metadata);
  }

  #updated(node: GraphNode, { object, before }: GraphChange): void {
    const { metadata } = object;
    const owners = metadata.ownerReferences ?? [];
    const removed = node.owners.filter((old) => !owners.some(({ uid }) => uid === old.uid));
    const added = owners.filter((next) => !node.owners.some(({ uid }) => uid === next.uid));
    const unblocked = node.owners.filter((old) => {
      const next = owners.find(({ uid }) => uid === old.uid);
      return old.blockOwnerDeletion === true && next?.blockOwnerDeletion !== true;
    });
    for (const { uid } of unblocked) this.#enqueue(uid);
    node.owners = owners;
    this.#addDependentToOwners(node, added);
    for (const { uid } of removed) this.#nodes.get(uid)?.dependents.delete(node);
    if (metadata.deletionTimestamp !== undefined) node.isBeingDeleted = true;
    this.#processTransitions(node, metadata, before?.metadata);
  }

  #enqueue(uid: string): void {
    const node = this.#nodes.get(uid);
    if (node !== undefined) this.attemptToDelete.add(node);
  }

  /** Owners that nobody has seen are looked for; a reference that may be wrong is looked at. */
  #addDependentToOwners(node: GraphNode, owners: readonly OwnerReference[]): void {
    let isSuspect = false;
    for (const reference of owners) {
      const known = this.#nodes.get(reference.uid);
      const owner = known ?? virtualNode(identityOfOwner(reference, node.identity.namespace));
      owner.dependents.add(node);
      if (known === undefined) {
        this.#nodes.set(reference.uid, owner);
        this.attemptToDelete.add(owner);
      } else if (!isSuspect) isSuspect = this.#isSuspect(node, reference, owner);
    }
    if (isSuspect) this.attemptToDelete.add(node);
  }

  #isSuspect(node: GraphNode, reference: OwnerReference, owner: GraphNode): boolean {
    const { namespace } = owner.identity;
    const isElsewhere = namespace !== node.identity.namespace;
    if (namespace !== "" && isElsewhere) {
      if (!owner.isVirtual) this.#report(node, reference.uid);
      return true;
    }
    return !matchesCoordinates(reference, owner.identity) || (isElsewhere && owner.isVirtual);
  }

  /** reportInvalidNamespaceOwnerRef */
  #report({ identity, owners }: GraphNode, uid: string): void {
    const reference = owners.find((owner) => owner.uid === uid);
    if (reference === undefined) return;
    const owner = identityOfOwner(reference, identity.namespace);
    this.invalidOwners.push({ dependent: identity, owner });
  }

  /** A deletion that begins with a finalizer of ours. */
  #processTransitions(node: GraphNode, after: ObjectMeta, before: ObjectMeta | undefined): void {
    if (startsWith(orphan, after, before)) this.attemptToOrphan.add(node);
    else if (startsWith(foregroundDeletion, after, before)) {
      node.isDeletingDependents = true;
      for (const dependent of node.dependents) this.attemptToDelete.add(dependent);
      this.attemptToDelete.add(node);
    }
  }

  #deleted(node: GraphNode, identity: ObjectIdentity, isVirtual: boolean): void {
    if (isVirtual && !this.#isReallyGone(node, identity)) return;
    this.#nodes.delete(node.identity.uid);
    for (const { uid } of node.owners) this.#nodes.get(uid)?.dependents.delete(node);
    if (node.dependents.size > 0) this.addAbsent(identity);
    for (const dependent of node.dependents) this.attemptToDelete.add(dependent);
    for (const { uid } of node.owners) {
      const owner = this.#nodes.get(uid);
      if (owner?.isDeletingDependents) this.attemptToDelete.add(owner);
    }
  }

  /** What is not there under one name may be there under another that dependents use. */
  #isReallyGone(node: GraphNode, identity: ObjectIdentity): boolean {
    const isSame = isSameIdentity(node.identity, identity);
    if (!node.isVirtual && isSame) return true;
    const { matching, nonmatching } = partitionDependents(node.dependents, identity);
    if (node.isVirtual && nonmatching.length === 0) return true;
    if (matching.length > 0) {
      this.addAbsent(identity);
      for (const dependent of matching) this.attemptToDelete.add(dependent);
    }
    const alternate = isSame ? getAlternateOwnerIdentity(nonmatching, identity) : undefined;
    if (node.isVirtual && alternate !== undefined) {
      const next = { ...node, dependents: new Set(node.dependents), identity: alternate };
      this.#nodes.set(alternate.uid, next);
      this.attemptToDelete.add(next);
    }
    return false;
  }
}
