/** One condition of a rule, in the order in which iptables is told of it. */
export type RuleMatch =
  | { readonly match: "comment"; readonly comment: string }
  | { readonly match: "protocol"; readonly protocol: string }
  /** An address or a CIDR. */
  | { readonly match: "destination"; readonly destination: string; readonly not?: true }
  | { readonly match: "destinationPort"; readonly port: number }
  | { readonly match: "source"; readonly source: string; readonly not?: true }
  /** Of the node itself. */
  | { readonly match: "destinationIsLocal" }
  | { readonly match: "sourceIsLocal" }
  /** With ten decimals. */
  | { readonly match: "random"; readonly probability: string }
  /** The client was there less than so long ago. */
  | { readonly match: "recent"; readonly name: string; readonly seconds: number }
  | { readonly match: "remember"; readonly name: string }
  | { readonly match: "mark"; readonly not?: true }
  | { readonly match: "state"; readonly states: string; readonly not?: true };

/** A rule of a chain; without a target it only stands there. */
export interface IptablesRule {
  readonly chain: string;
  readonly matches: readonly RuleMatch[];
  /** A chain, or what happens to the packet. */
  readonly target?: string;
  /** Of a DNAT: the endpoint. */
  readonly to?: string;
}

/** A table as `iptables-restore` is given it. */
export interface IptablesTable {
  readonly chains: readonly string[];
  readonly rules: readonly IptablesRule[];
}

export interface IptablesRules {
  readonly mode: "iptables";
  readonly filter: IptablesTable;
  readonly nat: IptablesTable;
}

/** What kube-proxy gives to `iptables-restore --noflush --counters`. */
export function iptablesText({ filter, nat }: IptablesRules): string {
  return `*filter\n${tableText(filter)}COMMIT\n*nat\n${tableText(nat)}COMMIT\n`;
}

function tableText({ chains, rules }: IptablesTable): string {
  const lines = [...chains.map((chain) => `:${chain} - [0:0]`), ...rules.map(ruleText)];
  return lines.map((line) => `${line}\n`).join("");
}

function ruleText({ chain, matches, target, to }: IptablesRule): string {
  const parts = [`-A ${chain}`, ...matches.map(matchText)];
  if (target === "MARK") parts.push(markText(chain));
  else if (target !== undefined) parts.push(`-j ${target}`);
  if (to !== undefined) parts.push(`--to-destination ${to}`);
  if (target === "MASQUERADE") parts.push("--random-fully");
  return parts.join(" ");
}

/** What is to be masqueraded is marked, and the mark is taken off again. */
function markText(chain: string): string {
  return `-j MARK ${chain === "KUBE-MARK-MASQ" ? "--or-mark" : "--xor-mark"} ${masqueradeMark}`;
}

const masqueradeMark = "0x00004000";

function matchText(match: RuleMatch): string {
  switch (match.match) {
    case "comment":
      return `-m comment --comment ${match.comment}`;
    case "protocol":
      return `-m ${match.protocol} -p ${match.protocol}`;
    case "destination":
      return `${match.not === true ? "! " : ""}-d ${match.destination}`;
    case "destinationPort":
      return `--dport ${match.port}`;
    case "source":
      return `${match.not === true ? "! " : ""}-s ${match.source}`;
    case "destinationIsLocal":
      return "-m addrtype --dst-type LOCAL";
    case "sourceIsLocal":
      return "-m addrtype --src-type LOCAL";
    case "random":
      return `-m statistic --mode random --probability ${match.probability}`;
    case "recent":
      return `-m recent --name ${match.name} --rcheck --seconds ${match.seconds} --reap`;
    case "remember":
      return `-m recent --name ${match.name} --set`;
    case "mark": {
      const not = match.not === true ? "! " : "";
      return `-m mark ${not}--mark ${masqueradeMark}/${masqueradeMark}`;
    }
    case "state":
      return `-m conntrack ${match.not === true ? "! " : ""}--ctstate ${match.states}`;
  }
}
