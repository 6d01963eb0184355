import { formatDuration } from "../api/go-duration.ts";
import { quote } from "../api/quote.ts";
import type { Pod } from "../api/pod.ts";
import type { ApiStatus } from "../apiserver/api-status.ts";

/** How somebody has a node drained. */
export interface DrainFlags {
  /** Below 0: the pod's own. */
  readonly gracePeriodSeconds: number;
  /** 0: it waits for ever. */
  readonly timeoutMs: number;
  /** Pods are deleted, whatever their budgets say. */
  readonly disableEviction: boolean;
}

/** A pod that has to go, and when kubectl looks after it next. */
export interface DrainedPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly state: "evicting" | "waiting" | "done";
  readonly dueMs: number;
  /** Why kubectl has given it up. */
  readonly error?: string;
}

/** What kubectl asks the API server for while it drains. */
export interface DrainApi {
  /** Undefined where the pod goes. */
  readonly evict: (pod: DrainedPod, gracePeriodSeconds: number | null) => ApiStatus | undefined;
  readonly remove: (pod: DrainedPod, gracePeriodSeconds: number | null) => ApiStatus | undefined;
  readonly get: (namespace: string, name: string) => Pod | undefined;
  /** To standard output, and to standard error. */
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** EvictErrorRetryDelay, and how often it looks whether a pod is gone. drain.go */
const retryMs = 5_000;
const pollMs = 1_000;

/** All pods of the list, from now on. */
export function drainedPods(pods: readonly Pod[], nowMs: number): readonly DrainedPod[] {
  return pods.map(({ metadata: { name, namespace = "default", uid = "" } }) => {
    return { namespace, name, uid, state: "evicting", dueMs: nowMs };
  });
}

/**
 * What is due of a drain that began at `sinceMs`: each pod is evicted, again after 5 s while its
 * budget does not allow it, and then waited for. kubectl/pkg/drain/drain.go evictPods, deletePods
 */
export function drainTurn(
  pods: readonly DrainedPod[],
  { flags, sinceMs, nowMs }: DrainMoment,
  api: DrainApi,
): readonly DrainedPod[] {
  const endMs = flags.timeoutMs === 0 ? Number.POSITIVE_INFINITY : sinceMs + flags.timeoutMs;
  return pods.map((pod) => {
    if (pod.state === "done" || (pod.dueMs > nowMs && nowMs < endMs)) return pod;
    if (pod.state === "waiting") return awaited(pod, nowMs, endMs, flags, api);
    return pod.dueMs > nowMs ? pod : turned(pod, { flags, nowMs, endMs }, api);
  });
}

export interface DrainMoment {
  readonly flags: DrainFlags;
  readonly sinceMs: number;
  readonly nowMs: number;
}

interface Turn {
  readonly flags: DrainFlags;
  readonly nowMs: number;
  readonly endMs: number;
}

function turned(pod: DrainedPod, turn: Turn, api: DrainApi): DrainedPod {
  const { flags, nowMs, endMs } = turn;
  const { namespace, name } = pod;
  const grace = flags.gracePeriodSeconds < 0 ? null : flags.gracePeriodSeconds;
  if (flags.disableEviction) {
    const refused = api.remove(pod, grace);
    if (refused !== undefined && refused.code !== 404) return given(pod, refused.message);
    return awaited({ ...pod, state: "waiting" }, nowMs, endMs, flags, api);
  }
  api.say(`evicting pod ${namespace}/${name}`);
  const what = `error when evicting pods/${quote(name)} -n ${quote(namespace)}`;
  if (nowMs >= endMs) {
    return given(pod, `${what}: global timeout reached: ${formatDuration(flags.timeoutMs)}`);
  }
  const refused = api.evict(pod, grace);
  if (refused?.code === 404) return { ...pod, state: "done" };
  if (refused === undefined || isGoing(api.get(namespace, name), refused)) {
    return awaited({ ...pod, state: "waiting" }, nowMs, endMs, flags, api);
  }
  const again = `(will retry after ${formatDuration(retryMs)}): ${refused.message}`;
  if (refused.code === 429) api.warn(`${what} ${again}`);
  else if (isOfTerminatingNamespace(refused)) {
    const where = `from terminating namespace ${quote(namespace)}`;
    api.warn(`error when evicting pod ${quote(name)} ${where} ${again}`);
  } else return given(pod, `${what}: ${refused.message}`);
  const fresh = api.get(namespace, name);
  return { ...pod, uid: fresh?.metadata.uid ?? pod.uid, dueMs: nowMs + retryMs };
}

/** A pod of a namespace that goes is never evicted, but it may be on its way. */
function isGoing(pod: Pod | undefined, refused: ApiStatus): boolean {
  return isOfTerminatingNamespace(refused) && pod?.metadata.deletionTimestamp !== undefined;
}

function isOfTerminatingNamespace({ code, details }: ApiStatus): boolean {
  const causes = details?.causes ?? [];
  return code === 403 && causes.some(({ reason }) => reason === "NamespaceTerminating");
}

/** waitForDelete: gone, or somebody else of that name. */
function awaited(
  pod: DrainedPod,
  nowMs: number,
  endMs: number,
  { disableEviction }: DrainFlags,
  api: DrainApi,
): DrainedPod {
  const { namespace, name, uid } = pod;
  const found = api.get(namespace, name);
  if (found === undefined || found.metadata.uid !== uid) {
    api.say(`pod/${name} ${disableEviction ? "deleted" : "evicted"}`);
    return { ...pod, state: "done" };
  }
  if (nowMs < endMs) return { ...pod, dueMs: nowMs + pollMs };
  const why = "context deadline exceeded";
  if (disableEviction) return given(pod, why);
  const where = `in namespace ${quote(namespace)}`;
  return given(pod, `error when waiting for pod ${quote(name)} ${where} to terminate: ${why}`);
}

function given(pod: DrainedPod, error: string): DrainedPod {
  return { ...pod, state: "done", error };
}

/** When something is due next; undefined where nothing is left to be waited for. */
export function nextTurnMs(
  pods: readonly DrainedPod[],
  { flags, sinceMs }: Pick<DrainMoment, "flags" | "sinceMs">,
): number | undefined {
  const left = pods.filter(({ state }) => state !== "done");
  if (left.length === 0) return undefined;
  const dueMs = Math.min(...left.map((pod) => pod.dueMs));
  const isWaiting = left.some(({ state }) => state === "waiting");
  if (flags.timeoutMs === 0 || !isWaiting) return dueMs;
  return Math.min(dueMs, sinceMs + flags.timeoutMs);
}

/** Several errors as one. apimachinery util/errors aggregate.Error, each message once */
export function aggregated(errors: readonly string[]): string {
  const once = [...new Set(errors)];
  return once.length === 1 ? (once[0] ?? "") : `[${once.join(", ")}]`;
}
