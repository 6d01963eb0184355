import { isPod, isWhole } from "../../machines/api/objects.ts";
import type { ResourceQuota } from "../../machines/api/policy-objects.ts";
import { syncResourceQuota } from "../../machines/apiserver/admission-resource-quota.ts";
import { apiResources } from "../../machines/apiserver/api-resources.ts";
import { isCharged } from "../../machines/apiserver/quota-pods.ts";
import { goJson } from "../../machines/api/go-json.ts";
import type { StoreChange } from "../store/change.ts";
import type { KubeWorld } from "./world.ts";

/**
 * Where no resourceQuota runs, this stands for the controller that counts what is used: a quota's
 * status is right as soon as it is made or changed, and when something goes or a pod has ended.
 * pkg/controller/resourcequota/resource_quota_controller.go
 */
export function quotasHear(world: KubeWorld, change: StoreChange, nowMs: number): void {
  if (world.controllers.runs("resourceQuota")) return;
  const { namespace } = change.object.metadata;
  if (namespace === undefined || !replenishes(change, world.epochMs + nowMs)) return;
  for (const quota of world.store.select("ResourceQuota", { namespace })) {
    if (isWhole(quota, "ResourceQuota")) sync(world, quota, world.epochMs + nowMs);
  }
}

function replenishes({ type, object, previous }: StoreChange, nowMs: number): boolean {
  if (object.kind === "ResourceQuota") return type !== "DELETED";
  if (type === "DELETED") return true;
  const isEnded = isPod(object) && !isCharged(object, nowMs);
  return isEnded && previous !== undefined && isPod(previous) && isCharged(previous, nowMs);
}

function sync({ store }: KubeWorld, quota: ResourceQuota, nowMs: number): void {
  const { namespace } = quota.metadata;
  const objectsOf = (kind: string) => store.select(kind, { namespace });
  const synced = syncResourceQuota(quota, objectsOf, { kinds, nowMs });
  if (goJson(synced) !== goJson(quota)) store.put(synced);
}

const kinds = apiResources.filter(({ isNamespaced }) => isNamespaced).map(({ kind }) => kind);
