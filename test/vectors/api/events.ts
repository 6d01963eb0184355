import type { EventType } from "../../../machines/api/event.ts";
import { parseTime } from "../../../machines/api/time.ts";
import {
  type CorrelatorOptions,
  type EventLog,
  emptyLog,
  type NewEvent,
} from "../../../src/system/event-correlator.ts";
import { type EventWrite, writeEvent } from "../../../src/system/event-recorder.ts";

interface Input {
  readonly startTime: string;
  readonly options?: Partial<CorrelatorOptions>;
  readonly events: readonly InputEvent[];
}

interface InputEvent {
  readonly atMs: number;
  readonly name: string;
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly object: string;
  readonly namespace: string;
  readonly fieldPath: string;
  readonly component: string;
}

export function run({ startTime, options, events }: Input): unknown {
  let log: EventLog = emptyLog;
  const results = events.map((event) => {
    const made = newEvent(event, parseTime(startTime));
    const recorded = writeEvent(log, made, options);
    log = recorded.log;
    return resultOf(recorded.write);
  });
  return { results };
}

function newEvent(event: InputEvent, startMs: number): NewEvent {
  const { atMs, name, type, reason, message, object, namespace, fieldPath, component } = event;
  const about = { apiVersion: "v1", kind: "Pod", namespace, name: object, uid: "uid", fieldPath };
  return { name, atMs: startMs + atMs, component, host: "node-1", about, type, reason, message };
}

function resultOf(write: EventWrite | undefined): object {
  if (write === undefined) return { write: "none" };
  const { verb, event, patch } = write;
  const { metadata, count, message, firstTimestamp, lastTimestamp, reason, type } = event;
  const { name } = metadata;
  const fields = { name, count, message, firstTimestamp, lastTimestamp, reason, type };
  return { write: verb, ...fields, ...(patch && { patch }) };
}
