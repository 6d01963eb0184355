import type { KubeObject } from "../../machines/api/meta.ts";
import type { ApiStatus } from "../../machines/apiserver/api-status.ts";
import {
  type ControlleeExpectations,
  changedExpectations,
} from "../../machines/controllers/expectations.ts";
import type {
  ApiAnswer,
  ApiRequest,
  RecordedEvent,
  Sync,
} from "../../machines/controllers/sync.ts";

/** An error as the recorded cases name it. */
export interface ScriptedError {
  readonly kind: string;
  readonly message: string;
}

interface ScriptedRun<Result> {
  readonly result: Result;
  /** The writes, in the order of the recorded answers. */
  readonly actions: readonly object[];
  readonly requests: readonly ApiRequest[];
  readonly events: readonly EventJson[];
  readonly expectations: ControlleeExpectations | undefined;
}

interface EventJson {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** Runs a sync to its end, with an API server that answers as the case says. */
export function runScripted<Result>(
  sync: Sync<Result>,
  answer: (request: ApiRequest) => ApiAnswer,
  start: { readonly nowMs?: number; readonly expectations?: ControlleeExpectations } = {},
): ScriptedRun<Result> {
  const requests: ApiRequest[] = [];
  const events: EventJson[] = [];
  let expectations = start.expectations;
  let answers: readonly ApiAnswer[] = [];
  for (;;) {
    const { done, value } = sync.next(answers);
    if (done === true) {
      const actions = requests.flatMap((request) => actionJson(request) ?? []);
      return { result: value, actions, requests, events, expectations };
    }
    answers = [];
    if (value.type === "requests") {
      requests.push(...inRecordedOrder(value.requests));
      answers = value.requests.map(answer);
    }
    if (value.type === "event") events.push(eventJson(value.event));
    if (value.type === "expectations") {
      expectations = changedExpectations(expectations, value.change, start.nowMs ?? 0);
    }
  }
}

/** What comes from goroutines was sorted by name when it was recorded. */
function inRecordedOrder(requests: readonly ApiRequest[]): readonly ApiRequest[] {
  return requests.toSorted((a, b) => compare(a.name ?? "", b.name ?? ""));
}

export function sortedEvents(events: readonly EventJson[]): readonly EventJson[] {
  return events.toSorted((a, b) => compare(a.reason, b.reason) || compare(a.message, b.message));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function eventJson({ object, type, reason, message }: RecordedEvent): EventJson {
  return { object: `${object.kind}/${object.metadata.name}`, type, reason, message };
}

/** A write as the cases have it; undefined for a read. */
function actionJson(request: ApiRequest): object | undefined {
  const { verb, resource, subresource, namespace = "", name, object, ...rest } = request;
  if (verb === "get" || verb === "list") return undefined;
  const place = namespace === "default" || namespace === "" ? {} : { namespace };
  return {
    verb,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...place,
    ...(name !== undefined && { name }),
    ...(object !== undefined && shown(verb, object, subresource)),
    ...rest,
  };
}

/** Of a status only that; of another update all but the status, which is none of its business. */
function shown(verb: string, object: object, subresource: string | undefined): object {
  if (subresource !== undefined) {
    const status = "status" in object ? object.status : undefined;
    return Object.keys(Object(status)).length > 0 ? { status } : {};
  }
  const hidden = ["apiVersion", "kind", ...(verb === "update" ? ["status"] : [])];
  const entries = Object.entries(object).filter(([key]) => !hidden.includes(key));
  return { object: Object.fromEntries(entries) };
}

/** The answer of the server that the case's error stands for. */
export function statusOf({ kind, message }: ScriptedError): ApiStatus {
  const status = { ...(statuses[kind] ?? { code: 500, reason: "InternalError" }), message };
  if (kind !== "namespaceTerminating") return status;
  return { ...status, details: { causes: [{ reason: "NamespaceTerminating" }] } };
}

const statuses: Readonly<Record<string, { readonly code: number; readonly reason: string }>> = {
  quota: { code: 403, reason: "Forbidden" },
  namespaceTerminating: { code: 403, reason: "Forbidden" },
  conflict: { code: 409, reason: "Conflict" },
  notFound: { code: 404, reason: "NotFound" },
  alreadyExists: { code: 409, reason: "AlreadyExists" },
  invalid: { code: 422, reason: "Invalid" },
  timeout: { code: 504, reason: "Timeout" },
  internal: { code: 500, reason: "InternalError" },
};

/** The object that was sent, with a name where it has none yet. */
export function stored(object: object, generated: () => number): KubeObject {
  const whole = { apiVersion: "", kind: "", metadata: { name: "" }, ...object };
  const { generateName = "", name = "" }: Partial<KubeObject["metadata"]> = whole.metadata;
  if (name !== "") return whole;
  const number = String(generated()).padStart(5, "0");
  return { ...whole, metadata: { ...whole.metadata, name: `${generateName}${number}` } };
}

/** A part of an object of a known kind, with the kind that the cases leave out. */
export function ofKind<Kind extends string, Fields extends object>(
  apiVersion: string,
  kind: Kind,
  fields: Fields,
): Fields & { readonly apiVersion: string; readonly kind: Kind } {
  return { ...fields, apiVersion, kind };
}
