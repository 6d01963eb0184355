import type { EventType, KubeEvent } from "../../machines/api/event.ts";

/** What a component says about an object. */
export interface EventSource {
  readonly component: string;
  /** The node that the component runs on. */
  readonly host?: string;
  readonly about: KubeEvent["involvedObject"];
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the component was doing. */
  readonly action?: string;
}

/** An Event as its component makes it, before it is compared with earlier ones. */
export interface NewEvent extends EventSource {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The nanoseconds within that millisecond. */
  readonly atNs?: number;
}

/** What is to be written in place of a new Event, and how often it has happened so far. */
export interface CorrelatedEvent extends NewEvent {
  readonly count: number;
  readonly firstMs: number;
  /** It stands for several Events of other messages. */
  readonly isCombined: boolean;
}

/** What a recorder remembers; immutable. Each cache has the least recently used entry first. */
export interface EventLog {
  /** How many Events it has been told. */
  readonly told: number;
  /** The messages of the last interval, by all else that makes Events similar. */
  readonly similar: Cache<Similar>;
  /** By all that makes Events equal. */
  readonly observed: Cache<Observation>;
  /** The spam filter's buckets, by source, object and type. */
  readonly buckets: Cache<Bucket>;
}

type Cache<T> = readonly CacheEntry<T>[];

type CacheEntry<T> = T & { readonly key: string };

interface Similar {
  readonly messages: readonly string[];
  readonly lastMs: number;
}

interface Observation {
  readonly name: string;
  readonly count: number;
  readonly firstMs: number;
}

interface Bucket {
  readonly tokens: number;
  readonly lastMs: number;
}

export interface CorrelatorOptions {
  /** How many Events of one source, object and type pass at once. */
  readonly burst: number;
  /** How many more of them pass in a second. */
  readonly qps: number;
  /** The how-many-th message within the interval is combined with those before it. */
  readonly maxEvents: number;
  readonly maxIntervalInSeconds: number;
  /** How many entries each cache holds. */
  readonly lruCacheSize: number;
}

/** client-go tools/record/events_cache.go, its first constants. */
const defaultOptions: CorrelatorOptions = {
  burst: 25,
  qps: 1 / 300,
  maxEvents: 10,
  maxIntervalInSeconds: 600,
  lruCacheSize: 4096,
};

/** Zero means the default as well. tools/record/events_cache.go populateDefaults */
export function populateDefaults(options: Partial<CorrelatorOptions> = {}): CorrelatorOptions {
  return {
    burst: options.burst || defaultOptions.burst,
    qps: options.qps || defaultOptions.qps,
    maxEvents: options.maxEvents || defaultOptions.maxEvents,
    maxIntervalInSeconds: options.maxIntervalInSeconds || defaultOptions.maxIntervalInSeconds,
    lruCacheSize: options.lruCacheSize || defaultOptions.lruCacheSize,
  };
}

export const emptyLog: EventLog = { told: 0, similar: [], observed: [], buckets: [] };

/**
 * Combines similar Events, counts equal ones and drops what is too much; a dropped one is counted
 * all the same. tools/record/events_cache.go EventCorrelate, then UpdateState when it is written
 */
export function correlateEvent(
  log: EventLog,
  event: NewEvent,
  options: CorrelatorOptions = defaultOptions,
  nameOf: ObjectName = fullName,
): { readonly log: EventLog; readonly event?: CorrelatedEvent } {
  const size = options.lruCacheSize;
  const object = nameOf(event.about);
  const similarKey = aggregateKey(event, object);
  const similar = remembered(entryOf(log.similar, similarKey), event, options);
  const isCombined = similar.messages.length >= options.maxEvents;
  const { messages, lastMs } = similar;
  const kept = { key: similarKey, messages: isCombined ? messages.slice(1) : messages, lastMs };
  const key = isCombined ? similarKey : eventKey(event, object);
  const last = entryOf(log.observed, key);
  const observed = observe(isCombined ? combined(event) : event, isCombined, last);
  const { name, count, firstMs } = observed;
  const counted = added(log.observed, { key, name, count, firstMs }, size);
  // A combined Event has another message, so another key.
  const written = isCombined
    ? { key: eventKey(observed, object), name, count, firstMs }
    : undefined;
  const bucketKey = spamKey(event, object);
  const bucket = entryOf(log.buckets, bucketKey) ?? { tokens: options.burst, lastMs: event.atMs };
  const spent = tryAccept(bucket, event.atMs, options);
  const { tokens, lastMs: spentMs } = spent ?? bucket;
  return {
    log: {
      told: log.told + 1,
      similar: added(log.similar, kept, size),
      observed: spent && written ? added(counted, written, size) : counted,
      buckets: added(log.buckets, { key: bucketKey, tokens, lastMs: spentMs }, size),
    },
    ...(spent && { event: observed }),
  };
}

