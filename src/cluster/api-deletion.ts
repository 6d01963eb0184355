import { type ApiStatus, newNotFound } from "../../machines/apiserver/api-status.ts";
import { beforeDelete } from "../../machines/apiserver/deletion.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { canBeDeleted } from "../../machines/kubelet/status-cache.ts";
import { keyOf } from "../store/store.ts";
import type { KubeWorld } from "../system/world.ts";
import { type ApiRequest, nameIn } from "./api-request.ts";

/** DELETE; a bound pod is only marked, and its kubelet deletes it with a period of 0. */
export function remove(
  world: KubeWorld,
  { kind = "", key = "", gracePeriodSeconds }: ApiRequest,
  now: number,
): ApiStatus | undefined {
  const object = world.store.get(kind, key);
  if (object === undefined) return newNotFound(kind, nameIn(key));
  const pod = kind === "Pod" ? world.pod(key) : undefined;
  if (pod === undefined) world.store.delete(kind, key);
  else removePod(world, pod, gracePeriodSeconds ?? null, now);
  return undefined;
}

export function removePod(
  world: KubeWorld,
  pod: Pod,
  graceSeconds: number | null,
  now: number,
): void {
  const nowMs = world.epochMs + now;
  const { mark, removes } = beforeDelete(pod, graceSeconds, nowMs);
  if (mark !== undefined) {
    const { generation = 1 } = pod.metadata;
    world.store.put<Pod>({
      ...pod,
      metadata: {
        ...pod.metadata,
        generation: mark.isFirst ? generation + 1 : generation,
        deletionTimestamp: world.time(mark.deletionMs - world.epochMs),
        deletionGracePeriodSeconds: mark.graceSeconds,
      },
    });
  }
  if (removes) world.store.delete("Pod", keyOf(pod));
}

/** The status manager deletes what has finished; an object that is gone is forgotten. */
export function deleteFinished(world: KubeWorld, key: string, now: number): void {
  const side = world.findSide(key);
  if (side === undefined) return;
  const pod = world.pod(key);
  if (pod === undefined || pod.metadata.uid !== side.uid) return world.removeSide(key);
  if (!canBeDeleted(pod, side.isFinished)) return;
  removePod(world, pod, 0, now);
}
