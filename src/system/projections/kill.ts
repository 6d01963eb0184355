import {
  containerSpecMissing,
  type KillFailure,
  killingMessage,
  killPodError,
  preStopHookFailed,
} from "../../../machines/kubelet/kill-messages.ts";
import { slotOf } from "../../../machines/kubelet/slot.ts";
import type { Emission, Receiver } from "../composition.ts";
import type { ContainerKillNotes, KillNotes } from "../kill-notes.ts";
import type { KubeWorld } from "../world.ts";
import { recordContainerEvent } from "./container-event.ts";

/** Writes the Events of one container's kill; the first one also notes who waits for its end. */
export function writeKillEvent(world: KubeWorld, emission: Emission): void {
  const { fact, from, now, origin } = emission;
  const { pod, container = "" } = from.subject;
  if (fact["reason"] === "FailedPreStopHook") {
    const text = { type: "Warning", reason: "FailedPreStopHook" } as const;
    recordContainerEvent(world, from.subject, now, { ...text, message: preStopHookFailed });
    return;
  }
  noteContainer(world, emission, requesterIn(origin));
  const slot = slotOf(world.side(pod).pod.spec, container) ?? container;
  const message = killingMessage(String(fact["message"]), slot, container);
  recordContainerEvent(world, from.subject, now, { type: "Normal", reason: "Killing", message });
}

/** From now on a sidecar's wait counts against its grace period. */
export function noteTurnAwaited(world: KubeWorld, emission: Emission): void {
  noteContainer(world, emission, { turnAwaitedAtMs: emission.now });
}

/** Whole seconds that a sidecar has waited; `waitForTurn`'s caller cuts the rest off. */
export function turnWaitSeconds(
  world: KubeWorld,
  { pod, container = "" }: { readonly pod?: string; readonly container?: string },
  nowMs: number,
): number {
  const { turnAwaitedAtMs = nowMs } = notesOf(world, pod).containers[container] ?? {};
  return Math.floor((nowMs - turnAwaitedAtMs) / 1_000);
}

/** Keeps why the runtime could not stop a container; the pod's error lists it. */
export function noteKilled(world: KubeWorld, { fact, from, detail }: Emission): void {
  const { pod, container: target = "" } = from.subject;
  if (fact["outcome"] === "ok") return;
  addFailure(world, pod, { action: "KillContainer", target, message: messageIn(detail) });
}

/** The same for a container that the spec does not name. */
export function noteRefused(world: KubeWorld, { fact, from }: Emission): void {
  const { pod: key, container: name = "" } = from.subject;
  const { pod, runtime } = world.side(key);
  const id = runtime.containers?.find((record) => record.name === name)?.id ?? "";
  const message = containerSpecMissing({ name, id }, pod.metadata, String(fact["message"]));
  addFailure(world, key, { action: "KillContainer", target: name, message });
}

/** The same for the sandbox. */
export function noteSandboxFailure(world: KubeWorld, { from, detail }: Emission): void {
  const { pod } = from.subject;
  const target = world.side(pod).uid;
  addFailure(world, pod, { action: "KillPodSandbox", target, message: messageIn(detail) });
}

/** Notes who waits for the pod's end; what went wrong before is forgotten. */
export function noteKilling(world: KubeWorld, { from, origin }: Emission): void {
  const { pod } = from.subject;
  const { containers } = notesOf(world, pod);
  world.change(pod, { kills: { containers, failures: [], ...requesterIn(origin) } });
}

/** Nobody waits any more; what went wrong is still to be told. */
export function forgetRequester(world: KubeWorld, { from }: Emission): void {
  const { pod } = from.subject;
  const { containers, failures } = notesOf(world, pod);
  const isClean = failures.length === 0 && Object.keys(containers).length === 0;
  world.change(pod, { kills: isClean ? undefined : { containers, failures } });
}

/** Who waits for the end of a container, or of the whole pod when none is named. */
export function requesterOf(world: KubeWorld, { from }: Emission): Receiver | undefined {
  const { pod, container } = from.subject;
  const notes = notesOf(world, pod);
  return container === undefined ? notes.requester : notes.containers[container]?.requester;
}

/** Why the last kill of the whole pod failed; undefined when all went well. */
export function killErrorOf(world: KubeWorld, pod: string | undefined): string | undefined {
  return killPodError(notesOf(world, pod).failures);
}

function addFailure(world: KubeWorld, pod: string | undefined, failure: KillFailure): void {
  const kills = notesOf(world, pod);
  world.change(pod, { kills: { ...kills, failures: [...kills.failures, failure] } });
}

function noteContainer(world: KubeWorld, { from }: Emission, notes: ContainerKillNotes): void {
  const { pod, container = "" } = from.subject;
  const kills = notesOf(world, pod);
  const noted = { ...kills.containers[container], ...notes };
  world.change(pod, {
    kills: { ...kills, containers: { ...kills.containers, [container]: noted } },
  });
}

function notesOf(world: KubeWorld, pod: string | undefined): KillNotes {
  return world.side(pod).kills ?? { containers: {}, failures: [] };
}

function requesterIn(origin: Receiver | undefined): { readonly requester?: Receiver } {
  if (origin === undefined) return {};
  const { machine, subject } = origin;
  return { requester: { machine, subject } };
}

function messageIn(detail: Emission["detail"]): string {
  const message = detail?.["message"];
  return typeof message === "string" ? message : "";
}
