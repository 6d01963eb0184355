import { cidrContains } from "../api/cidr-contains.ts";
import { type IpvsRules, nodeAddresses, type VirtualServer } from "./ipvs-rules.ts";
import { type Followed, type Packet, type ProxyMemory, remembering } from "./packet.ts";

/** The way of a connection's first packet through a node's virtual servers, each in its turn. */
export function followIpvs(
  { servers }: IpvsRules,
  packet: Packet,
  memory: ProxyMemory,
  nowMs: number,
): Followed {
  const server = servers.find((one) => isMeant(one, packet));
  if (server === undefined) return { verdict: { type: "passed" }, memory };
  const { name, realServers, sourceRanges } = server;
  if (sourceRanges?.some((range) => cidrContains(range, packet.source)) === false) {
    const because = `${name} is not for ${packet.source}`;
    return { verdict: { type: "dropped", because }, memory };
  }
  if (realServers.length === 0) {
    return { verdict: { type: "rejected", because: `${name} has no endpoints` }, memory };
  }
  const key = `${server.protocol} ${server.address}:${server.port}`;
  const known = persistent(server, packet, memory, nowMs);
  const turn = memory.turns[key] ?? 0;
  const endpoint = known ?? realServers[turn % realServers.length] ?? "";
  const turned =
    known === undefined ? { ...memory, turns: { ...memory.turns, [key]: turn + 1 } } : memory;
  const kept =
    server.persistentSeconds === undefined
      ? turned
      : remembering(turned, templateOf(server, endpoint), packet.source, nowMs);
  return {
    verdict: { type: "forwarded", endpoint, chains: [key] },
    memory: kept,
  };
}

function isMeant({ protocol, address, port }: VirtualServer, packet: Packet): boolean {
  if (protocol !== packet.protocol.toUpperCase() || port !== packet.port) return false;
  return address === nodeAddresses ? packet.isToNode : cidrContains(address, packet.destination);
}

/** Where this client went last, if that was not too long ago. */
function persistent(
  server: VirtualServer,
  { source }: Packet,
  { recent }: ProxyMemory,
  nowMs: number,
): string | undefined {
  const { persistentSeconds, realServers } = server;
  if (persistentSeconds === undefined) return undefined;
  return realServers.find((endpoint) => {
    const cameMs = recent[templateOf(server, endpoint)]?.[source];
    return cameMs !== undefined && nowMs - cameMs <= persistentSeconds * 1_000;
  });
}

function templateOf({ protocol, address, port }: VirtualServer, endpoint: string): string {
  return `${protocol} ${address}:${port} ${endpoint}`;
}
