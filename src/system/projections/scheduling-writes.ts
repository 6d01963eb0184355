import type { Pod } from "../../../machines/api/pod.ts";
import type { PodCondition } from "../../../machines/api/pod-status.ts";
import type { SchedulingEvent } from "../../../machines/scheduler/scheduling-events.ts";
import { statusPatch } from "../../../machines/scheduler/scheduling-failure.ts";
import { keyOf } from "../../store/store.ts";
import type { KubeWorld } from "../world.ts";

/** An Event of the scheduler about a pod, in the name of the one that another pod asks for. */
export function tell(
  world: KubeWorld,
  { apiVersion, metadata }: Pod,
  now: number,
  event: SchedulingEvent,
  { spec: { schedulerName = "default-scheduler" } }: Pod,
): void {
  const { namespace, name, uid } = metadata;
  const about = {
    kind: "Pod",
    apiVersion,
    name,
    ...(namespace && { namespace }),
    ...(uid && { uid }),
  };
  world.record(now, { component: schedulerName, about, ...event });
}

/** A PATCH of the pod's status; nothing is written when nothing changes. */
export function patchStatus(
  world: KubeWorld,
  pod: Pod,
  now: number,
  condition?: PodCondition,
  nominatedNodeName?: string,
): void {
  const known = world.pod(keyOf(pod));
  if (known === undefined || known.metadata.uid !== pod.metadata.uid) return;
  const patch = statusPatch(known.status, condition, nominatedNodeName);
  if (patch === undefined) return;
  const { nominatedNodeName: before, conditions = [], ...status } = known.status ?? {};
  const nominated = patch.nominatedNodeName === undefined ? before : patch.nominatedNodeName;
  world.store.put<Pod>({
    ...known,
    status: {
      ...status,
      conditions:
        condition === undefined ? conditions : withCondition(world, conditions, condition, now),
      ...(nominated && { nominatedNodeName: nominated }),
    },
  });
}

function withCondition(
  world: KubeWorld,
  conditions: readonly PodCondition[],
  condition: PodCondition,
  now: number,
): readonly PodCondition[] {
  const before = conditions.find(({ type }) => type === condition.type);
  const isFlip = before?.status !== condition.status;
  const lastTransitionTime = isFlip ? world.time(now) : before?.lastTransitionTime;
  const written: PodCondition = {
    lastProbeTime: null,
    ...condition,
    ...(lastTransitionTime !== undefined && { lastTransitionTime }),
  };
  if (before === undefined) return [...conditions, written];
  return conditions.map((one) => (one === before ? written : one));
}
