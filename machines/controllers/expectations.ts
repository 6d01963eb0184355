/**
 * What a controller has asked for and its cache has not shown yet; it neither creates nor deletes
 * before. Source: pkg/controller/controller_utils.go UIDTrackingControllerExpectations.
 */
export interface ControlleeExpectations {
  readonly add: number;
  readonly del: number;
  /** `namespace/name` of those whose deletion is still to be seen. */
  readonly deletionKeys: readonly string[];
  readonly timestampMs: number;
}

export type ExpectationChange =
  | { readonly type: "expectCreations"; readonly count: number }
  | { readonly type: "expectDeletions"; readonly keys: readonly string[] }
  | { readonly type: "creationObserved"; readonly count: number }
  | { readonly type: "deletionObserved"; readonly key: string };

/** Nothing is awaited, or it has been for too long; SatisfiedExpectations. */
export function satisfiedExpectations(
  expectations: ControlleeExpectations | undefined,
  nowMs: number,
): boolean {
  if (expectations === undefined) return true;
  const { add, del, timestampMs } = expectations;
  return (add <= 0 && del <= 0) || nowMs - timestampMs > expectationsTimeoutMs;
}

/** Setting replaces what was; observing lowers it, each deletion once. */
export function changedExpectations(
  expectations: ControlleeExpectations | undefined,
  change: ExpectationChange,
  nowMs: number,
): ControlleeExpectations | undefined {
  const deletionKeys = expectations?.deletionKeys ?? [];
  switch (change.type) {
    case "expectCreations":
      return { add: change.count, del: 0, deletionKeys, timestampMs: nowMs };
    case "expectDeletions":
      return { add: 0, del: change.keys.length, deletionKeys: change.keys, timestampMs: nowMs };
    case "creationObserved":
      return expectations && { ...expectations, add: expectations.add - change.count };
    case "deletionObserved": {
      if (expectations === undefined || !deletionKeys.includes(change.key)) return expectations;
      const left = deletionKeys.filter((key) => key !== change.key);
      return { ...expectations, del: expectations.del - 1, deletionKeys: left };
    }
  }
}

/** ExpectationsTimeout: a watch event may be lost, a controller must not wait for ever. */
const expectationsTimeoutMs = 5 * 60_000;
