import type { QueuedPod } from "../system/scheduler-side.ts";
import type { KubeWorld } from "../system/world.ts";
import type { Row } from "./row.ts";
import type { Shapes } from "./shape.ts";

/** What the scheduler remembers of pods without a node; of others it knows what objects say. */
export function addScheduler(world: KubeWorld, now: number, shapes: Shapes, row: Row): void {
  const { scheduler } = world;
  const { attempt, preemption, inFlight, nominations } = scheduler;
  row.add(scheduler.nextStartNodeIndex);
  for (const key of scheduler.assumed.keys()) row.add(shapes.idOf(key));
  row.add(-1, attempt === undefined ? -1 : shapes.idOf(attempt.key));
  if (preemption !== undefined) row.addShape(shapes.of(preemption));
  for (const one of [...inFlight, ...nominations]) row.addShape(shapes.of(one));
  row.add(-1);
  if (scheduler.queue.size === 0) return;
  const waiting = [...scheduler.queue].toSorted(([, a], [, b]) => a.timestampMs - b.timestampMs);
  for (const [key, queued] of waiting) addQueued(key, queued, { world, now, shapes, row });
}

interface Place {
  readonly world: KubeWorld;
  readonly now: number;
  readonly shapes: Shapes;
  readonly row: Row;
}

function addQueued(key: string, queued: QueuedPod, { world, now, shapes, row }: Place): void {
  const { place, podInfo, timestampMs, backoffUntilMs = 0 } = queued;
  const nowMs = world.epochMs + now;
  row.add(
    shapes.idOf(key),
    shapes.idOf(place),
    Math.min(queued.unschedulableCount, countsMost),
    Math.min(queued.consecutiveErrorsCount, countsMost),
    Math.max(0, backoffUntilMs - nowMs),
    Math.max(0, timestampMs + waitsMostMs - nowMs),
    Number(world.pod(key) === podInfo.pod),
  );
  row.addShape(shapes.of(queued.unschedulablePlugins));
  row.addShape(shapes.of([queued.gatingPlugin, queued.requeue]));
}

/** After so many failures the back-off does not grow any more. */
const countsMost = 5;

/** After so long a pod that was refused is tried anyway. */
const waitsMostMs = 300_000;
