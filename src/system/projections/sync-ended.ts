import type { Sync, SyncError } from "../../../machines/controllers/sync.ts";
import type { PassEnd, SyncEnd } from "../../../machines/controllers/sync-end.ts";
import type { SyncEnded, SyncUnderWay } from "../controllers-side.ts";

/** A sync whose end is what its queue and its memory need. */
export type ControllerSync = Sync<SyncEnded>;

/** What the rate limiter would bring back soon fails for the queue. */
export function ended(result: {
  readonly error?: SyncError;
  readonly requeueAfterMs?: number;
  readonly requeueRateLimited?: boolean;
}): SyncEnded {
  const { error, requeueAfterMs, requeueRateLimited } = result;
  if (error !== undefined) return { error: error.message };
  if (requeueRateLimited === true) return { error: "" };
  return requeueAfterMs === undefined ? {} : { requeueAfterMs };
}

/** How a sync ends, in the words of all charts. */
export function endOf(sync: SyncUnderWay): SyncEnd {
  return sync.end?.error === undefined ? endOfPass(sync) : "failed";
}

/** The same of a pass over all objects. */
export function endOfPass({ end: how = {} }: SyncUnderWay): PassEnd {
  return how.requeueAfterMs === undefined ? "succeeded" : "postponed";
}
