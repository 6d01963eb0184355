import { generateUid } from "../../../machines/api/generated-names.ts";
import {
  jitterFactor,
  release,
  retryPeriodMs,
  tryAcquireOrRenew,
} from "../../../machines/controllers/leader-election/leader-election.ts";
import type { LeaderElectionStep } from "../../../machines/controllers/leader-election/leader-election.machine.ts";
import { addressOf, type Emission, type Receiver } from "../composition.ts";
import { isCutOff, leadersOf } from "../control-plane.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import type { ControllerSync } from "./sync-ended.ts";

type ElectionCaches = Extract<Caches, { controller: "leaderElection" }>;

/** Whose Lease it is: kube-system's, of the component's name. */
export function componentOf({ subject: { object = "" } }: Receiver): string {
  return object.slice(object.indexOf("/") + 1);
}

export function seenLease(world: KubeWorld, { from, fact, choices }: Emission): ElectionCaches {
  const { object = "", part: host = "" } = from.subject;
  const memory = world.controllers.recall("memory", addressOf(from));
  const known = memory?.of === "leaderElection" ? memory : undefined;
  const [namespace, name] = [object.slice(0, object.indexOf("/")), componentOf(from)];
  const does = fact["does"] === "release" ? "release" : "attempt";
  const isCandidate = !leadersOf(world, name).includes(host);
  const range = { low: retryPeriodMs, high: retryPeriodMs * (1 + jitterFactor) };
  const about = `component/${name} host/${host}`;
  const usual = (range.low + range.high) / 2;
  return {
    controller: "leaderElection",
    does,
    namespace,
    name,
    identity: known?.identity ?? newIdentity(world, name, host),
    fieldManager: name,
    ...(known?.observed && { observed: known.observed }),
    retryMs: isCandidate
      ? choices.amount("leader election retry", about, { ...range, usual })
      : retryPeriodMs,
  };
}

/** So that two processes of one host are never taken for each other. */
function newIdentity({ names }: KubeWorld, component: string, host: string): string {
  const base = `${component} ${host}`;
  names.set(base, names.of(base) + 1);
  return `${host}_${generateUid(component, host, names.of(base))}`;
}

export function* syncOfLease(caches: ElectionCaches, nowMs: number): ControllerSync {
  const { identity, does, retryMs } = caches;
  const candidacy = { ...caches, nowMs };
  const { succeeded, observed } =
    does === "release" ? yield* release(candidacy) : yield* tryAcquireOrRenew(candidacy);
  const memory = { of: "leaderElection", identity, observed } as const;
  return succeeded ? { memory } : { memory, requeueAfterMs: retryMs };
}

/** What an attempt does next, in the words of its chart. */
export function leaderElectionStep({ asks, end }: SyncUnderWay): LeaderElectionStep {
  const [request] = asks;
  if (request !== undefined) return request.verb === "get" ? "read" : "write";
  return end?.requeueAfterMs === undefined ? "succeeded" : "failed";
}

export function beginLeading(world: KubeWorld, { from, now }: Emission): void {
  const component = componentOf(from);
  const leaders = [...leadersOf(world, component), from.subject.part ?? ""];
  world.controllers.remember("leaders", component, leaders);
  recordTransition(world, from, now, "became leader");
}

export function endLeading(world: KubeWorld, { from, now }: Emission): void {
  const component = componentOf(from);
  const host = from.subject.part ?? "";
  const others = leadersOf(world, component).filter((one) => one !== host);
  world.controllers.remember("leaders", component, others.length === 0 ? undefined : others);
  if (!isCutOff(world, component, host)) recordTransition(world, from, now, "stopped leading");
}

/** resourcelock/leaselock.go RecordEvent */
function recordTransition(world: KubeWorld, from: Receiver, now: number, said: string): void {
  const memory = world.controllers.recall("memory", addressOf(from));
  if (memory?.of !== "leaderElection" || memory.observed === undefined) return;
  const { apiVersion, kind, metadata } = memory.observed.lease;
  const { namespace = "", name, uid = "" } = metadata;
  const component = name === "kube-scheduler" ? "default-scheduler" : name;
  const message = `${memory.identity} ${said}`;
  const about = { apiVersion, kind, namespace, name, uid };
  world.record(now, { component, about, type: "Normal", reason: "LeaderElection", message });
}

/** Another process of that host is another candidate. */
export function quit(world: KubeWorld, { from }: Emission): void {
  const address = addressOf(from);
  world.controllers.remember("memory", address, undefined);
  world.controllers.remember("sync", address, undefined);
}
