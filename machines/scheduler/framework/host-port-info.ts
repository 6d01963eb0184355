import type { ContainerPort } from "../../api/pod.ts";

/** The ports of a node that are taken: addresses by protocol and port; HostPortInfo. */
export type HostPortInfo = ReadonlyMap<string, ReadonlySet<string>>;

/** `Add`: a port without an address takes every one. */
export function addHostPorts(taken: HostPortInfo, ports: readonly ContainerPort[]): HostPortInfo {
  if (ports.length === 0) return taken;
  const after = new Map(taken);
  for (const port of ports) {
    const key = protocolPort(port);
    after.set(key, new Set([...(after.get(key) ?? []), addressOf(port)]));
  }
  return after;
}

/** `Remove`: a port that two pods have is free when the first one goes, as it is upstream. */
export function removeHostPorts(
  taken: HostPortInfo,
  ports: readonly ContainerPort[],
): HostPortInfo {
  if (ports.length === 0) return taken;
  const after = new Map(taken);
  for (const port of ports) {
    const key = protocolPort(port);
    const rest = [...(after.get(key) ?? [])].filter((address) => address !== addressOf(port));
    if (rest.length === 0) after.delete(key);
    else after.set(key, new Set(rest));
  }
  return after;
}

/** `CheckConflict`. */
export function checkConflict(taken: HostPortInfo, port: ContainerPort): boolean {
  const addresses = taken.get(protocolPort(port));
  if (addresses === undefined) return false;
  const address = addressOf(port);
  return address === bindAll || addresses.has(bindAll) || addresses.has(address);
}

/** kube-scheduler framework/types.go DefaultBindAllHostIP. */
const bindAll = "0.0.0.0";

function protocolPort({ protocol = "TCP", hostPort = 0 }: ContainerPort): string {
  return `${protocol}/${hostPort}`;
}

function addressOf({ hostIP }: ContainerPort): string {
  return hostIP === undefined || hostIP === "" ? bindAll : hostIP;
}
