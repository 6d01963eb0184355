import type { KubeObject } from "../../machines/api/meta.ts";
import { getControllerOf } from "../../machines/controllers/controller-ref-manager.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf, storedKind } from "../store/store.ts";
import type { MachineRow, Message, Receiver, Routes, View } from "./composition.ts";
import type { CustomController } from "./custom-controller.ts";
import type { Caches } from "./controllers-side.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** An object wakes its controller, and that of its owner. */
export function customControllersHear(
  world: KubeWorld,
  { object }: StoreChange,
): readonly Message[] {
  return [...world.controllers.custom].flatMap(([id, controller]): readonly Message[] => {
    const { apiVersion, kind, owns } = controller;
    if (object.kind === kind && object.apiVersion === apiVersion) {
      return [keyAdded(id, keyOf(object))];
    }
    const owner = getControllerOf(object.metadata);
    if (owner === undefined || !owns.includes(object.kind)) return [];
    if (owner.kind !== kind || owner.apiVersion !== apiVersion) return [];
    return [keyAdded(id, `${object.metadata.namespace ?? ""}/${owner.name}`)];
  });
}

/** Undefined where the object is gone. */
export function seenByCustom(world: KubeWorld, { machine, subject }: Receiver): Caches | undefined {
  const controller = world.controllers.custom.get(machine);
  if (controller === undefined) return undefined;
  const { apiVersion, kind, owns } = controller;
  const type = { apiVersion, kind, metadata: { name: "" } };
  const object = world.store.get(storedKind(type), subject.object ?? "");
  if (object === undefined) return undefined;
  const { namespace, uid } = object.metadata;
  const owned = owns.flatMap((one): readonly KubeObject[] => {
    const found = world.store.select(one, { ...(namespace !== undefined && { namespace }) });
    return found.filter(({ metadata }) => getControllerOf(metadata)?.uid === uid);
  });
  return { controller: "custom", machine, object, owned };
}

/** Machines, and what they are told, for a composition. */
export function customParts(
  controllers: readonly CustomController[],
  routesOf: (view: string) => Routes<KubeWorld>[string],
  viewOf: (id: string, step: CustomController["step"]) => View<KubeWorld>,
) {
  const machines: Record<string, MachineRow<KubeWorld>> = {};
  const routes: Record<string, Routes<KubeWorld>[string]> = {};
  const views: Record<string, View<KubeWorld>> = {};
  for (const { machine, step } of controllers) {
    const view = `${machine.id}Step`;
    machines[machine.id] = { machine, exists: () => true, input: () => ({}) };
    routes[machine.id] = routesOf(view);
    views[view] = viewOf(machine.id, step);
  }
  return { machines, routes, views };
}
