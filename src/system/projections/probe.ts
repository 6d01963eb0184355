import type { ContainerStatus, PodStatus } from "../../../machines/api/pod-status.ts";
import { probeEvent } from "../../../machines/kubelet/probe-messages.ts";
import type { ProbeWorkers } from "../../../machines/kubelet/probe-status.ts";
import type {
  ProbeAnswer,
  ProbeKind,
  PublishedResult,
} from "../../../machines/kubelet/probe-step.ts";
import { addPod, type WorkerKey } from "../../../machines/kubelet/probe-workers.ts";
import { slotsOf } from "../../../machines/kubelet/slot.ts";
import type { Emission, Subject } from "../composition.ts";
import type { Detail, KernelEvent } from "../kernel-event.ts";
import type { ProbeNotes, ProbeWorkerNotes } from "../probe-notes.ts";
import type { KubeWorld } from "../world.ts";
import { type EventText, recordContainerEvent } from "./container-event.ts";

/** A worker that has seen no container. */
export const newWorker: ProbeWorkerNotes = {
  containerID: "",
  lastResult: "success",
  resultRun: 0,
  isOnHold: false,
  startDelayMs: 0,
};

/** The workers that a sync of the pod makes exist from now on. */
export function noteAdded(world: KubeWorld, emission: Emission): void {
  const { pod } = emission.from.subject;
  for (const { container, kind } of addPod(world.side(pod).pod.spec, probesOf(world, pod))) {
    const subject = { pod, container, part: kind };
    const startDelayMs = startDelay(world, emission, subject);
    setWorker(world, subject, { ...newWorker, startDelayMs });
  }
}

/** The workers of a kubelet that has just started are spread over a period. worker.go run */
function startDelay(world: KubeWorld, { now, choices }: Emission, subject: Worker): number {
  const { pod, node } = world.side(subject.pod);
  const container = slotsOf(pod.spec).find(([, { name }]) => name === subject.container)?.[1];
  const { periodSeconds = 10 } = container?.[`${kindIn(subject.part)}Probe`] ?? {};
  const periodMs = periodSeconds * 1_000;
  if (periodMs <= now - world.node(node).kubeletStartedAt) return 0;
  const about = `pod/${subject.pod ?? ""} container/${subject.container} ${subject.part}`;
  return choices.amount("probe start delay", about, { low: 0, high: periodMs - 1, usual: 0 });
}

/** The worker turns to the container in the pod's status; what it knew of another is gone. */
export function noteTarget(world: KubeWorld, { from }: Emission): void {
  const { result: _, ...worker } = workerOf(world, from.subject);
  const containerID = statusOf(world, from.subject)?.containerID ?? "";
  setWorker(world, from.subject, { ...worker, containerID, isOnHold: false });
}

/** The kubelet is told only what differs from what was published. results_manager.go Set */
export function isNewResult(world: KubeWorld, { fact, from }: Emission): boolean {
  return workerOf(world, from.subject).result !== fact["result"];
}

export function noteResult(world: KubeWorld, { fact, from }: Emission): void {
  const result = publishedIn(fact);
  setWorker(world, from.subject, { ...workerOf(world, from.subject), result });
}

export function noteCounted(world: KubeWorld, { fact, from }: Emission): void {
  const worker = workerOf(world, from.subject);
  const lastResult = fact["result"] === "success" ? "success" : "failure";
  const resultRun = worker.lastResult === lastResult ? worker.resultRun + 1 : 1;
  setWorker(world, from.subject, { ...worker, lastResult, resultRun });
}

export function noteHeld(world: KubeWorld, { from }: Emission): void {
  const worker = workerOf(world, from.subject);
  setWorker(world, from.subject, { ...worker, isOnHold: true, resultRun: 0 });
}

/** The worker has ended, and its results with it. */
export function noteEnded(world: KubeWorld, { from }: Emission): void {
  const { pod, container = "", part } = from.subject;
  const probes = probesOf(world, pod);
  const others = Object.entries(probes[container] ?? {}).filter(([kind]) => kind !== part);
  world.change(pod, { probes: { ...probes, [container]: Object.fromEntries(others) } });
}

/** One Event for each probe that did not just succeed. */
export function writeProbeEvent(world: KubeWorld, { fact, from, now, detail }: Emission): void {
  const text = probeEventText(fact, from.subject, detail);
  if (text !== undefined) recordContainerEvent(world, from.subject, now, text);
}

export function probeEventText(
  fact: KernelEvent,
  { part }: Subject,
  detail: Detail | undefined,
): EventText | undefined {
  const output = detail?.["output"];
  return probeEvent(kindIn(part), answerIn(fact), typeof output === "string" ? output : "");
}

/** The workers that exist, with what they have published about the containers that are meant. */
export function probeWorkersOf(
  probes: ProbeNotes,
  containerID: (name: string) => string | undefined,
): ProbeWorkers {
  const workers = Object.entries(probes).map(([name, { startup, readiness }]) => {
    const view = ({ result, containerID: id }: ProbeWorkerNotes) =>
      result === undefined || id !== containerID(name) ? {} : { result };
    const one = {
      ...(startup && { startup: view(startup) }),
      ...(readiness && { readiness: view(readiness) }),
    };
    return [name, one] as const;
  });
  return Object.fromEntries(workers);
}

/** Whose readiness worker looks at once: it is started, but not known to be ready. */
export function readinessToTrigger(
  { containerStatuses = [], initContainerStatuses = [] }: PodStatus,
  probes: ProbeNotes,
): readonly WorkerKey[] {
  const isMeant = ({ name, started, state, containerID }: ContainerStatus) => {
    const worker = probes[name]?.readiness;
    if (worker === undefined || started !== true || state?.running === undefined) return false;
    return worker.result !== "success" || worker.containerID !== containerID;
  };
  const meant = [...containerStatuses, ...initContainerStatuses].filter(isMeant);
  return meant.map(({ name }) => ({ container: name, kind: "readiness" }));
}

/** What the status manager says of the container of a worker. worker.go doProbe */
export function statusOf(
  world: KubeWorld,
  { pod, container }: Subject,
): ContainerStatus | undefined {
  const { containerStatuses, initContainerStatuses } = world.side(pod).staged?.status ?? {};
  const isMeant = ({ name, containerID = "" }: ContainerStatus) =>
    name === container && containerID !== "";
  return containerStatuses?.find(isMeant) ?? initContainerStatuses?.find(isMeant);
}

export function probesOf(world: KubeWorld, pod: string | undefined): ProbeNotes {
  return world.side(pod).probes;
}

export function workerOf(world: KubeWorld, { pod, container = "", part }: Subject) {
  return probesOf(world, pod)[container]?.[kindIn(part)] ?? newWorker;
}

export function kindIn(part: string | undefined): ProbeKind {
  return part === "startup" || part === "liveness" ? part : "readiness";
}

interface Worker {
  readonly pod?: string | undefined;
  readonly container?: string;
  readonly part?: string;
}

function setWorker(
  world: KubeWorld,
  { pod, container = "", part }: Worker,
  worker: ProbeWorkerNotes,
): void {
  const probes = probesOf(world, pod);
  const kinds = { ...probes[container], [kindIn(part)]: worker };
  world.change(pod, { probes: { ...probes, [container]: kinds } });
}

function publishedIn({ result }: KernelEvent): PublishedResult {
  return result === "success" || result === "failure" ? result : "unknown";
}

function answerIn({ result }: KernelEvent): ProbeAnswer {
  return answers.find((answer) => answer === result) ?? "unknown";
}

const answers: readonly ProbeAnswer[] = ["success", "warning", "failure", "unknown", "error"];
