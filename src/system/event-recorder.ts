import type { EventType, KubeEvent } from "../../machines/api/event.ts";
import { formatTime } from "../../machines/api/time.ts";

/** What a component says about an object. */
export interface EventSource {
  readonly component: string;
  readonly about: KubeEvent["involvedObject"];
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What the recorder remembers of one object; immutable. */
export interface EventLog {
  /** Tokens left in the spam filter's bucket, by component and type. */
  readonly tokens: Readonly<Record<string, { readonly left: number; readonly atMs: number }>>;
  /** Messages of the last ten minutes, by all that makes events similar. */
  readonly recent: Readonly<Record<string, Recent>>;
  /** Events written, by all that makes them equal. */
  readonly written: Readonly<Record<string, Written>>;
}

interface Recent {
  readonly messages: readonly string[];
  readonly lastMs: number;
}

interface Written {
  readonly name: string;
  readonly count: number;
  readonly firstMs: number;
}

/** client-go tools/record/events_cache.go: defaultSpamBurst, and defaultSpamQPS as its period. */
const spamBurst = 25;
const spamRefillMs = 300_000;
/** client-go tools/record/events_cache.go: defaultAggregateMaxEvents, …IntervalInSeconds. */
const aggregateAt = 10;
const aggregateWindowMs = 600_000;

const emptyLog: EventLog = { tokens: {}, recent: {}, written: {} };

/**
 * The Event that client-go's correlator would write, and what it remembers then: the 10th different
 * message within ten minutes is combined, a repeat raises `count`, and 25 events of one object and
 * type pass before one per five minutes. tools/record/events_cache.go EventCorrelate
 */
export function recordEvent(
  log: EventLog = emptyLog,
  source: EventSource,
  epochMs: number,
  nowMs: number,
): { readonly log: EventLog; readonly event?: KubeEvent } {
  const similar = [source.component, source.about.fieldPath ?? "", source.type, source.reason].join(
    "\n",
  );
  const recent = remembered(log.recent[similar], source.message, nowMs);
  const isCombined = recent.messages.length >= aggregateAt;
  const message = isCombined ? `(combined from similar events): ${source.message}` : source.message;
  const same = isCombined ? similar : `${similar}\n${source.message}`;
  const bucket = `${source.component}\n${source.type}`;
  const tokens = refilled(log.tokens[bucket], nowMs);
  const before = log.written[same];
  const written: Written = {
    name: before?.name ?? eventName(source, epochMs + nowMs, Object.keys(log.written).length),
    count: (before?.count ?? 0) + 1,
    firstMs: before?.firstMs ?? nowMs,
  };
  const passes = tokens.left >= 1;
  const next: EventLog = {
    tokens: { ...log.tokens, [bucket]: passes ? { ...tokens, left: tokens.left - 1 } : tokens },
    recent: { ...log.recent, [similar]: recent },
    written: { ...log.written, [same]: written },
  };
  return passes
    ? { log: next, event: eventOf(source, message, written, epochMs, nowMs) }
    : { log: next };
}

function remembered(recent: Recent | undefined, message: string, nowMs: number): Recent {
  const kept =
    recent === undefined || nowMs - recent.lastMs > aggregateWindowMs ? [] : recent.messages;
  return { messages: kept.includes(message) ? kept : [...kept, message], lastMs: nowMs };
}

function refilled(tokens: EventLog["tokens"][string] | undefined, nowMs: number) {
  if (tokens === undefined) return { left: spamBurst, atMs: nowMs };
  return {
    left: Math.min(spamBurst, tokens.left + (nowMs - tokens.atMs) / spamRefillMs),
    atMs: nowMs,
  };
}

/** `web.18ea07bce8676989`: the object's name and a time in hexadecimal nanoseconds. */
function eventName({ about }: EventSource, atMs: number, ordinal: number): string {
  return `${about.name}.${(BigInt(atMs) * 1_000_000n + BigInt(ordinal)).toString(16)}`;
}

function eventOf(
  { component, about, type, reason, annotations = {} }: EventSource,
  message: string,
  { name, count, firstMs }: Written,
  epochMs: number,
  nowMs: number,
): KubeEvent {
  const [firstTimestamp, lastTimestamp] = [
    formatTime(epochMs + firstMs),
    formatTime(epochMs + nowMs),
  ];
  const metadata = {
    name,
    namespace: about.namespace ?? "default",
    creationTimestamp: firstTimestamp,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata,
    involvedObject: about,
    reason,
    message,
    source: { component },
    firstTimestamp,
    lastTimestamp,
    count,
    type,
    reportingComponent: component,
  };
}
