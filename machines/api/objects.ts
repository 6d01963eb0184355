import type { ConfigMap, PriorityClass, RuntimeClass, Secret } from "./configuration-objects.ts";
import type { HorizontalPodAutoscaler } from "./autoscaling-objects.ts";
import type { KubeEvent } from "./event.ts";
import type { CronJob, Job } from "./job-objects.ts";
import type { KubeObject } from "./meta.ts";
import type * as network from "./network-objects.ts";
import type { Node } from "./node.ts";
import type { PersistentVolumeClaim } from "./persistent-volume-claim.ts";
import type { Pod } from "./pod.ts";
import type * as policy from "./policy-objects.ts";
import type { PersistentVolume, StorageClass } from "./storage-objects.ts";
import type { Unchecked } from "./unchecked.ts";
import type { WebhookConfiguration } from "./webhook-objects.ts";
import type * as workloads from "./workload-objects.ts";

/** An object of any kind that the API server keeps, as somebody sent it. */
export type AnyObject = Unchecked<KubeObject>;

/** Every kind that the API server keeps, by its name. */
export interface ObjectByKind {
  readonly Pod: Pod;
  readonly Node: Node;
  readonly ConfigMap: ConfigMap;
  readonly Secret: Secret;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly RuntimeClass: RuntimeClass;
  readonly PriorityClass: PriorityClass;
  readonly Namespace: policy.Namespace;
  readonly ServiceAccount: policy.ServiceAccount;
  readonly Service: network.Service;
  readonly Endpoints: network.Endpoints;
  readonly EndpointSlice: network.EndpointSlice;
  readonly NetworkPolicy: network.NetworkPolicy;
  readonly ReplicationController: workloads.ReplicationController;
  readonly ReplicaSet: workloads.ReplicaSet;
  readonly Deployment: workloads.Deployment;
  readonly StatefulSet: workloads.StatefulSet;
  readonly DaemonSet: workloads.DaemonSet;
  readonly ControllerRevision: workloads.ControllerRevision;
  readonly Job: Job;
  readonly CronJob: CronJob;
  readonly HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  readonly PersistentVolume: PersistentVolume;
  readonly StorageClass: StorageClass;
  readonly PodDisruptionBudget: policy.PodDisruptionBudget;
  readonly ResourceQuota: policy.ResourceQuota;
  readonly LimitRange: policy.LimitRange;
  readonly Role: policy.Role;
  readonly RoleBinding: policy.RoleBinding;
  readonly ClusterRole: policy.ClusterRole;
  readonly ClusterRoleBinding: policy.ClusterRoleBinding;
  readonly Lease: policy.Lease;
  readonly Event: KubeEvent;
  readonly MutatingWebhookConfiguration: WebhookConfiguration;
  readonly ValidatingWebhookConfiguration: WebhookConfiguration;
}

/** Trusts that whoever read the object compared it with the structure of its kind. */
export function isKind<Kind extends keyof ObjectByKind>(
  object: { readonly kind?: unknown },
  kind: Kind,
): object is Unchecked<ObjectByKind[Kind]> {
  return object.kind === kind;
}

/** Trusts that the object comes from the API server, which has validated it. */
export function isStored<Kind extends keyof ObjectByKind>(
  object: KubeObject,
  kind: Kind,
): object is KubeObject & ObjectByKind[Kind] {
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
export function isWhole<Kind extends keyof ObjectByKind>(
  object: { readonly kind?: unknown } | undefined,
  kind: Kind,
): object is ObjectByKind[Kind] {
  return object?.kind === kind;
}

/** The same of a pod. */
export function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

export function isNode(object: { readonly kind: string }): object is Node {
  return object.kind === "Node";
}

export function isEvent(object: { readonly kind: string }): object is KubeEvent {
  return object.kind === "Event";
}
