import { containerAt } from "../../../machines/kubelet/slot.ts";
import {
  type Emission,
  emitter,
  type Receiver,
  type ReceiverOf,
  type Subject,
  type View,
  type ViewContext,
} from "../composition.ts";
import type { KernelEvent } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";

type To = ReceiverOf<KubeWorld>;
type Find = (world: KubeWorld, emission: Emission) => Receiver | readonly Receiver[] | undefined;

/** Who is told, and which machines that may be. */
export function telling(machines: string | readonly string[], find: Find): To {
  const told: To = (world, emission) => find(world, emission);
  return Object.assign(told, { machines: [machines].flat() });
}

/** What a view builds, and its type. */
export function viewing<Type extends string>(
  type: Type,
  build: (world: KubeWorld, about: ViewContext) => KernelEvent & { readonly type: Type },
): View<KubeWorld> {
  const view: View<KubeWorld> = (world, about) => build(world, about);
  return Object.assign(view, { event: type });
}

/** A machine of the same pod as the emitter. */
export function ofPod(machine: string): To {
  return telling(machine, (_, { from }) => ({ machine, subject: podSubject(from.subject) }));
}

/** A machine of the same container as the emitter. */
export function ofContainer(machine: string): To {
  return telling(machine, (_, { from }) => ({ machine, subject: containerSubject(from.subject) }));
}

/** The machine of the container whose slot the fact names. */
export function ofSlot(machine: string): To {
  return telling(machine, (world, { fact, from }) => {
    const container = nameAt(world, podOf(from.subject), fact["slot"]);
    return { machine, subject: { pod: podOf(from.subject), container } };
  });
}

/** Whoever began the causal chain: one of these. */
export function toOrigin(...machines: readonly string[]): To {
  return telling(machines, (_, { origin }) => origin);
}

/** The emitter itself, which gets a view of objects. */
export const toSelf: To = telling(emitter, (_, { from }) => from);

/** A part of the environment, or the API server. */
export function toHandler(machine: string): To {
  const receiver = { machine, subject: {} };
  return telling(machine, () => receiver);
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
