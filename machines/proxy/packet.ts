/** The first packet of a connection, as a node's rules see it. */
export interface Packet {
  readonly protocol: string;
  readonly source: string;
  /** It comes from the node itself, not from a pod or from elsewhere. */
  readonly isFromNode: boolean;
  readonly destination: string;
  readonly port: number;
  /** The destination is an address of the node. */
  readonly isToNode: boolean;
}

/** Who came last to which endpoint, in milliseconds; by chain or virtual server, then by source. */
export type RecentClients = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What rules remember from one connection to the next. */
export interface ProxyMemory {
  readonly recent: RecentClients;
  /** Of a virtual server: which of its real servers comes next. */
  readonly turns: Readonly<Record<string, number>>;
}

export const noMemory: ProxyMemory = { recent: {}, turns: {} };

/** Where rules send a packet. */
export type RuleVerdict =
  | {
      readonly type: "forwarded";
      /** `10.88.0.7:8080` */
      readonly endpoint: string;
      /** The endpoint sees the node instead of the client; of iptables alone. */
      readonly isMasqueraded?: boolean;
      readonly chains: readonly string[];
    }
  /** The client is told at once. */
  | { readonly type: "rejected"; readonly because: string }
  /** The client hears nothing. */
  | { readonly type: "dropped"; readonly because: string }
  /** No rule is about it: it goes where it was sent to. */
  | { readonly type: "passed" };

export interface Followed {
  readonly verdict: RuleVerdict;
  readonly memory: ProxyMemory;
}

/** A client that came to an endpoint now. */
export function remembering(
  memory: ProxyMemory,
  name: string,
  source: string,
  nowMs: number,
): ProxyMemory {
  const own = { ...memory.recent[name], [source]: nowMs };
  return { ...memory, recent: { ...memory.recent, [name]: own } };
}
