import type { Container, PodSpec } from "../api/pod.ts";

/** A container's place in the spec, which is not a name: the second init container is `i1`. */
export type Slot = `${"i" | "c" | "e"}${number}`;

type Containers = Pick<PodSpec, "containers" | "initContainers" | "ephemeralContainers">;

/** Every container with its slot, in the order init, regular, ephemeral. */
export function slotsOf(spec: Containers): readonly (readonly [Slot, Container])[] {
  const known = slots.get(spec);
  if (known !== undefined) return known;
  const made = [
    ...(spec.initContainers ?? []).map((one, index) => [`i${index}`, one] as const),
    ...spec.containers.map((one, index) => [`c${index}`, one] as const),
    ...(spec.ephemeralContainers ?? []).map((one, index) => [`e${index}`, one] as const),
  ] satisfies (readonly [Slot, Container])[];
  slots.set(spec, made);
  return made;
}

const slots = new WeakMap<Containers, readonly (readonly [Slot, Container])[]>();

/** The slot of the container of that name; undefined when the spec has none. */
export function slotOf(spec: Containers, name: string): Slot | undefined {
  return slotsOf(spec).find(([, container]) => container.name === name)?.[0];
}

/** The container in that slot; undefined when the spec has none. */
export function containerAt(spec: Containers, slot: string): Container | undefined {
  return slotsOf(spec).find(([place]) => place === slot)?.[1];
}

/** The container of that name; undefined when the spec has none. */
export function containerNamed(spec: Containers, name: string | undefined): Container | undefined {
  return slotsOf(spec).find(([, container]) => container.name === name)?.[1];
}

/** Whether the init container at that index is a sidecar. */
export function isSidecarSlot(
  initContainers: readonly Pick<Container, "restartPolicy">[] | undefined,
  index: number,
): boolean {
  return initContainers?.[index]?.restartPolicy === "Always";
}
