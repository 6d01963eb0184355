/** In which ways something of a value is not the same in two lives that go on alike. */
export const holeKinds = [
  /** An id, a uid or an address: only which are equal counts. */
  "name",
  /** Wall clock, ms since 1970: its order, and its age as long as that counts. */
  "time",
  /** The same where only equality counts. */
  "mark",
  /** Virtual ms: what is still to come counts, and a past of so many ms. */
  "moment",
  /** The same on the wall clock, ms since 1970. */
  "instant",
  /** Virtual ms; its phase in the kubelet's periods counts. */
  "start",
  /** From one moment to another; nothing of it counts once it is over. */
  "span",
  /** Which of several starts: equality counts, and the number up to a bound. */
  "run",
  /** The number up to a bound. */
  "count",
] as const;

/**
 * What of a value is not the same in two lives that go on alike: names that were made up, times and
 * counts. Which of it counts in the end is decided where a whole state is put together.
 */
export interface Hole {
  readonly kind: (typeof holeKinds)[number];
  /** A time in ms, or a number of times. */
  readonly at: number;
  /**
   * How far back a moment counts or the end of a span, ms; the number of a name, a time or a run;
   * what is counted.
   */
  readonly also: number;
  /** Which place it has among the holes, where that is not its own: of names without an order. */
  readonly place?: number;
}

export const counted = ["restarts", "pulls", "sandboxes"] as const;
export type CountOf = (typeof counted)[number];

/** How far into the past something looks, ms. */
export interface Ages {
  readonly processMs: number;
  readonly turnMs: number;
  readonly imageMs: number;
}

type IdOf = (text: string) => number;

/** What of a number under that key does not count as it is; undefined when all of it does. */
export function numberHole(key: string, value: number, ages: Ages, idOf: IdOf): Hole | undefined {
  const { processMs, turnMs } = ages;
  const also = Object.hasOwn(instants, key) ? instants[key] : undefined;
  if (also !== undefined) return { kind: "instant", at: value, also };
  switch (key) {
    case "run":
      return { kind: "run", at: 0, also: value };
    case "restartCount":
      return { kind: "count", at: value, also: counted.indexOf("restarts") };
    case "attempts":
      return { kind: "count", at: value, also: counted.indexOf("pulls") };
    case "sandboxAttempts":
      return { kind: "count", at: value, also: counted.indexOf("sandboxes") };
    case "renewedAt":
      return { kind: "moment", at: value, also: nodeGraceMs };
    case "startedAtMs":
      return { kind: "moment", at: value, also: processMs };
    case "turnAwaitedAtMs":
      return { kind: "moment", at: value, also: turnMs };
    case "restsAtMs":
    case "exitsAtMs":
    case "backOffUntilMs":
    case "askedAtMs":
    case "begunAtMs":
      return { kind: "moment", at: value, also: 0 };
    case "kubeletStartedAt":
      return { kind: "start", at: value, also: 0 };
    case "sinceMs":
      return mark(value, idOf);
    default:
      return value < wallClockMs ? undefined : timeHole(value, idOf);
  }
}

export function timeHole(at: number, idOf: IdOf): Hole {
  return { kind: "time", at, also: idOf(`at ${at}`) };
}

export function mark(at: number, idOf: IdOf): Hole {
  return { kind: "mark", at, also: idOf(`at ${at}`) };
}

const expectationsMs = 5 * 60_000; // expectations.ts: how long a controller awaits what it asked

/** Of a node's sign of life: its grace period and a pass; projections/node-lifecycle.ts */
export const nodeGraceMs = 65_000;
/** After which a zone that is tainted slowly may have its next node tainted. */
const tokenMs = 100_000;

/** Of what a candidate has seen of a Lease; leader-election.ts leaseDurationMs */
const leaseMs = 16_000;

/** By key, how far into the past a moment of the wall clock counts, ms. */
const instants: Readonly<Record<string, number>> = {
  nowMs: Number.MAX_SAFE_INTEGER,
  timestampMs: expectationsMs,
  probeMs: nodeGraceMs,
  tokensAtMs: tokenMs,
  observedMs: leaseMs,
};

/** Numbers beyond it are times of the wall clock. */
export const wallClockMs = 1e12;

/** A call under way, which has both ends. */
export function spanIn(value: object): Hole | undefined {
  if (!("startedAtMs" in value) || !("endsAtMs" in value)) return undefined;
  const { startedAtMs, endsAtMs } = value;
  if (typeof startedAtMs !== "number" || typeof endsAtMs !== "number") return undefined;
  return { kind: "span", at: startedAtMs, also: endsAtMs };
}

/** Of an exit only the end of the delay that follows it is asked for. */
export function backOffIn(value: object): Hole | undefined {
  if (!("exitedAtMs" in value) || !("backOffMs" in value)) return undefined;
  const { exitedAtMs, backOffMs } = value;
  if (typeof exitedAtMs !== "number" || typeof backOffMs !== "number") return undefined;
  return { kind: "moment", at: exitedAtMs + backOffMs, also: 0 };
}
