import { getBackoffKey } from "../../../machines/kubelet/back-off-key.ts";
import {
  backOffRestartingMessage,
  crashLoopBackOffMessage,
} from "../../../machines/kubelet/restart-back-off.ts";
import { containerNamed } from "../../../machines/kubelet/slot.ts";
import type { Emission, Subject } from "../composition.ts";
import type { Detail } from "../kernel-event.ts";
import type { RestartNotes } from "../pull-notes.ts";
import type { KubeWorld } from "../world.ts";
import { recordContainerEvent } from "./container-event.ts";

/** A start was decided: how long the one after it will wait, and for which definition. */
export function noteBackOff(world: KubeWorld, { fact, from: { subject } }: Emission): void {
  const backOffMs = Number(fact["backOffMs"]);
  writeNotes(world, subject, { ...notesOf(world, subject), key: keyOf(world, subject), backOffMs });
}

export function forgetBackOff(world: KubeWorld, { from: { subject } }: Emission): void {
  const { exitedAtMs } = notesOf(world, subject);
  writeNotes(world, subject, { backOffMs: 0, ...(exitedAtMs !== undefined && { exitedAtMs }) });
}

/** The window counts from here. */
export function noteExit(world: KubeWorld, { from: { subject }, now }: Emission): void {
  writeNotes(world, subject, { ...notesOf(world, subject), exitedAtMs: now });
}

/** The Event of a delayed restart; the pod's worker is to come back when the first delay ends. */
export function recordBackOff(world: KubeWorld, emission: Emission): void {
  const { subject } = emission.from;
  const { pod, backOffUntilMs } = world.side(subject.pod);
  const message = backOffRestartingMessage(subject.container ?? "", pod.metadata);
  recordContainerEvent(world, subject, emission.now, {
    type: "Warning",
    reason: "BackOff",
    message,
  });
  const untilMs = backOffEndOf(world, emission);
  world.change(subject.pod, { backOffUntilMs: Math.min(backOffUntilMs ?? untilMs, untilMs) });
}

/** The waiting container's message, and when its delay ends. */
export function backOffDetail(world: KubeWorld, emission: Emission): Detail {
  const { pod, container = "" } = emission.from.subject;
  const { metadata } = world.side(pod).pod;
  const message = crashLoopBackOffMessage(Number(emission.fact["backOffMs"]), container, metadata);
  return { message, backOffUntilMs: backOffEndOf(world, emission) };
}

/** What the back-off holds for a container as it is defined now; 0: nothing. */
export function backOffMsOf(world: KubeWorld, subject: Subject): number {
  return isSameKey(world, subject) ? notesOf(world, subject).backOffMs : 0;
}

/** Whether image and resources are those of the start that is remembered, if one is. */
export function isSameKey(world: KubeWorld, subject: Subject): boolean {
  const { key } = notesOf(world, subject);
  return key === undefined || key === keyOf(world, subject);
}

function backOffEndOf(world: KubeWorld, { fact, from, now }: Emission): number {
  const { exitedAtMs = now } = notesOf(world, from.subject);
  return exitedAtMs + Number(fact["backOffMs"]);
}

function keyOf(world: KubeWorld, { pod: key, container }: Subject): string {
  const { pod } = world.side(key);
  return getBackoffKey(pod.metadata, containerNamed(pod.spec, container) ?? { name: "" });
}

function notesOf(world: KubeWorld, { pod, container = "" }: Subject): RestartNotes {
  return world.side(pod).restarts?.[container] ?? { backOffMs: 0 };
}

function writeNotes(world: KubeWorld, { pod, container = "" }: Subject, notes: RestartNotes): void {
  world.change(pod, { restarts: { ...world.side(pod).restarts, [container]: notes } });
}
