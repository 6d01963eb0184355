import { endpointsByServicePort } from "../../machines/proxy/topology.ts";
import { servicePortsOf } from "../../machines/proxy/service-port.ts";
import { followIptables } from "../../machines/proxy/follow-iptables.ts";
import { followIpvs } from "../../machines/proxy/follow-ipvs.ts";
import { type IptablesRules, iptablesText } from "../../machines/proxy/iptables-rule.ts";
import { iptablesRules } from "../../machines/proxy/iptables-rules.ts";
import { type IpvsRules, ipvsRules, ipvsText } from "../../machines/proxy/ipvs-rules.ts";
import type { Packet, RuleVerdict } from "../../machines/proxy/packet.ts";
import type { Choices } from "../choice/choices.ts";
import type { ProxySide } from "./proxies-side.ts";
import type { KubeWorld } from "./world.ts";

/** A node's rules, as its kube-proxy wrote them last. */
export type NodeRules = IptablesRules | IpvsRules;

/** Undefined where no kube-proxy has synced yet. */
export function rulesOf(world: KubeWorld, node: string): NodeRules | undefined {
  const side = world.proxies.side(node);
  if (side === undefined) return undefined;
  const known = made.get(side.snapshot)?.get(node);
  if (known?.mode === world.proxies.mode) return known;
  const rules = makeRules(world, side);
  const byNode = made.get(side.snapshot) ?? new Map<string, NodeRules>();
  made.set(side.snapshot, byNode.set(node, rules));
  return rules;
}

/** What is made of one snapshot is always the same. */
const made = new WeakMap<ProxySide["snapshot"], Map<string, NodeRules>>();

function makeRules(world: KubeWorld, { node: name, snapshot }: ProxySide): NodeRules {
  const { services, slices } = snapshot;
  const zone = world.nodeObject(name)?.metadata.labels?.["topology.kubernetes.io/zone"];
  const node = { name, ip: world.node(name).ip, ...(zone !== undefined && { zone }) };
  const own = slices.filter(({ metadata: { labels = {} } }) => !(headless in labels));
  const ports = services.flatMap((service) => servicePortsOf(service));
  const view = { node, ports, endpoints: endpointsByServicePort(own, node) };
  return world.proxies.mode === "ipvs" ? ipvsRules(view) : iptablesRules(view);
}

/** No kube-proxy watches these. */
const headless = "service.kubernetes.io/headless";

/** As `iptables-restore` is given them, or as `ipvsadm -Ln` prints them. */
export function rulesText(rules: NodeRules): string {
  return rules.mode === "iptables" ? iptablesText(rules) : ipvsText(rules);
}

/** Where a node's rules send a connection; they remember it. */
export function followRules(
  world: KubeWorld,
  choices: Choices,
  node: string,
  packet: Packet,
  now: number,
): RuleVerdict {
  const rules = rulesOf(world, node);
  const side = world.proxies.side(node);
  if (rules === undefined || side === undefined) return { type: "passed" };
  const { memory } = side;
  const about = `node/${node} ${packet.destination}:${packet.port}`;
  const random = () => choices.amount("iptables random", about, randomRange) / randomRange.of;
  const followed =
    rules.mode === "iptables"
      ? followIptables(rules, packet, memory, { random, nowMs: now })
      : followIpvs(rules, packet, memory, now);
  world.proxies.remember(node, followed.memory);
  return followed.verdict;
}

const randomRange = { low: 0, high: 999_999, usual: 0, of: 1_000_000 };
