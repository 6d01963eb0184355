import { cidrContains } from "../api/cidr-contains.ts";
import type { IptablesRule, IptablesRules, IptablesTable, RuleMatch } from "./iptables-rule.ts";
import {
  type Followed,
  type Packet,
  type ProxyMemory,
  remembering,
  type RuleVerdict,
} from "./packet.ts";

/** What rules ask besides the packet. */
export interface RuleContext {
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  readonly nowMs: number;
}

/**
 * The way of a connection's first packet through a node's rules: `nat` may send it to an endpoint;
 * what it leaves alone `filter` may refuse. The others of the connection follow the first.
 */
export function followIptables(
  { nat, filter }: IptablesRules,
  packet: Packet,
  memory: ProxyMemory,
  context: RuleContext,
): Followed {
  const walk = new Walk(packet, memory, context);
  const natted = walk.through(nat, ["KUBE-SERVICES"]);
  if (natted?.target === "DNAT") return { verdict: walk.forwarded(natted), memory: walk.memory };
  const stopped = walk.through(filter, [
    "KUBE-PROXY-FIREWALL",
    "KUBE-EXTERNAL-SERVICES",
    "KUBE-SERVICES",
  ]);
  return { verdict: stopped === undefined ? { type: "passed" } : stoppedBy(stopped), memory };
}

function stoppedBy({ target, matches }: IptablesRule): RuleVerdict {
  const [because = ""] = matches.flatMap((one) => (one.match === "comment" ? one.comment : []));
  const words = because.replaceAll('"', "");
  if (target === "REJECT") return { type: "rejected", because: words };
  return target === "DROP" ? { type: "dropped", because: words } : { type: "passed" };
}

/** One packet on its way. */
class Walk {
  memory: ProxyMemory;
  readonly #packet: Packet;
  readonly #context: RuleContext;
  readonly #chains: string[] = [];
  #isMasqueraded = false;

  constructor(packet: Packet, memory: ProxyMemory, context: RuleContext) {
    this.#packet = packet;
    this.memory = memory;
    this.#context = context;
  }

  /** The rule that decides; undefined where all chains end without one. */
  through(table: IptablesTable, chains: readonly string[]): IptablesRule | undefined {
    for (const chain of chains) {
      const found = this.#chain(table, chain);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  forwarded({ to = "" }: IptablesRule): RuleVerdict {
    const [endpoint, isMasqueraded, chains] = [to, this.#isMasqueraded, this.#chains];
    return { type: "forwarded", endpoint, isMasqueraded, chains };
  }

  #chain(table: IptablesTable, chain: string): IptablesRule | undefined {
    this.#chains.push(chain);
    for (const rule of table.rules) {
      if (rule.chain !== chain || !rule.matches.every((one) => this.#isMet(one))) continue;
      const { target } = rule;
      if (target === "KUBE-MARK-MASQ") this.#isMasqueraded = true;
      else if (target === "DNAT" || target === "REJECT" || target === "DROP") return rule;
      else if (target !== undefined && table.chains.includes(target)) {
        const found = this.#chain(table, target);
        if (found !== undefined) return found;
        this.#chains.pop();
      }
    }
    return undefined;
  }

  #isMet(match: RuleMatch): boolean {
    const { protocol, source, destination, port, isFromNode, isToNode } = this.#packet;
    switch (match.match) {
      case "comment":
        return true;
      case "protocol":
        return match.protocol === protocol.toLowerCase();
      case "destination":
        return cidrContains(match.destination, destination) !== (match.not === true);
      case "destinationPort":
        return match.port === port;
      case "source":
        return cidrContains(match.source, source) !== (match.not === true);
      case "destinationIsLocal":
        return isToNode;
      case "sourceIsLocal":
        return isFromNode;
      case "random":
        return this.#context.random() < Number(match.probability);
      case "recent":
        return this.#isRecent(match.name, match.seconds);
      case "remember":
        this.memory = remembering(this.memory, match.name, source, this.#context.nowMs);
        return true;
      case "mark":
        return match.not === true;
      case "state":
        return false;
    }
  }

  #isRecent(name: string, seconds: number): boolean {
    const cameMs = this.memory.recent[name]?.[this.#packet.source];
    return cameMs !== undefined && this.#context.nowMs - cameMs <= seconds * 1_000;
  }
}
