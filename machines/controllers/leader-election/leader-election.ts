import { goJson } from "../../api/go-json.ts";
import { isWhole } from "../../api/objects.ts";
import type { Lease } from "../../api/policy-objects.ts";
import { formatTime } from "../../api/time.ts";
import { type ApiAnswer, type ApiRequest, isNotFound, send, type Sync } from "../sync.ts";

/** component-base/config/v1alpha1/defaults.go RecommendedDefaultLeaderElectionConfiguration */
export const leaseDurationMs = 15_000;
export const renewDeadlineMs = 10_000;
export const retryPeriodMs = 2_000;
/** leaderelection.go JitterFactor: a candidate waits up to so many retry periods more. */
export const jitterFactor = 1.2;

/** client-go tools/leaderelection/resourcelock LeaderElectionRecord */
interface LeaderElectionRecord {
  /** Nobody's when it is empty. */
  readonly holderIdentity: string;
  readonly leaseDurationSeconds: number;
  readonly acquireTime: string;
  readonly renewTime: string;
  readonly leaderTransitions: number;
}

/** What a candidate has seen last; how long ago that was counts, not what is written in it. */
export interface Observed {
  readonly record: LeaderElectionRecord;
  /** As it was read; what it wrote itself it has not read. */
  readonly raw?: LeaderElectionRecord;
  readonly lease: Lease;
  /** Milliseconds since 1970 by its own clock. */
  readonly observedMs: number;
}

/** Who wants to lead, over which Lease, and what it has seen of that. */
export interface Candidacy {
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  readonly fieldManager: string;
  readonly observed?: Observed;
  /** Milliseconds since 1970 when the attempt begins. */
  readonly nowMs: number;
}

/** What an attempt came to. */
export interface Attempted {
  readonly succeeded: boolean;
  readonly observed: Observed | undefined;
}

/** One try to get the Lease or to keep it; leaderelection.go tryAcquireOrRenew. */
export function* tryAcquireOrRenew(candidacy: Candidacy): Sync<Attempted> {
  const { observed, nowMs } = candidacy;
  if (observed !== undefined && isLeader(candidacy, observed) && isLeaseValid(observed, nowMs)) {
    const { acquireTime, leaderTransitions } = observed.record;
    const record = { ...newRecord(candidacy), acquireTime, leaderTransitions };
    const answer = yield* send(updateOf(candidacy, observed.lease, record));
    if (answer.error === undefined) return succeeded(candidacy, record, answer);
  }
  const { object: lease, error } = yield* send(requestOf(candidacy, "get"));
  if (isNotFound(error)) return yield* create(candidacy);
  if (error !== undefined || !isWhole(lease, "Lease")) return { succeeded: false, observed };
  return yield* take(candidacy, noticed(observed, lease, nowMs));
}

function* create(candidacy: Candidacy): Sync<Attempted> {
  const { name, namespace } = candidacy;
  const record = newRecord(candidacy);
  const answer = yield* send({
    ...requestOf(candidacy, "create"),
    object: {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name, namespace },
      spec: specOf(record),
    },
  });
  if (answer.error === undefined) return succeeded(candidacy, record, answer);
  return { succeeded: false, observed: candidacy.observed };
}

/** It is another's as long as that one was seen to renew it. */
function* take(candidacy: Candidacy, observed: Observed): Sync<Attempted> {
  const { record: old, lease } = observed;
  const isOwn = isLeader(candidacy, observed);
  const isHeld = old.holderIdentity !== "" && isLeaseValid(observed, candidacy.nowMs);
  if (isHeld && !isOwn) return { succeeded: false, observed };
  const fresh = newRecord(candidacy);
  const leaderTransitions = old.leaderTransitions + (isOwn ? 0 : 1);
  const acquireTime = isOwn ? old.acquireTime : fresh.acquireTime;
  const record = { ...fresh, acquireTime, leaderTransitions };
  const answer = yield* send(updateOf(candidacy, lease, record));
  if (answer.error === undefined) return succeeded(candidacy, record, answer);
  return { succeeded: false, observed };
}

