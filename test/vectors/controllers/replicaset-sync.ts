import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { parseTime } from "../../../machines/api/time.ts";
import {
  type ControlleeExpectations,
  satisfiedExpectations,
} from "../../../machines/controllers/expectations.ts";
import { syncReplicaSet } from "../../../machines/controllers/replica-set/sync-replica-set.ts";
import type { ApiAnswer, ApiRequest } from "../../../machines/controllers/sync.ts";
import {
  ofKind,
  runScripted,
  type ScriptedError,
  sortedEvents,
  statusOf,
  stored,
} from "../../support/scripted-sync.ts";

interface Input {
  readonly now: string;
  readonly replicaSet: ReplicaSet;
  readonly otherReplicaSets?: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
  readonly expectations?: Expected;
  readonly createError?: ScriptedError & { readonly afterSuccesses: number };
  readonly deleteError?: ScriptedError;
  readonly statusUpdateError?: ScriptedError & { readonly times?: number };
}

interface Expected {
  readonly creations: number;
  readonly deletions: number;
  readonly ageSeconds: number;
}

export function run(input: Input): unknown {
  const nowMs = parseTime(input.now);
  const replicaSet = ofKind("apps/v1", "ReplicaSet", input.replicaSet);
  const expectations = input.expectations && expectationsOf(input.expectations, nowMs);
  const view = {
    replicaSet,
    replicaSets: [replicaSet, ...(input.otherReplicaSets ?? [])],
    pods: input.pods,
    nowMs,
  };
  const start = { nowMs, ...(expectations && { expectations }) };
  const ran = runScripted(syncReplicaSet({ ...view, ...start }), server(input, replicaSet), start);
  const { error, requeueAfterMs } = ran.result;
  return {
    actions: ran.actions,
    events: sortedEvents(ran.events),
    expectationsSatisfiedAfter: satisfiedExpectations(ran.expectations, nowMs),
    ...(error && { error: error.message }),
    ...(requeueAfterMs !== undefined && { requeueAfterSeconds: requeueAfterMs / 1_000 }),
  };
}

function expectationsOf(
  { creations, deletions, ageSeconds }: Expected,
  nowMs: number,
): ControlleeExpectations {
  const timestampMs = nowMs - ageSeconds * 1_000;
  return { add: creations, del: deletions, deletionKeys: [], timestampMs };
}

function server(
  { createError, deleteError, statusUpdateError }: Input,
  replicaSet: ReplicaSet,
): (request: ApiRequest) => ApiAnswer {
  let [created, failures] = [0, 0];
  return ({ verb, object = {} }) => {
    switch (verb) {
      case "create":
        if (createError !== undefined && created >= createError.afterSuccesses) {
          return { error: statusOf(createError) };
        }
        return { object: stored(object, () => ++created) };
      case "delete":
        return deleteError === undefined ? {} : { error: statusOf(deleteError) };
      case "update":
        if (statusUpdateError !== undefined && failures++ < (statusUpdateError.times ?? Infinity)) {
          return { error: statusOf(statusUpdateError) };
        }
        return { object: stored(object, () => 0) };
      default:
        return { object: replicaSet };
    }
  };
}
