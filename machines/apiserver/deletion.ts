import type { ObjectMeta } from "../api/meta.ts";
import type { PodSpec } from "../api/pod.ts";
import { isPodPhaseTerminal, type PodPhase } from "../api/pod-status.ts";
import { parseTime } from "../api/time.ts";

interface DeletedPod {
  readonly metadata: Pick<
    ObjectMeta,
    "deletionTimestamp" | "deletionGracePeriodSeconds" | "finalizers"
  >;
  readonly spec: Pick<PodSpec, "nodeName" | "terminationGracePeriodSeconds">;
  readonly status?: { readonly phase?: PodPhase };
}

/**
 * How long a deleted pod may take, seconds; 0 means that its object goes at once.
 * pkg/registry/core/pod/strategy.go CheckGracefulDelete
 */
export function checkGracefulDelete(pod: DeletedPod, requestedSeconds: number | null): number {
  const { nodeName = "", terminationGracePeriodSeconds = 30 } = pod.spec;
  if (nodeName === "" || isPodPhaseTerminal(pod.status?.phase)) return 0;
  const seconds = requestedSeconds ?? terminationGracePeriodSeconds;
  return seconds < 0 ? 1 : seconds;
}

/** What one DELETE does: it may set or shorten the deletion, and it may remove the object. */
export interface Deletion {
  readonly mark?: {
    readonly graceSeconds: number;
    readonly deletionMs: number;
    /** The first deletion changes the spec's generation. */
    readonly isFirst: boolean;
  };
  readonly removes: boolean;
}

/**
 * A later request may only shorten what is left, counted from the first one; finalizers keep the
 * object. staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go BeforeDelete
 */
export function beforeDelete(
  pod: DeletedPod,
  requestedSeconds: number | null,
  nowMs: number,
): Deletion {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = pod.metadata;
  const isHeld = finalizers.length > 0;
  if (deletionTimestamp === undefined) {
    const graceSeconds = checkGracefulDelete(pod, requestedSeconds);
    const mark = { graceSeconds, deletionMs: nowMs + graceSeconds * 1000, isFirst: true };
    return { mark, removes: graceSeconds === 0 && !isHeld };
  }
  if (deletionGracePeriodSeconds === 0) return { removes: !isHeld };
  if (requestedSeconds === null || requestedSeconds >= deletionGracePeriodSeconds) {
    return { removes: false };
  }
  const shortenedMs =
    parseTime(deletionTimestamp) - (deletionGracePeriodSeconds - requestedSeconds) * 1000;
  const hasExpired = shortenedMs < nowMs;
  const graceSeconds = hasExpired && requestedSeconds !== 0 ? 1 : requestedSeconds;
  const mark = { graceSeconds, deletionMs: Math.max(shortenedMs, nowMs), isFirst: false };
  return { mark, removes: graceSeconds === 0 && !isHeld };
}
