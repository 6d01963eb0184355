import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { newPodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import { SchedulerCache } from "./scheduler-cache.ts";
import {
  type AttemptUnderWay,
  type InFlight,
  type Nomination,
  type PreemptionUnderWay,
  type QueuedPod,
  SchedulerSide,
  type SeenNodes,
} from "./scheduler-side.ts";

/** A scheduler's memory as plain JSON. */
export interface SavedScheduler {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly assumed: readonly (readonly [string, Pod])[];
  readonly inFlight: readonly InFlight[];
  readonly nominations: readonly Nomination[];
  readonly nextStartNodeIndex: number;
  readonly ended: string;
  readonly preemptions: readonly PreemptionUnderWay[];
  readonly queue: readonly (readonly [string, Pod, Omit<QueuedPod, "podInfo">])[];
  readonly trying?: SavedAttempt;
}

interface SavedAttempt {
  readonly key: string;
  readonly pod: Pod;
  readonly seen?: SavedNodes;
  readonly seenByPostFilter?: SavedNodes;
}

interface SavedNodes {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly nominations: readonly Nomination[];
}

export function saveScheduler(side: SchedulerSide): SavedScheduler {
  const { cache, assumed, inFlight, nominations, nextStartNodeIndex, attempt } = side;
  return {
    nodes: cache.nodes,
    pods: cache.pods,
    assumed: [...assumed],
    inFlight,
    nominations,
    nextStartNodeIndex,
    ended: side.ended,
    preemptions: side.preemptions,
    queue: [...side.queue].map(([key, { podInfo, ...rest }]) => [key, podInfo.pod, rest]),
    ...(attempt && { trying: savedAttempt(attempt) }),
  };
}

export function loadScheduler(saved: SavedScheduler): SchedulerSide {
  const side = new SchedulerSide();
  const { nodes, pods, assumed, inFlight, nominations, nextStartNodeIndex, trying } = saved;
  for (const node of nodes) side.cache.addNode(node);
  for (const pod of pods) side.cache.addPod(pod);
  side.assumed = new Map(assumed);
  side.inFlight = inFlight;
  side.nominations = nominations;
  side.nextStartNodeIndex = nextStartNodeIndex;
  side.ended = saved.ended;
  side.preemptions = saved.preemptions;
  for (const [key, pod, rest] of saved.queue) {
    side.setQueued(key, { ...rest, podInfo: newPodInfo(pod) });
  }
  if (trying !== undefined) side.attempt = loadedAttempt(trying);
  return side;
}

function savedAttempt({ key, podInfo, seen, seenByPostFilter }: AttemptUnderWay): SavedAttempt {
  return {
    key,
    pod: podInfo.pod,
    ...(seen && { seen: savedNodes(seen) }),
    ...(seenByPostFilter && { seenByPostFilter: savedNodes(seenByPostFilter) }),
  };
}

function savedNodes({ snapshot: { nodeInfoList }, nominations }: SeenNodes): SavedNodes {
  const nodes = nodeInfoList.map(({ node }) => node);
  const pods = nodeInfoList.flatMap((info) => info.pods.map(({ pod }) => pod));
  return { nodes, pods, nominations };
}

function loadedAttempt({ key, pod, seen, seenByPostFilter }: SavedAttempt): AttemptUnderWay {
  return {
    key,
    podInfo: newPodInfo(pod),
    ...(seen && { seen: loadedNodes(seen) }),
    ...(seenByPostFilter && { seenByPostFilter: loadedNodes(seenByPostFilter) }),
  };
}

function loadedNodes({ nodes, pods, nominations }: SavedNodes): SeenNodes {
  const cache = new SchedulerCache();
  for (const node of nodes) cache.addNode(node);
  for (const pod of pods) cache.addPod(pod);
  return { snapshot: cache.snapshot(), nominations };
}
