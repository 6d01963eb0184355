import { isStored } from "../../../machines/api/objects.ts";
import { kubeProxyMachine, syncIntervals } from "../../../machines/proxy/kube-proxy.machine.ts";
import type { Emission, MachineRow, Routes } from "../composition.ts";
import type { KubeWorld } from "../world.ts";

/** One on each node. */
export const proxyMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  kubeProxy: {
    machine: kubeProxyMachine,
    exists: (world, { node = "" }) => world.nodeObject(node) !== undefined,
    input: (world) => syncIntervals[world.proxies.mode],
    periodicDelays: ["maxInterval"],
  },
};

export const proxyRoutes: Routes<KubeWorld> = {
  kubeProxy: { "rules.synced": [{ project: sync }] },
};

/** The rules are made of what there is now; they are written down when somebody follows them. */
function sync(world: KubeWorld, { from }: Emission): void {
  world.proxies.synced(from.subject.node ?? "", () => ({
    services: world.store.list("Service").filter((one) => isStored(one, "Service")),
    slices: world.store.list("EndpointSlice").filter((one) => isStored(one, "EndpointSlice")),
  }));
}
