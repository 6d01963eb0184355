import { bindAPIUpdate, claimsToBind } from "../../../machines/scheduler/volume/bind-volumes.ts";
import { claimOfVolume } from "../../../machines/scheduler/volume/claims.ts";
import type { Emission } from "../composition.ts";
import { podOf } from "../routes/receivers.ts";
import type { KubeWorld } from "../world.ts";
import { handleOf, seenNodes } from "./scheduling-handle.ts";
import { patchStatus } from "./scheduling-writes.ts";

/** Whether VolumeBinding has anything to do before the pod is bound; PreBindPreFlight. */
export function hasClaimsToBind(world: KubeWorld, key: string): boolean {
  const pod = world.scheduler.assumed.get(key);
  if (!pod?.spec.volumes?.some((volume) => claimOfVolume(pod, volume) !== undefined)) return false;
  return claimsToBind(pod, handleOf(world, seenNodes(world), pod)).length > 0;
}

/** Others are told of the node before the pod is bound to it; schedule_one.go bindingCycle. */
export function nominateAssumed(world: KubeWorld, { from, now }: Emission): void {
  const pod = world.scheduler.assumed.get(podOf(from.subject));
  if (pod !== undefined) patchStatus(world, pod, now, undefined, pod.spec.nodeName ?? "");
}

/** Volumes are reserved for claims, and claims say for which node one is to be provided. */
export function bindClaims(world: KubeWorld, { from }: Emission): void {
  const pod = world.scheduler.assumed.get(podOf(from.subject));
  const node = world.nodeObject(pod?.spec.nodeName ?? "");
  if (pod === undefined || node === undefined) return;
  const { volumes, claims } = bindAPIUpdate(pod, node, handleOf(world, seenNodes(world), pod));
  for (const object of [...volumes, ...claims]) world.store.put(object);
}