/**
 * An interval without a similar Event forgets the earlier ones. Which message is forgotten when
 * some are combined, Kubernetes leaves open: here it is the oldest. EventAggregate
 */
function remembered(
  before: Similar | undefined,
  { message, atMs }: NewEvent,
  { maxIntervalInSeconds }: CorrelatorOptions,
): Similar {
  const isOld = before === undefined || atMs - before.lastMs > maxIntervalInSeconds * 1_000;
  if (isOld) return { messages: alone(message), lastMs: atMs };
  const { messages } = before;
  return {
    messages: messages.includes(message) ? messages : messages.concat(message),
    lastMs: atMs,
  };
}

/** One list for all that have heard this message only. */
function alone(message: string): readonly string[] {
  let list = lists.get(message);
  if (list === undefined) {
    if (lists.size >= keptTexts) lists.clear();
    list = [message];
    lists.set(message, list);
  }
  return list;
}

/** EventAggregatorByReasonMessageFunc; the new Event's annotations are lost. */
function combined(event: NewEvent): NewEvent {
  const { annotations: _annotations, ...rest } = event;
  const message = `(combined from similar events): ${event.message}`;
  return { ...rest, message, name: eventName(event.about.name, event.atMs, event.atNs) };
}

/** `web.18ea07bce8676989`: the object's name and nanoseconds in hexadecimal. */
export function eventName(object: string, atMs: number, atNs = 0): string {
  return `${object}.${(BigInt(atMs) * 1_000_000n + BigInt(atNs)).toString(16)}`;
}

/** A repeat keeps the first one's name and time. eventObserve */
function observe(
  event: NewEvent,
  isCombined: boolean,
  last: Observation | undefined,
): CorrelatedEvent {
  if (last === undefined) return { isCombined, count: 1, firstMs: event.atMs, ...event };
  const { name, firstMs } = last;
  return { isCombined, count: last.count + 1, firstMs, ...event, name };
}

/**
 * The bucket after a token was taken; undefined when there is none. A refusal leaves it as it was,
 * and less than a nanosecond's share may be missing. golang.org/x/time/rate AllowN
 */
function tryAccept(
  { tokens, lastMs }: Bucket,
  nowMs: number,
  { burst, qps }: CorrelatorOptions,
): Bucket | undefined {
  const perSecond = Math.fround(qps);
  const left = Math.min(burst, tokens + secondsOf(nowMs - lastMs) * perSecond) - 1;
  const missingNs = left < 0 ? Math.floor((-left / perSecond) * 1e9) : 0;
  return missingNs > 0 ? undefined : { tokens: left, lastMs: nowMs };
}

/** With the rounding of Go's Duration.Seconds. */
function secondsOf(ms: number): number {
  return Math.trunc(ms / 1_000) + (ms % 1_000) / 1_000;
}

/** The entry becomes the most recently used; the least recently used gives way. groupcache/lru */
function added<T>(cache: Cache<T>, entry: CacheEntry<T>, size: number): Cache<T> {
  const others = cache.filter((known) => known.key !== entry.key);
  const kept = others.length >= size ? others.slice(1) : others;
  return kept.concat(entry);
}

function entryOf<T>(cache: Cache<T>, key: string): CacheEntry<T> | undefined {
  return cache.find((entry) => entry.key === key);
}

/** How the keys of a log name an object. */
export type ObjectName = (about: EventSource["about"]) => string;

function fullName({ kind, namespace = "", name, uid = "", apiVersion = "" }: EventSource["about"]) {
  return [kind, namespace, name, uid, apiVersion].join("");
}

/** In a log that is kept for one object, which need not be named. */
export function nameless({ namespace = "", apiVersion = "" }: EventSource["about"]): string {
  return `${namespace}${apiVersion}`;
}

/** EventAggregatorByReasonFunc; a recorder reports for its own source. */
function aggregateKey(event: NewEvent, object: string): string {
  return shared(`${event.component}${event.host ?? ""}${object}${event.type}${event.reason}`);
}

/** getSpamKey */
function spamKey({ component, host = "", type }: NewEvent, object: string): string {
  return shared(`${component}${host}${object}${type}`);
}

/** getEventKey */
function eventKey(event: NewEvent, object: string): string {
  const { component, host = "", about, type, reason, message } = event;
  const { fieldPath = "" } = about;
  return shared(`${component}${host}${object}${fieldPath}${type}${reason}${message}`);
}

/** One text for all that are equal: most pods are told the same. */
function shared(text: string): string {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= keptTexts) sharedTexts.clear();
  sharedTexts.set(text, text);
  return text;
}

const sharedTexts = new Map<string, string>();
const lists = new Map<string, readonly string[]>();
const keptTexts = 4_096;
