import type { Pod } from "../../../machines/api/pod.ts";
import {
  cancelWorkWithEvent,
  deletePod,
  getNoExecuteTaints,
  processPodOnNode,
  type TimedWork,
} from "../../../machines/controllers/taint-eviction/process-pod.ts";
import type { TaintEvictionStep } from "../../../machines/controllers/taint-eviction/taint-eviction.machine.ts";
import { addressOf, type Receiver } from "../composition.ts";
import type { SyncUnderWay, TaintEvictionCaches } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, endOf, ended } from "./sync-ended.ts";

export function seenEvictedPod(
  world: KubeWorld,
  key: string,
  receiver: Receiver,
): TaintEvictionCaches {
  const memory = world.controllers.recall("memory", addressOf(receiver));
  const planned = memory?.of === "taintEviction" ? memory.work : undefined;
  const found = world.pod(key);
  const pod = found ?? goneOf(key);
  const node = world.nodeObject(pod.spec.nodeName ?? "");
  const taints = node === undefined ? undefined : getNoExecuteTaints(node.spec?.taints);
  const caches = { pod, isGone: found === undefined, taints, planned };
  return { controller: "taintEviction", ...caches };
}

function goneOf(key: string): Pod {
  const [namespace = "", name = ""] = key.split("/");
  return { apiVersion: "v1", kind: "Pod", metadata: { namespace, name }, spec: { containers: [] } };
}

/** What is due is done, whatever the taints are now; else they decide. */
export function* syncOfEviction(caches: TaintEvictionCaches, nowMs: number): ControllerSync {
  const { pod, isGone, taints, planned } = caches;
  if (isGone) {
    if (planned !== undefined) yield* cancelWorkWithEvent(pod);
    return {};
  }
  if (planned !== undefined && planned.fireAtMs <= nowMs) return yield* fired(pod, nowMs);
  if (taints === undefined) return planned === undefined ? {} : postponed(planned, nowMs);
  const verdict = processPodOnNode(pod.spec.tolerations ?? [], taints, planned, nowMs);
  if (verdict.isCancelled && planned !== undefined) yield* cancelWorkWithEvent(pod);
  const { work } = verdict;
  if (work === undefined) return {};
  return work.fireAtMs <= nowMs ? yield* fired(pod, nowMs) : postponed(work, nowMs);
}

function postponed(work: TimedWork, nowMs: number) {
  return {
    requeueAfterMs: work.fireAtMs - nowMs,
    memory: { of: "taintEviction", work },
  } as const;
}

function* fired(pod: Pod, nowMs: number): ControllerSync {
  const error = yield* deletePod(pod, nowMs);
  return ended(error === undefined || error.reason === "NotFound" ? {} : { error });
}

/** What the controller does next with a pod, in the words of its chart. */
export function taintEvictionStep(sync: SyncUnderWay): TaintEvictionStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "delete") return "delete";
  return request.verb === "get" ? "read" : "mark";
}
