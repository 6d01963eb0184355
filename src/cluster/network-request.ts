import type { Pod } from "../../machines/api/pod.ts";
import { canonicalIP } from "../../machines/api/ip-address.ts";
import { isPod, isStored } from "../../machines/api/objects.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import { type Connection, networkPolicyVerdict } from "../../machines/proxy/network-policy.ts";
import type { Choices } from "../choice/choices.ts";
import { followRules } from "../system/proxy-rules.ts";
import type { KubeWorld } from "../system/world.ts";
import { isAlive } from "./environment/process.ts";
import { isPodAddress } from "./environment/runtime.ts";
import { addressesOf, type Asked, askedOf, nodeFor, type RequestFrom } from "./network-target.ts";

export interface RequestOptions {
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

/** What came of a request. */
export type RequestAnswer =
  | {
      readonly outcome: "answered";
      /** `namespace/name`; undefined for an address outside the cluster. */
      readonly pod?: string;
      /** `10.88.0.7:8080` */
      readonly endpoint: string;
      /** Chains or virtual servers that it went through. */
      readonly via: readonly string[];
    }
  | {
      /** The client is told at once, hears nothing, or finds no address. */
      readonly outcome: "refused" | "timed out" | "no such host";
      readonly because: string;
      readonly via: readonly string[];
    };

interface Scene {
  readonly world: KubeWorld;
  readonly choices: Choices;
  readonly now: number;
}

/**
 * Opens a connection by the rules of the node that it comes to first, as they were last synced, and
 * by the NetworkPolicies that there are now.
 *
 * @param target `web`, `web.shop:80`, `10.96.0.7:80`, `node-1:30080`
 */
export function networkRequest(
  scene: Scene,
  target: string,
  from: RequestFrom,
  { protocol = "TCP" }: RequestOptions = {},
): RequestAnswer {
  const asked = askedOf(scene.world, target, from, protocol);
  if ("problem" in asked) return unanswered("no such host", asked.problem);
  const addresses = addressesOf(scene.world, asked);
  if (addresses === undefined) {
    const because = `${asked.host} is no name of a Service, a pod behind one or a node`;
    return unanswered("no such host", because);
  }
  const about = `${asked.host}:${asked.port}`;
  const ip = scene.choices.pick("address of a name", about, addresses);
  return reach(scene, asked, ip);
}

function unanswered(
  outcome: "refused" | "timed out" | "no such host",
  because: string,
  via: readonly string[] = [],
): RequestAnswer {
  return { outcome, because, via };
}

function reach(scene: Scene, asked: Asked, destination: string): RequestAnswer {
  const { world, choices, now } = scene;
  const node = nodeFor(world, choices, asked, destination);
  if (node === undefined) {
    const because = `${destination} is an address inside the cluster`;
    return unanswered("timed out", because);
  }
  const { source, isFromNode, port, protocol } = asked;
  const isToNode = world.node(node).ip === destination;
  const packet = { protocol, source: source.ip, isFromNode, destination, port, isToNode };
  const verdict = followRules(world, choices, node, packet, now);
  switch (verdict.type) {
    case "rejected":
      return unanswered("refused", verdict.because);
    case "dropped":
      return unanswered("timed out", verdict.because);
    case "passed":
      return arrive(scene, asked, destination, port, []);
    case "forwarded": {
      const [ip, endpointPort] = splitEndpoint(verdict.endpoint);
      const masqueraded = { ...asked, source: { ip: world.node(node).ip } };
      const seen = verdict.isMasqueraded === true ? masqueraded : asked;
      return arrive(scene, seen, ip, endpointPort, verdict.chains);
    }
  }
}

function splitEndpoint(endpoint: string): readonly [ip: string, port: number] {
  const at = endpoint.lastIndexOf(":");
  return [endpoint.slice(0, at).replaceAll(/[[\]]/g, ""), Number(endpoint.slice(at + 1))];
}

/** What is at the address lets it in, or not. */
function arrive(
  scene: Scene,
  asked: Asked,
  ip: string,
  port: number,
  via: readonly string[],
): RequestAnswer {
  const { world, now } = scene;
  const endpoint = ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
  const pods = world.store.list("Pod").filter(isPod);
  const at = pods.filter((pod) => hasAddress(pod, ip));
  const pod = at.find((one) => declares(one, port)) ?? at.find(({ spec }) => !spec.hostNetwork);
  const refused = policyRefusal(world, asked, ip, port, pod);
  if (refused !== undefined) return unanswered("timed out", refused, via);
  if (pod === undefined) return nobody(world, ip, endpoint, via);
  const { namespace = "", name } = pod.metadata;
  const key = `${namespace}/${name}`;
  if (listens(world, key, pod, port, now)) return { outcome: "answered", pod: key, endpoint, via };
  const isOff = world.node(pod.spec.nodeName).isWatching === false;
  if (isOff) return unanswered("timed out", `node ${pod.spec.nodeName} is down`, via);
  return unanswered("refused", `no process of pod ${key} listens on port ${port}`, via);
}

function nobody(
  world: KubeWorld,
  ip: string,
  endpoint: string,
  via: readonly string[],
): RequestAnswer {
  const nodes = [...world.nodes()];
  if (nodes.some((node) => node.ip === ip)) {
    return unanswered("refused", `nothing listens on ${endpoint}`, via);
  }
  const services = world.store.list("Service").filter((one) => isStored(one, "Service"));
  const service = services.find(({ spec }) => spec?.clusterIPs?.includes(ip));
  if (service !== undefined) {
    const { namespace = "", name } = service.metadata;
    const because = `no rule of the node is about ${endpoint} of Service ${namespace}/${name}`;
    return unanswered("timed out", because, via);
  }
  if (nodes.some(({ nth }) => isPodAddress(ip, nth))) {
    return unanswered("timed out", `no pod has the address ${ip}`, via);
  }
  return { outcome: "answered", endpoint, via };
}

/** A pod keeps its address until its end. */
function hasAddress({ status }: Pod, ip: string): boolean {
  if (isPodPhaseTerminal(status?.phase)) return false;
  return (status?.podIPs ?? []).some((one) => canonicalIP(one.ip) === ip);
}

function declares({ spec }: Pod, port: number): boolean {
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  return ports.some(({ containerPort }) => containerPort === port);
}

/** The container that names the port has to run, and if none does, any. */
function listens(world: KubeWorld, key: string, pod: Pod, port: number, now: number): boolean {
  const side = world.findSide(key);
  if (side === undefined || side.uid !== pod.metadata.uid) return false;
  const { initContainers = [], containers } = pod.spec;
  const all = [...containers, ...initContainers];
  const naming = all.filter(({ ports = [] }) => ports.some((one) => one.containerPort === port));
  return (naming.length > 0 ? naming : all).some(({ name }) => {
    const process = side.processes[name];
    return process !== undefined && isAlive(process, now);
  });
}

function policyRefusal(
  world: KubeWorld,
  { source, protocol, isFromNode, node }: Asked,
  ip: string,
  port: number,
  pod: Pod | undefined,
): string | undefined {
  const policies = world.store.list("NetworkPolicy");
  if (policies.length === 0) return undefined;
  const isOwn = pod !== undefined && pod.spec.hostNetwork !== true;
  const connection: Connection = {
    from: source,
    to: isOwn ? { ip, pod } : { ip },
    port,
    protocol,
    isWithinNode: isFromNode && node !== undefined && node === pod?.spec.nodeName,
  };
  const namespaces = world.store.list("Namespace").map(({ metadata }) => {
    return [metadata.name, { [nameLabel]: metadata.name, ...metadata.labels }] as const;
  });
  const view = {
    policies: policies.filter((one) => isStored(one, "NetworkPolicy")),
    namespaces: Object.fromEntries(namespaces),
  };
  const verdict = networkPolicyVerdict(view, connection);
  if (verdict.type === "allowed") return undefined;
  const names = verdict.policies.join(", ");
  return `${verdict.direction} is not among what NetworkPolicy ${names} allows`;
}

const nameLabel = "kubernetes.io/metadata.name";
