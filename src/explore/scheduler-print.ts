import type { KubeObject } from "../../machines/api/meta.ts";
import { attemptText } from "../system/attempt-text.ts";
import type { QueuedPod, SchedulerSide } from "../system/scheduler-side.ts";
import type { Print } from "./print.ts";
import type { Shapes } from "./shape.ts";

/** What is asked of a state about its scheduler. */
export interface SchedulerIn {
  readonly scheduler: SchedulerSide;
  /** Of the wall clock, ms since 1970. */
  readonly nowMs: number;
  readonly pod: (key: string) => KubeObject | undefined;
}

/** What the scheduler remembers of pods without a node; of others it knows what objects say. */
export function addScheduler(state: SchedulerIn, shapes: Shapes, print: Print): void {
  const { scheduler } = state;
  const { attempt, preemptions, inFlight, nominations, assumed, queue } = scheduler;
  print.add(scheduler.nextStartNodeIndex);
  if (assumed.size > 0) for (const key of assumed.keys()) print.addShape(shapes.ofWord(key));
  print.add(-1);
  if (attempt === undefined) print.add(-1);
  else print.addShape(shapes.ofWord(attemptText(attempt)));
  for (const one of preemptions) print.addShape(shapes.of(one));
  print.add(-1);
  for (const one of inFlight) print.addShape(shapes.of(one));
  for (const one of nominations) print.addShape(shapes.of(one));
  print.add(-1);
  if (queue.size === 0) return;
  const waiting = [...queue].toSorted(([, a], [, b]) => a.timestampMs - b.timestampMs);
  for (const [key, queued] of waiting) addQueued(key, queued, { state, shapes, print });
}

interface Place {
  readonly state: SchedulerIn;
  readonly shapes: Shapes;
  readonly print: Print;
}

function addQueued(key: string, queued: QueuedPod, { state, shapes, print }: Place): void {
  const { place, podInfo, timestampMs, backoffUntilMs = 0 } = queued;
  const { nowMs } = state;
  const numbers = [
    shapes.idOf(place),
    Math.min(queued.unschedulableCount, countsMost),
    Math.min(queued.consecutiveErrorsCount, countsMost),
    Math.max(0, backoffUntilMs - nowMs),
    Math.max(0, timestampMs + waitsMostMs - nowMs),
    Number(state.pod(key) === podInfo.pod),
  ];
  print.addShape(shapes.ofWord(key));
  for (const one of numbers) print.add(one);
  print.addShape(shapes.of(queued.unschedulablePlugins));
  print.addShape(shapes.of([queued.gatingPlugin, queued.requeue]));
}

/** After so many failures the back-off does not grow any more. */
const countsMost = 5;

/** After so long a pod that was refused is tried anyway. */
const waitsMostMs = 300_000;
