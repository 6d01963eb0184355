import type { ConfigMap, PriorityClass, RuntimeClass, Secret } from "./configuration-objects.ts";
import type { KubeEvent } from "./event.ts";
import type { Node } from "./node.ts";
import type { PersistentVolumeClaim } from "./persistent-volume-claim.ts";
import type { Pod } from "./pod.ts";
import type { Unchecked } from "./unchecked.ts";

/** Every kind that the API server keeps, by its name. */
export interface ObjectByKind {
  readonly Pod: Pod;
  readonly Node: Node;
  readonly ConfigMap: ConfigMap;
  readonly Secret: Secret;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly RuntimeClass: RuntimeClass;
  readonly PriorityClass: PriorityClass;
}

/** Trusts that whoever read the object compared it with the structure of its kind. */
export function isKind<Kind extends keyof ObjectByKind>(
  object: { readonly kind?: unknown },
  kind: Kind,
): object is Unchecked<ObjectByKind[Kind]> {
  return object.kind === kind;
}

/** Trusts that the object has been validated: what a kind must have is there. */
export function isValid<Kind extends keyof ObjectByKind>(
  object: Unchecked<ObjectByKind[Kind]>,
  errors: readonly unknown[],
): object is Unchecked<ObjectByKind[Kind]> & ObjectByKind[Kind] {
  return errors.length === 0 && object.kind !== undefined;
}

/** Trusts that what the API server keeps is whole, and is what its kind says. */
export function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

export function isNode(object: { readonly kind: string }): object is Node {
  return object.kind === "Node";
}

export function isEvent(object: { readonly kind: string }): object is KubeEvent {
  return object.kind === "Event";
}
