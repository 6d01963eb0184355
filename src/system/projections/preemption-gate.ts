import type { Pod } from "../../../machines/api/pod.ts";
import { keyOf } from "../../store/store.ts";
import type { KubeWorld } from "../world.ts";

/**
 * Whether pods still have to be told to go for this one. When only the last of them is left, it is
 * enough that its deletion can be seen, because its end may be heard of before the answer.
 * pkg/scheduler/framework/preemption/preemption.go IsPodRunningPreemption
 */
export function isPodRunningPreemption(world: KubeWorld, { metadata }: Pod): boolean {
  const { preemptions } = world.scheduler;
  if (preemptions.length === 0) return false;
  const running = preemptions.find(({ preemptor }) => preemptor.metadata.uid === metadata.uid);
  if (running?.lastVictim === undefined) return running !== undefined;
  const victim = world.pod(keyOf(running.lastVictim));
  return victim !== undefined && victim.metadata.deletionTimestamp === undefined;
}
