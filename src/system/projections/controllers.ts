import { isWhole } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { assert } from "../../../machines/assert.ts";
import { getControllerOf } from "../../../machines/controllers/controller-ref-manager.ts";
import type { DeploymentStep } from "../../../machines/controllers/deployment/deployment.machine.ts";
import { syncDeployment } from "../../../machines/controllers/deployment/sync-deployment.ts";
import { changedExpectations } from "../../../machines/controllers/expectations.ts";
import { podsOf } from "./controlled-pods.ts";
import type { ReplicaSetStep } from "../../../machines/controllers/replica-set/replica-set.machine.ts";
import { syncReplicaSet } from "../../../machines/controllers/replica-set/sync-replica-set.ts";
import type {
  ApiAnswer,
  RecordedEvent,
  Sync,
  SyncError,
} from "../../../machines/controllers/sync.ts";
import type { SyncEnd } from "../../../machines/controllers/sync-end.ts";
import { addressOf, type Emission, type Receiver } from "../composition.ts";
import type { SyncEnded, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";

/** A sync takes the controller's caches as they are now. */
export function begin(world: KubeWorld, { from, now }: Emission): void {
  const { machine, subject } = from;
  const key = subject.object ?? "";
  const begun = machine === "deployment" ? seenDeployment(world, key) : seenReplicaSet(world, key);
  if (begun === undefined) {
    if (machine === "replicaSet") world.controllers.setExpectations(key, undefined);
    return set(world, from, { ...nothingSeen, end: {} });
  }
  advance(world, from, { ...begun, nowMs: world.epochMs + now }, now);
}

/** It goes on with what came back. */
export function takeAnswers(world: KubeWorld, { from, now, detail }: Emission): void {
  const sync = underWay(world, from);
  const answers = Array.isArray(detail?.["answers"]) ? detail["answers"] : [];
  const given: readonly ApiAnswer[] = answers;
  advance(world, from, { ...sync, answers: [...sync.answers, given] }, now);
}

export function end(world: KubeWorld, { from }: Emission): void {
  world.controllers.setSync(addressOf(from), undefined);
}

/** The requests wait until the controller's client lets them through. */
export function holdBack(world: KubeWorld, { from, now }: Emission): void {
  const sync = underWay(world, from);
  const heldBackMs = world.controllers.reserve(from.machine, sync.asks.length, now);
  set(world, from, { ...sync, heldBackMs });
}

export function underWay(world: KubeWorld, receiver: Receiver): SyncUnderWay {
  const sync = world.controllers.sync(addressOf(receiver));
  assert(sync !== undefined, "a controller's step is one of a sync that is under way");
  return sync;
}

const nothingSeen: SyncUnderWay = { replicaSets: [], pods: [], nowMs: 0, answers: [], asks: [] };

function set(world: KubeWorld, receiver: Receiver, sync: SyncUnderWay): void {
  world.controllers.setSync(addressOf(receiver), sync);
}

/**
 * Up to the next requests. What a sync did before the last answers is not done again: it decides
 * from its caches and the answers alone.
 */
function advance(world: KubeWorld, receiver: Receiver, sync: SyncUnderWay, now: number): void {
  const running = steps(sync);
  let round = 0;
  let given: readonly ApiAnswer[] = [];
  for (;;) {
    const { done, value } = running.next(given);
    given = [];
    if (done === true) return set(world, receiver, { ...sync, asks: [], end: value });
    if (value.type === "requests") {
      const known = sync.answers[round++];
      if (known === undefined) return set(world, receiver, { ...sync, asks: value.requests });
      given = known;
    } else if (round === sync.answers.length) {
      if (value.type === "event") record(world, value.event, now);
      else changeExpectations(world, sync, value.change);
    }
  }
}

function* steps(sync: SyncUnderWay): Sync<SyncEnded> {
  const { deployment, replicaSet } = sync;
  if (deployment !== undefined) return ended(yield* syncDeployment({ ...sync, deployment }));
  if (replicaSet !== undefined) return ended(yield* syncReplicaSet({ ...sync, replicaSet }));
  return {};
}

/** What the rate limiter would bring back soon fails for the queue. */
function ended(result: {
  readonly error?: SyncError;
  readonly requeueAfterMs?: number;
  readonly requeueRateLimited?: boolean;
}): SyncEnded {
  const { error, requeueAfterMs, requeueRateLimited } = result;
  if (error !== undefined) return { error: error.message };
  if (requeueRateLimited === true) return { error: "" };
  return requeueAfterMs === undefined ? {} : { requeueAfterMs };
}

function changeExpectations(
  world: KubeWorld,
  { replicaSet, nowMs }: SyncUnderWay,
  change: Parameters<typeof changedExpectations>[1],
): void {
  if (replicaSet === undefined) return;
  const { namespace = "", name } = replicaSet.metadata;
  const key = `${namespace}/${name}`;
  const before = world.controllers.expectationsOf(key);
  world.controllers.setExpectations(key, changedExpectations(before, change, nowMs));
}

function record(world: KubeWorld, { object, type, reason, message }: RecordedEvent, now: number) {
  const { apiVersion, kind, metadata } = object;
  const { namespace = "", name, uid = "" } = metadata;
  const about = { apiVersion, kind, namespace, name, uid };
  const component = components[kind] ?? "controller-manager";
  world.record(now, { component, about, type, reason, message });
}

const components: Readonly<Record<string, string>> = {
  ReplicaSet: "replicaset-controller",
  Deployment: "deployment-controller",
};

function seenReplicaSet(world: KubeWorld, key: string): SyncUnderWay | undefined {
  const replicaSet = world.store.get("ReplicaSet", key);
  if (!isWhole(replicaSet, "ReplicaSet")) return undefined;
  const owner = getControllerOf(replicaSet.metadata)?.uid;
  const { namespace } = replicaSet.metadata;
  const related =
    owner === undefined
      ? [replicaSet]
      : world.store.select("ReplicaSet", { namespace, owner }).filter(isReplicaSet);
  const expectations = world.controllers.expectationsOf(key);
  const pods = podsOf(world, replicaSet, related);
  const seen = { ...nothingSeen, replicaSet, replicaSets: related, pods };
  return expectations === undefined ? seen : { ...seen, expectations };
}

function seenDeployment(world: KubeWorld, key: string): SyncUnderWay | undefined {
  const deployment = world.store.get("Deployment", key);
  if (!isWhole(deployment, "Deployment")) return undefined;
  const { namespace } = deployment.metadata;
  const replicaSets = world.store.select("ReplicaSet", { namespace }).filter(isReplicaSet);
  const recreates = deployment.spec.strategy?.type === "Recreate";
  const pods = recreates ? podsOwnedBy(world, replicaSets) : [];
  return { ...nothingSeen, deployment, replicaSets, pods };
}

function podsOwnedBy(world: KubeWorld, replicaSets: readonly ReplicaSet[]): readonly Pod[] {
  return replicaSets.flatMap(({ metadata: { namespace, uid } }) => {
    const pods = world.store.select("Pod", { namespace, owner: uid });
    return pods.filter((pod) => isWhole(pod, "Pod"));
  });
}

function isReplicaSet(object: { readonly kind: string }): object is ReplicaSet {
  return object.kind === "ReplicaSet";
}

/** What a ReplicaSet's sync does next, in the words of its chart. */
export function replicaSetStep(sync: SyncUnderWay): ReplicaSetStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "create" || request.verb === "delete") return request.verb;
  if (request.verb === "update") return "status";
  const hasTold = sync.answers.length > 0 && request.verb === "get" && isTelling(sync);
  return hasTold ? "status" : "claim";
}

/** A fresh copy is read for a status that could not be written; pods are claimed before that. */
function isTelling({ answers }: SyncUnderWay): boolean {
  return answers.at(-1)?.some(({ error }) => error !== undefined) === true;
}

/** The same of a Deployment's. */
export function deploymentStep(sync: SyncUnderWay): DeploymentStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "create" || request.verb === "delete") return request.verb;
  if (request.verb !== "update") return "claim";
  if (request.resource === "replicasets") return "scale";
  return request.subresource === "status" ? "status" : "rollBack";
}

function endOf({ end: how = {} }: SyncUnderWay): SyncEnd {
  if (how.error !== undefined) return "failed";
  return how.requeueAfterMs === undefined ? "succeeded" : "postponed";
}