/** Gives the Lease back, so that nobody waits for its end; leaderelection.go release. */
export function* release(candidacy: Candidacy): Sync<Attempted> {
  const { observed, nowMs } = candidacy;
  const { object: lease, error } = yield* send(requestOf(candidacy, "get"));
  if (error !== undefined || !isWhole(lease, "Lease")) return { succeeded: false, observed };
  if (observed === undefined || !isLeader(candidacy, observed))
    return { succeeded: true, observed };
  const now = formatMicroTime(nowMs);
  const record: LeaderElectionRecord = {
    holderIdentity: "",
    leaseDurationSeconds: 1,
    acquireTime: now,
    renewTime: now,
    leaderTransitions: recordOf(lease).leaderTransitions,
  };
  const answer = yield* send(updateOf(candidacy, lease, record));
  if (answer.error === undefined) return succeeded(candidacy, record, answer);
  return { succeeded: false, observed };
}

/** A record that is other than the one that was read last counts from now on. */
function noticed(before: Observed | undefined, lease: Lease, nowMs: number): Observed {
  const record = recordOf(lease);
  if (before?.raw !== undefined && goJson(before.raw) === goJson(record)) {
    return { ...before, lease };
  }
  return { record, raw: record, lease, observedMs: nowMs };
}

function succeeded(
  { observed, nowMs }: Candidacy,
  record: LeaderElectionRecord,
  { object: lease }: ApiAnswer,
): Attempted {
  if (!isWhole(lease, "Lease")) return { succeeded: false, observed };
  const raw = observed?.raw;
  return {
    succeeded: true,
    observed: { record, ...(raw !== undefined && { raw }), lease, observedMs: nowMs },
  };
}

function isLeader({ identity }: Candidacy, { record }: Observed): boolean {
  return record.holderIdentity === identity;
}

function isLeaseValid({ record, observedMs }: Observed, nowMs: number): boolean {
  return observedMs + record.leaseDurationSeconds * 1_000 > nowMs;
}

function newRecord({ identity, nowMs }: Candidacy): LeaderElectionRecord {
  const now = formatMicroTime(nowMs);
  return {
    holderIdentity: identity,
    leaseDurationSeconds: leaseDurationMs / 1_000,
    acquireTime: now,
    renewTime: now,
    leaderTransitions: 0,
  };
}

/** resourcelock/leaselock.go LeaseSpecToLeaderElectionRecord */
function recordOf({ spec = {} }: Lease): LeaderElectionRecord {
  return {
    holderIdentity: spec.holderIdentity ?? "",
    leaseDurationSeconds: spec.leaseDurationSeconds ?? 0,
    acquireTime: spec.acquireTime ?? "",
    renewTime: spec.renewTime ?? "",
    leaderTransitions: spec.leaseTransitions ?? 0,
  };
}

/** resourcelock/leaselock.go LeaderElectionRecordToLeaseSpec */
function specOf({ leaderTransitions, ...record }: LeaderElectionRecord): object {
  return { ...record, leaseTransitions: leaderTransitions };
}

function updateOf(candidacy: Candidacy, lease: Lease, record: LeaderElectionRecord): ApiRequest {
  const object = { ...lease, spec: specOf(record) };
  return { ...requestOf(candidacy, "update"), object };
}

function requestOf(
  { namespace, name, fieldManager }: Candidacy,
  verb: "get" | "create" | "update",
): ApiRequest {
  return { verb, resource: "leases", namespace, name, options: { fieldManager } };
}

/** With microseconds; apimachinery pkg/apis/meta/v1/micro_time.go. */
function formatMicroTime(ms: number): string {
  const fraction = String(Math.floor(ms) % 1_000).padStart(3, "0");
  return formatTime(ms).replace("Z", `.${fraction}000Z`);
}
