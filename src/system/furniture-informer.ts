import { isPod } from "../../machines/api/objects.ts";
import { isCharged } from "../../machines/apiserver/quota-pods.ts";
import { rootCACertConfigMapName } from "../../machines/controllers/root-ca-cert-publisher/publish-root-ca.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import type { Message } from "./composition.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** What those do who furnish namespaces, and count what is in them, when they hear of a change. */
export function furnishersHear(
  world: KubeWorld,
  change: StoreChange,
  now: number,
): readonly Message[] {
  return [
    ...accountsHear(world, change),
    ...publisherHears(world, change),
    ...quotaControllerHears(world, change, now),
  ];
}

/** serviceaccounts_controller.go NewServiceAccountsController */
function accountsHear(
  { controllers }: KubeWorld,
  { object, type }: StoreChange,
): readonly Message[] {
  if (!controllers.runs("serviceAccount")) return [];
  const { name, namespace = "" } = object.metadata;
  if (object.kind === "Namespace" && type !== "DELETED") return [keyAdded("serviceAccount", name)];
  const isLost = object.kind === "ServiceAccount" && type === "DELETED";
  return isLost ? [keyAdded("serviceAccount", namespace)] : [];
}

/** publisher.go NewPublisher */
function publisherHears(
  { controllers }: KubeWorld,
  { object, previous, type }: StoreChange,
): readonly Message[] {
  if (!controllers.runs("rootCaCertPublisher")) return [];
  const { name, namespace = "" } = object.metadata;
  if (object.kind === "ConfigMap") {
    const isOwn = name === rootCACertConfigMapName && type !== "ADDED";
    return isOwn ? [keyAdded("rootCaCertPublisher", namespace)] : [];
  }
  if (object.kind !== "Namespace" || type === "DELETED") return [];
  const isActive = previous === undefined || object.metadata.deletionTimestamp === undefined;
  return isActive ? [keyAdded("rootCaCertPublisher", name)] : [];
}

/** resource_quota_controller.go addQuota, replenishQuota */
function quotaControllerHears(
  world: KubeWorld,
  change: StoreChange,
  now: number,
): readonly Message[] {
  const { controllers, store } = world;
  if (!controllers.runs("resourceQuota")) return [];
  const { object, type } = change;
  if (object.kind === "ResourceQuota") {
    return type === "DELETED" ? [] : [keyAdded("resourceQuota", keyOf(object))];
  }
  const { namespace } = object.metadata;
  if (namespace === undefined || object.kind === "Event") return [];
  if (type !== "DELETED" && !hasEnded(change, world.epochMs + now)) return [];
  const quotas = store.select("ResourceQuota", { namespace });
  return quotas.map((quota) => keyAdded("resourceQuota", keyOf(quota)));
}

/** pkg/quota/v1/install/update_filter.go DefaultUpdateFilter */
function hasEnded({ object, previous }: StoreChange, nowMs: number): boolean {
  if (!isPod(object) || isCharged(object, nowMs)) return false;
  return previous !== undefined && isPod(previous) && isCharged(previous, nowMs);
}
