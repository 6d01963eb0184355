import type { KubeObject } from "../api/meta.ts";
import type { ApiStatus } from "../apiserver/api-status.ts";
import type { ExpectationChange } from "./expectations.ts";

/** What a controller asks of the API server. */
export interface ApiRequest {
  readonly verb: "create" | "update" | "patch" | "delete" | "deletecollection" | "get" | "list";
  /** As in the path: `pods`. */
  readonly resource: string;
  /** Where more than Kubernetes' own resources may be meant. */
  readonly group?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** What is created, or what an object becomes. */
  readonly object?: object;
  readonly patch?: object;
  readonly patchType?: PatchType;
  readonly options?: object;
}

type PatchType =
  | "application/strategic-merge-patch+json"
  | "application/merge-patch+json"
  | "application/json-patch+json"
  | "application/apply-patch+yaml";

/** What came back; what is deleted or not there has no object. */
export interface ApiAnswer {
  readonly object?: KubeObject;
  readonly error?: ApiStatus;
}

/** An Event that a controller records about an object. */
export interface RecordedEvent {
  readonly object: KubeObject;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** Why a sync failed; the server's own answer where it is not wrapped in words. */
export interface SyncError {
  readonly message: string;
  readonly reason?: string;
}

/** What a sync wants done before it goes on. Only requests are answered. */
export type SyncStep =
  | { readonly type: "requests"; readonly requests: readonly ApiRequest[] }
  | { readonly type: "event"; readonly event: RecordedEvent }
  | { readonly type: "expectations"; readonly change: ExpectationChange };

/**
 * A sync of a controller, which decides from what its caches held when it began and from the
 * answers to its requests, one step after the other. The same caches and the same answers give the
 * same steps, so a sync that waits is what it was given and the answers so far.
 */
export type Sync<Result> = Generator<SyncStep, Result, readonly ApiAnswer[]>;

/** One request and its answer. */
export function* send(request: ApiRequest): Sync<ApiAnswer> {
  const [answer] = yield { type: "requests", requests: [request] };
  return answer ?? {};
}

/** Requests of parallel goroutines, and their answers in the same order. */
export function* sendAll(requests: readonly ApiRequest[]): Sync<readonly ApiAnswer[]> {
  return requests.length === 0 ? [] : yield { type: "requests", requests };
}

/** client-go tools/record EventRecorder.Event */
export function* record(
  object: KubeObject,
  type: RecordedEvent["type"],
  reason: string,
  message: string,
): Sync<void> {
  yield { type: "event", event: { object, type, reason, message } };
}

/** What a list holds; nothing where there is no answer. */
export function itemsOf({ object }: ApiAnswer): readonly KubeObject[] {
  const list: { readonly items?: readonly KubeObject[] } & object = { ...object };
  return list.items ?? [];
}

/** Changes what is still expected to be seen of earlier requests. */
export function* expect(change: ExpectationChange): Sync<void> {
  yield { type: "expectations", change };
}

/** apimachinery pkg/api/errors IsNotFound */
export function isNotFound(error: SyncError | undefined): boolean {
  return error?.reason === "NotFound";
}

/** apimachinery pkg/api/errors IsInvalid */
export function isInvalid(error: SyncError | undefined): boolean {
  return error?.reason === "Invalid";
}

/** apimachinery pkg/api/errors IsAlreadyExists */
export function isAlreadyExists(error: SyncError | undefined): boolean {
  return error?.reason === "AlreadyExists";
}

/** apimachinery pkg/api/errors HasStatusCause */
export function hasStatusCause(error: ApiStatus | undefined, reason: string): boolean {
  return error?.details?.causes?.some((cause) => cause.reason === reason) ?? false;
}

/** Several errors as one, each text once; apimachinery pkg/util/errors NewAggregate. */
export function newAggregate(errors: readonly SyncError[]): SyncError | undefined {
  const [first] = errors;
  if (first === undefined || errors.length === 1) return first;
  const messages = [...new Set(errors.map(({ message }) => message))];
  return { message: messages.length === 1 ? first.message : `[${messages.join(", ")}]` };
}
