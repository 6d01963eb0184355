import type { StoreChange } from "../store/change.ts";
import type { Message } from "./composition.ts";
import type { KubeWorld } from "./world.ts";

/**
 * Every node's kube-proxy hears of Services and EndpointSlices; one that has not synced since it
 * was told of another change knows enough.
 */
export function proxiesHear(world: KubeWorld, { object }: StoreChange): readonly Message[] {
  if (object.kind !== "Service" && object.kind !== "EndpointSlice") return [];
  if (!world.controllers.runs("kubeProxy")) return [];
  const told = [...world.nodes()].filter(({ name }) => world.proxies.changed(name));
  return told.map(({ name: node }) => {
    return { to: { machine: "kubeProxy", subject: { node } }, event: { type: "change.seen" } };
  });
}
