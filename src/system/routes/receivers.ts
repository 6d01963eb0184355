import { containerAt, slotsOf } from "../../../machines/kubelet/slot.ts";
import type { Emission, Receiver, Subject } from "../composition.ts";
import type { KernelEvent } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";

type To = (world: KubeWorld, emission: Emission) => Receiver | readonly Receiver[] | undefined;

/** A machine of the same pod as the emitter. */
export function ofPod(machine: string): To {
  return (_, { from }) => ({ machine, subject: podSubject(from.subject) });
}

/** A machine of the same container as the emitter. */
export function ofContainer(machine: string): To {
  return (_, { from }) => ({ machine, subject: containerSubject(from.subject) });
}

/** The machine of the container whose slot the fact names. */
export function ofSlot(machine: string): To {
  return (world, { fact, from }) => {
    const container = nameAt(world, podOf(from.subject), fact["slot"]);
    return { machine, subject: { pod: podOf(from.subject), container } };
  };
}

/** A machine of every container of the pod. */
export function ofEachContainer(machine: string): To {
  return (world, { from }) => {
    const pod = podOf(from.subject);
    const slots = slotsOf(world.side(pod).pod.spec);
    return slots.map(([, { name }]) => ({ machine, subject: { pod, container: name } }));
  };
}

/** Whoever began the causal chain. */
export const toOrigin: To = (_, { origin }) => origin;

/** The emitter itself, which gets a view of objects. */
export const toSelf: To = (_, { from }) => from;

/** A part of the environment, or the API server. */
export function toHandler(machine: string): To {
  const receiver = { machine, subject: {} };
  return () => receiver;
}

/** A pod's machines exist as long as its kubelet knows it. */
export function isOnNode(world: KubeWorld, { pod }: Subject): boolean {
  return pod !== undefined && world.findSide(pod) !== undefined;
}

/** The pod alone; a subject that is one stands for itself, so that a pod's actors share it. */
function podSubject(subject: Subject): Subject {
  const isAlone = subject.container === undefined && subject.part === undefined;
  return isAlone && subject.pod !== undefined ? subject : { pod: podOf(subject) };
}

function containerSubject(subject: Subject): Subject {
  if (subject.container !== undefined && subject.part === undefined) return subject;
  return { pod: podOf(subject), container: subject.container ?? "" };
}

export function podOf(subject: Subject): string {
  return subject.pod ?? "";
}

/** A closed field of a fact that is text. */
export function textOf(event: KernelEvent, field: string): string {
  const value = event[field];
  return typeof value === "string" ? value : "";
}

/** The name of the container in that slot. */
export function nameAt(world: KubeWorld, pod: string, slot: unknown): string {
  return containerAt(world.side(pod).pod.spec, String(slot))?.name ?? "";
}
