import { changedExpectations } from "../../../machines/controllers/expectations.ts";
import type { ApiAnswer, RecordedEvent } from "../../../machines/controllers/sync.ts";
import { assert } from "../../../machines/assert.ts";
import { keyOf } from "../../store/store.ts";
import { addressOf, type Emission, type Receiver } from "../composition.ts";
import type { SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { seenDeployment, syncOfDeployment } from "./deployment.ts";
import {
  seenEndpoints,
  seenEndpointSlices,
  syncOfEndpoints,
  syncOfEndpointSlices,
} from "./endpoints.ts";
import { seenNode, seenNodes, syncOfNode, syncOfNodes } from "./node-lifecycle.ts";
import { seenEvictedPod, syncOfEviction } from "./taint-eviction.ts";
import { seenGarbage, syncOfGarbage } from "./garbage-collector.ts";
import { seenDefinition, syncOfDefinition } from "./crd-finalizer.ts";
import { seenNamespace, syncOfNamespace } from "./namespace.ts";
import {
  seenAccounts,
  seenQuota,
  seenRootCa,
  syncOfAccounts,
  syncOfQuota,
  syncOfRootCa,
} from "./namespace-furniture.ts";
import { seenLease, syncOfLease } from "./leader-election.ts";
import { seenPods, syncOfPods } from "./pod-gc.ts";
import { seenReplicaSet, syncOfReplicaSet } from "./replica-set.ts";
import { seenByCustom } from "../custom-controllers.ts";
import { type ControllerSync, ended } from "./sync-ended.ts";

/** A sync takes the controller's caches as they are now. */
export function begin(world: KubeWorld, emission: Emission): void {
  const { from, now } = emission;
  const begun = { nowMs: world.epochMs + now, answers: [], asks: [] };
  const caches = seen(world, emission);
  if (caches === undefined) return set(world, from, { ...begun, end: {} });
  advance(world, from, { caches, ...begun }, now);
}

function seen(world: KubeWorld, emission: Emission): SyncUnderWay["caches"] {
  const { from: receiver, now } = emission;
  if (world.controllers.custom.has(receiver.machine)) return seenByCustom(world, receiver);
  const key = receiver.subject.object ?? "";
  switch (receiver.machine) {
    case "replicaSet":
      return seenReplicaSet(world, key);
    case "deployment":
      return seenDeployment(world, key);
    case "endpoints":
      return seenEndpoints(world, key, receiver);
    case "nodeLifecycle":
      return seenNodes(world, receiver, now);
    case "nodeTaint":
      return seenNode(world, key);
    case "taintEviction":
      return seenEvictedPod(world, key, receiver);
    case "crdFinalizer":
      return seenDefinition(world, key);
    case "namespace":
      return seenNamespace(world, key);
    case "podGc":
      return seenPods(world, receiver);
    case "garbageCollector":
      return seenGarbage(world, key);
    case "serviceAccount":
      return seenAccounts(world, key);
    case "rootCaCertPublisher":
      return seenRootCa(world, key);
    case "resourceQuota":
      return seenQuota(world, key);
    case "leaderElection":
      return seenLease(world, emission);
    default:
      return seenEndpointSlices(world, key, receiver);
  }
}

function* stepsOfCustom(
  world: KubeWorld,
  { machine, object, owned }: Extract<SyncUnderWay["caches"], { controller: "custom" }>,
  nowMs: number,
): ControllerSync {
  const controller = world.controllers.custom.get(machine);
  assert(controller !== undefined, "a sync is one of a controller that there is");
  return ended(yield* controller.reconcile({ object, owned, nowMs }));
}

function steps(world: KubeWorld, { caches, nowMs }: SyncUnderWay): ControllerSync {
  assert(caches !== undefined, "a sync that goes on has begun with what its caches held");
  switch (caches.controller) {
    case "custom":
      return stepsOfCustom(world, caches, nowMs);
    case "replicaSet":
      return syncOfReplicaSet({ ...caches, nowMs });
    case "deployment":
      return syncOfDeployment({ ...caches, nowMs });
    case "endpoints":
      return syncOfEndpoints(caches);
    case "endpointSlice":
      return syncOfEndpointSlices(caches);
    case "nodeLifecycle":
      return syncOfNodes(caches, nowMs);
    case "nodeTaint":
      return syncOfNode(caches, nowMs);
    case "taintEviction":
      return syncOfEviction(caches, nowMs);
    case "crdFinalizer":
      return syncOfDefinition(caches, nowMs);
    case "namespace":
      return syncOfNamespace(caches, nowMs);
    case "podGc":
      return syncOfPods(caches, nowMs);
    case "garbageCollector":
      return syncOfGarbage(caches);
    case "serviceAccount":
      return syncOfAccounts(caches);
    case "rootCaCertPublisher":
      return syncOfRootCa(caches);
    case "resourceQuota":
      return syncOfQuota({ ...caches, nowMs });
    case "leaderElection":
      return syncOfLease(caches, nowMs);
  }
}

/** It goes on with what came back. */
export function takeAnswers(world: KubeWorld, { from, now, detail }: Emission): void {
  const sync = underWay(world, from);
  const answers = Array.isArray(detail?.["answers"]) ? detail["answers"] : [];
  const given: readonly ApiAnswer[] = answers;
  advance(world, from, { ...sync, answers: [...sync.answers, given] }, now);
}

/** What a service's endpoints were like is known until it is gone. */
export function end(world: KubeWorld, { from }: Emission): void {
  const address = addressOf(from);
  const { triggerTimes, memory } = underWay(world, from).end ?? {};
  world.controllers.remember("memory", address, memory);
  world.controllers.remember("triggerTimes", address, triggerTimes);
  world.controllers.remember("sync", address, undefined);
}

/** The requests wait until the controller's client lets them through. */
export function holdBack(world: KubeWorld, { from, now }: Emission): void {
  const sync = underWay(world, from);
  const reservedMs = world.controllers.reserve(from.machine, sync.asks.length, now);
  const heldBackMs = reservedMs + (latenciesMs[from.machine] ?? 0);
  set(world, from, { ...sync, heldBackMs });
}

/**
 * What somebody else does meanwhile matters to who cleans up: a pod whose owner is not there may
 * have been bound before that is found out. Nobody says how long a request takes; some 5 ms.
 */
const latenciesMs: Readonly<Record<string, number>> = { garbageCollector: 5 };

export function underWay(world: KubeWorld, receiver: Receiver): SyncUnderWay {
  const sync = world.controllers.recall("sync", addressOf(receiver));
  assert(sync !== undefined, "a controller's step is one of a sync that is under way");
  return sync;
}

function set(world: KubeWorld, receiver: Receiver, sync: SyncUnderWay): void {
  world.controllers.remember("sync", addressOf(receiver), sync);
}

/**
 * Up to the next requests. What a sync did before the last answers is not done again: it decides
 * from its caches and the answers alone.
 */
function advance(world: KubeWorld, receiver: Receiver, sync: SyncUnderWay, now: number): void {
  const running = steps(world, sync);
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
      if (value.type === "event") record(world, receiver, value.event, now);
      else changeExpectations(world, sync, value.change);
    }
  }
}

function changeExpectations(
  world: KubeWorld,
  { caches, nowMs }: SyncUnderWay,
  change: Parameters<typeof changedExpectations>[1],
): void {
  if (caches?.controller !== "replicaSet") return;
  const key = keyOf(caches.replicaSet);
  const before = world.controllers.recall("expectations", key);
  world.controllers.setExpectations(key, changedExpectations(before, change, nowMs));
}

function record(
  world: KubeWorld,
  { machine }: Receiver,
  { object, type, reason, message }: RecordedEvent,
  now: number,
): void {
  const { apiVersion, kind, metadata } = object;
  const { namespace = "", name, uid = "" } = metadata;
  const about = { apiVersion, kind, namespace, name, uid };
  const component = components[machine] ?? `${machine}-controller`;
  world.record(now, { component, about, type, reason, message });
}

/** Under which name a controller records Events, by its machine. */
const components: Readonly<Record<string, string>> = {
  replicaSet: "replicaset-controller",
  deployment: "deployment-controller",
  endpoints: "endpoint-controller",
  endpointSlice: "endpoint-slice-controller",
  nodeLifecycle: "node-controller",
  taintEviction: "taint-eviction-controller",
};
