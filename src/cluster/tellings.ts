import { emitter, type Route } from "../system/composition.ts";
import { machines, routes, views } from "../system/routes.ts";
import { queued } from "../system/routes/controllers.ts";
import type { KubeWorld } from "../system/world.ts";

/** Somebody may tell somebody something. */
interface Telling {
  readonly from: string;
  readonly to: string;
  readonly event: string;
}

/**
 * Everything that may be sent in a cluster, without running one: what the routes say of the facts
 * of machines, their timers, and what the world around them tells. Who is `outside` is called so.
 */
export function* allTellings(outside: string): Iterable<Telling> {
  yield* tellingsOf(outside, fromOutside);
  for (const [from, facts] of Object.entries(routes)) {
    for (const [fact, rows] of Object.entries(facts)) {
      for (const row of rows) yield* tellingsOfRoute(from, fact, row);
    }
    for (const delay of Object.keys(machines[from]?.machine.implementations.delays ?? {})) {
      yield { from, to: from, event: `after ${delay}` };
    }
  }
  for (const [from, told] of Object.entries(around)) yield* tellingsOf(from, told);
}

/** What one row of the routes sends of a fact: to whom, and as which event. */
export function* tellingsOfRoute(
  from: string,
  fact: string,
  { to, event, view }: Route<KubeWorld>,
): Iterable<Telling> {
  const word = (view === undefined ? undefined : views[view]?.event) ?? event?.type ?? fact;
  for (const machine of to?.machines ?? []) {
    yield { from, to: machine === emitter ? from : machine, event: word };
  }
}

function* tellingsOf(from: string, told: Told): Iterable<Telling> {
  for (const [to, events] of Object.entries(told)) {
    for (const event of events) yield { from, to, event };
  }
}

const requests = ["apply", "create", "delete", "patch"].map((verb) => `request.${verb}`);

type Told = Readonly<Record<string, readonly string[]>>;

/** What users and the steps of scenarios tell, and what follows from a watch; by receiver. */
const fromOutside: Told = {
  apiserver: [...requests, "request.call"],
  request: ["request.received"],
  faults: ["fault"],
  container: ["container.reviewed"],
  evictionManager: ["kubelet.started"],
  kubectl: ["drain.begun", "line.typed", "rollout.watched"],
  kubeProxy: ["change.seen"],
  kubelet: ["kubelet.started", "pod.added"],
  leaderElection: ["component.started"],
  controlPlaneComponent: ["component.started"],
  podPhase: ["phase.written"],
  podResize: ["resize.weighed"],
  podWorker: ["pod.updated", "kill.requested"],
  reconcileLoop: ["key.added"],
  schedulingQueue: ["pod.added", "pod.left", "requeue.asked"],
  statusManager: ["phase.written", "status.compared"],
};

/**
 * What those tell who are no machines: the API server, and `src/cluster/environment`. Every run is
 * held against it.
 */
const around: Readonly<Record<string, Told>> = {
  apiserver: {
    apiserver: ["request.apply"],
    request: ["request.received"],
    bindingCycle: ["bind.answered"],
    kubectl: ["request.refused"],
    leaderElection: ["calls.answered"],
    ...Object.fromEntries(queued.map((id) => [id, ["calls.answered"]])),
  },
  controlPlane: {
    controlPlane: ["leader.awaited"],
    controlPlaneComponent: ["process.begun"],
    leaderElection: ["component.killed", "component.started", "component.stopped"],
    reconcileLoop: ["key.added"],
    schedulingCycle: ["queue.checked"],
    schedulingQueue: ["pod.added"],
  },
  claims: { bindingCycle: ["claims.bound"], claims: ["claim.provided", "claims.checked"] },
  faults: {
    container: ["container.exited", "container.lost"],
    evictionManager: ["kubelet.started"],
    faults: ["sync.awaited"],
    kubectl: ["request.refused"],
    kubelet: ["kubelet.started", "kubelet.stopped", "pod.added"],
    controlPlaneComponent: ["component.killed", "component.started", "component.stopped"],
    leaderElection: ["component.killed", "component.started", "component.stopped"],
    nodeStatus: ["runtimeUp.due"],
    podSandbox: ["sandbox.died"],
    podWorker: ["kill.requested"],
    reconcileLoop: ["key.added"],
    schedulingCycle: ["queue.checked"],
    schedulingQueue: ["pod.added"],
    stats: ["pass.awaited"],
    usage: ["pressure.ended"],
  },
  kubectl: { kubectl: ["drain.due", "kubectl.said", "request.refused", "rollout.watched"] },
  nodeStatus: {
    kubelet: ["runtime.failed", "runtime.recovered"],
    nodeStatus: ["networkState.due"],
  },
  pleg: {
    podWorker: ["pleg.changed", "pleg.relisted"],
    restartBackOff: ["container.exited"],
  },
  prober: { probe: ["probe.answered"], prober: ["probe.stillOpen"] },
  registry: {
    imagePull: [
      "ImageStatus.failed",
      "ImageStatus.succeeded",
      "PullImage.failed",
      "PullImage.succeeded",
    ],
  },
  runtime: {
    container: ["container.exited", "memory.oomRecorded"],
    containerKill: [
      "StopContainer.failed",
      "StopContainer.succeeded",
      "hook.failed",
      "hook.succeeded",
    ],
    containerStart: [
      "CreateContainer.failed",
      "CreateContainer.succeeded",
      "StartContainer.failed",
      "StartContainer.succeeded",
      "hook.failed",
      "hook.succeeded",
    ],
    podKill: ["StopPodSandbox.failed", "StopPodSandbox.succeeded"],
    podResize: ["UpdateContainerResources.succeeded"],
    podSandbox: ["RunPodSandbox.failed", "RunPodSandbox.succeeded", "sandbox.stopped"],
    usage: ["usage.changed"],
  },
  scheduler: {
    apiserver: ["request.delete"],
    scheduler: ["preemption.failed", "victim.answered"],
    schedulingCycle: ["waiting.checked"],
    schedulingQueue: ["attempt.failed", "backOff.flushed", "requeue.asked"],
  },
  stats: {
    evictionManager: [
      "pods.cleanedUp",
      "pods.ranked",
      "reclaim.measured",
      "stats.observed",
      "threshold.chosen",
    ],
    softThreshold: ["threshold.observed"],
    stats: ["pass.awaited"],
  },
  usage: {
    containerMemory: ["memory.nodeExhausted", "memory.used"],
    stats: ["pass.awaited"],
    usage: ["memory.exhausted", "volumes.measured"],
  },
  volumes: { volume: ["Mount.failed", "Mount.succeeded"] },
  workQueue: { podWorker: ["deadline.observed", "work.due"] },
};
