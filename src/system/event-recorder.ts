import type { KubeEvent } from "../../machines/api/event.ts";
import { formatTime } from "../../machines/api/time.ts";
import type { Store } from "../store/store.ts";
import {
  type CorrelatedEvent,
  type CorrelatorOptions,
  correlateEvent,
  type EventLog,
  type EventSource,
  emptyLog,
  eventName,
  type NewEvent,
  type ObjectName,
  populateDefaults,
} from "./event-correlator.ts";

/** What a repeat changes of the Event that is there. */
export type EventPatch = Pick<KubeEvent, "count" | "lastTimestamp"> & { readonly message?: string };

/** What a recorder sends to the API server. */
export interface EventWrite {
  /** A repeat changes the first one; that one is made when it has been dropped or is gone. */
  readonly verb: "create" | "patch";
  readonly event: KubeEvent;
  readonly patch?: EventPatch;
}

/** An Event for what a component says, correlated with what it said before, unless too much. */
export function recordEvent(
  log: EventLog = emptyLog,
  source: EventSource,
  nowMs: number,
  nameOf?: ObjectName,
): { readonly log: EventLog; readonly write?: EventWrite } {
  const atNs = log.told % nsPerMs;
  const name = eventName(source.about.name, nowMs, atNs);
  return writeEvent(log, { name, atMs: nowMs, atNs, ...source }, undefined, nameOf);
}

/** So that two Events of one moment differ in their names. */
const nsPerMs = 1_000_000;

/** The same for an Event that has its name. client-go tools/record/event.go recordToSink */
export function writeEvent(
  log: EventLog,
  event: NewEvent,
  options?: Partial<CorrelatorOptions>,
  nameOf?: ObjectName,
): { readonly log: EventLog; readonly write?: EventWrite } {
  const correlated = correlateEvent(log, event, options && populateDefaults(options), nameOf);
  if (correlated.event === undefined) return { log: correlated.log };
  const written = eventOf(correlated.event);
  const write: EventWrite =
    correlated.event.count > 1
      ? { verb: "patch", event: written, patch: patchOf(written) }
      : { verb: "create", event: written };
  return { log: correlated.log, write };
}

/** NamespaceLifecycle refuses a new one where all is to go, and a recorder does not try again. */
export function isRejected(store: Pick<Store, "get">, { metadata }: KubeEvent): boolean {
  const namespace = store.get("Namespace", metadata.namespace ?? "");
  return namespace?.metadata.deletionTimestamp !== undefined;
}

function patchOf({ count, lastTimestamp, message }: KubeEvent): EventPatch {
  return {
    ...(count !== undefined && { count }),
    ...(lastTimestamp !== undefined && { lastTimestamp }),
    ...(message !== "" && { message }),
  };
}

/** A combined Event names no reporting component. events_cache.go EventAggregate */
function eventOf(event: CorrelatedEvent): KubeEvent {
  const { component, host, about, type, reason, message, annotations, isCombined } = event;
  const [firstTimestamp, lastTimestamp] = [formatTime(event.firstMs), formatTime(event.atMs)];
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name: event.name,
      namespace: about.namespace ?? "default",
      ...(annotations && { annotations }),
    },
    involvedObject: about,
    reason,
    message,
    ...(event.action !== undefined && { action: event.action }),
    source: { component, ...(host !== undefined && { host }) },
    firstTimestamp,
    lastTimestamp,
    count: event.count,
    type,
    reportingComponent: isCombined ? "" : component,
    reportingInstance: isCombined ? "" : (host ?? ""),
  };
}
