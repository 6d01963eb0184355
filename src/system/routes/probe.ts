import { type Container, isRestartableInitContainer } from "../../../machines/api/pod.ts";
import { isPodPhaseTerminal, type PodPhase } from "../../../machines/api/pod-status.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { type ProbeInput, probeMachine } from "../../../machines/kubelet/probe.machine.ts";
import type { ProbeTarget } from "../../../machines/kubelet/probe-step.ts";
import {
  addPod,
  removePod,
  stopLivenessAndStartup,
  type WorkerKey,
} from "../../../machines/kubelet/probe-workers.ts";
import {
  containerShouldRestart,
  shouldAllContainersRestart,
} from "../../../machines/kubelet/restart-policy.ts";
import { slotsOf } from "../../../machines/kubelet/slot.ts";
import type {
  Emission,
  MachineRow,
  Receiver,
  Route,
  Routes,
  Subject,
  View,
} from "../composition.ts";
import { gatesOfNode } from "../gates.ts";
import * as probe from "../projections/probe.ts";
import type { Detail } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";
import { podOf, toHandler, toSelf, viewing, telling } from "./receivers.ts";

export const probeMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  probe: {
    machine: probeMachine,
    exists: (world, { pod = "" }) => world.findSide(pod) !== undefined,
    input: probeInput,
    periodicDelays: ["steadyPeriod"],
  },
};

export const probeRoutes: Routes<KubeWorld> = {
  probe: {
    "target.requested": [{ to: toSelf, view: "probeTarget" }],
    "target.adopted": [{ project: probe.noteTarget }],
    "probe.run": [{ to: toHandler("prober"), asOrigin: true }],
    "probe.counted": [{ project: probe.noteCounted }],
    "probe.result": [
      {
        to: telling("statusManager", statusManagerToTell),
        event: { type: "probe.changed" },
        detail: resultDetail,
      },
      { to: telling("podWorker", workerToTell), event: { type: "probe.changed" } },
      { project: probe.noteResult },
    ],
    "worker.held": [{ project: probe.noteHeld }],
    "worker.ended": [{ project: probe.noteEnded }],
    "event.recorded": [{ project: probe.writeProbeEvent }],
  },
};

/** What a sync does with its pod's probes. */
export const addProbes: readonly Route<KubeWorld>[] = [
  { to: telling("probe", workersOf(addPod)), view: "probeAdded" },
  { project: probe.noteAdded },
];

/** What a termination does with them, before and after the containers have been stopped. */
export const stopProbes: readonly Route<KubeWorld>[] = [
  { to: telling("probe", workersOf(stopLivenessAndStartup)), event: { type: "probe.stopped" } },
];
export const removeProbes: readonly Route<KubeWorld>[] = [
  { to: telling("probe", workersOf(removePod)), event: { type: "probe.stopped" } },
];

/** After each generated status: containers that are started and not ready are probed at once. */
export const triggerReadiness: Route<KubeWorld> = {
  to: telling("probe", (world, { from }) => {
    const { generated = {}, probes } = world.side(from.subject.pod);
    return receiversOf(podOf(from.subject), probe.readinessToTrigger(generated, probes));
  }),
  event: { type: "probe.triggered" },
};

export const probeViews: Readonly<Record<string, View<KubeWorld>>> = {
  probeAdded: viewing("probe.added", (world, { to }) => ({
    type: "probe.added",
    isDeleting: world.side(to.pod).pod.metadata.deletionTimestamp !== undefined,
    startDelayMs: probe.workerOf(world, to).startDelayMs,
  })),
  probeTarget: viewing("container.observed", (world, { to, now }) => ({
    type: "container.observed",
    ...probeTarget(world, to, now),
  })),
};

function probeTarget(world: KubeWorld, subject: Subject, now: number): ProbeTarget {
  const { staged, node } = world.side(subject.pod);
  const status = probe.statusOf(world, subject);
  const { running, terminated } = status?.state ?? {};
  const startedAtMs =
    running?.startedAt === undefined
      ? undefined
      : parseTime(running.startedAt) - world.nodeEpochMs(node);
  const { kubeletStartedAt } = world.node(node);
  const ranMs = startedAtMs === undefined ? 0 : now - startedAtMs;
  return {
    pod: podState(staged?.status.phase, staged !== undefined),
    container: containerState(status !== undefined, running, terminated),
    isNew: (status?.containerID ?? "") !== probe.workerOf(world, subject).containerID,
    startedBeforeKubelet:
      startedAtMs !== undefined && startedAtMs < kubeletStartedAt - kubeletRestartGracePeriodMs,
    started: status?.started === true,
    runningSeconds: Math.max(
      0,
      Math.min(Math.floor(ranMs / 1_000), probeInput(world, subject).initialDelaySeconds),
    ),
    willRestart: terminated === undefined || restarts(world, subject, terminated.exitCode ?? 0),
  };
}

/** By itself, or with all others. */
function restarts(world: KubeWorld, subject: Subject, exitCode: number): boolean {
  const { pod, node, staged } = world.side(subject.pod);
  const gates = gatesOfNode(world, node);
  if (containerShouldRestart(containerOf(world, subject), pod.spec, exitCode, gates)) return true;
  return gates !== undefined && shouldAllContainersRestart(pod.spec, undefined, staged?.status);
}

function podState(phase: PodPhase | undefined, hasStatus: boolean): ProbeTarget["pod"] {
  if (!hasStatus) return "unknown";
  return isPodPhaseTerminal(phase) ? "terminal" : "active";
}

function containerState(
  exists: boolean,
  running: object | undefined,
  terminated: object | undefined,
): ProbeTarget["container"] {
  if (!exists) return "absent";
  if (running !== undefined) return "running";
  return terminated === undefined ? "waiting" : "terminated";
}

function probeInput(world: KubeWorld, subject: Subject): ProbeInput {
  const kind = probe.kindIn(subject.part);
  const { initContainers = [] } = world.side(subject.pod).pod.spec;
  const container = containerOf(world, subject);
  const spec = container[`${kind}Probe`] ?? {};
  return {
    kind,
    isSidecar:
      initContainers.some(({ name }) => name === container.name) &&
      isRestartableInitContainer(container),
    periodSeconds: spec.periodSeconds ?? 10,
    initialDelaySeconds: spec.initialDelaySeconds ?? 0,
    successThreshold: spec.successThreshold ?? 1,
    failureThreshold: spec.failureThreshold ?? 3,
  };
}

function containerOf(world: KubeWorld, { pod, container = "" }: Subject): Container {
  const { spec } = world.side(pod).pod;
  return slotsOf(spec).find(([, { name }]) => name === container)?.[1] ?? { name: container };
}

function workersOf(
  choose: typeof addPod,
): (world: KubeWorld, emission: Emission) => readonly Receiver[] {
  return (world, { from }) => {
    const { pod } = from.subject;
    return receiversOf(
      podOf(from.subject),
      choose(world.side(pod).pod.spec, probe.probesOf(world, pod)),
    );
  };
}

function receiversOf(pod: string, keys: readonly WorkerKey[]): readonly Receiver[] {
  return keys.map(({ container, kind: part }) => ({
    machine: "probe",
    subject: { pod, container, part },
  }));
}

/** Startup and readiness are written into the status at once. kubelet.go syncLoopIteration */
function statusManagerToTell(world: KubeWorld, emission: Emission): Receiver | undefined {
  if (emission.fact["kind"] === "liveness" || !probe.isNewResult(world, emission)) return undefined;
  return { machine: "statusManager", subject: { pod: podOf(emission.from.subject) } };
}

/** Of the liveness results only a failure makes a sync. */
function workerToTell(world: KubeWorld, emission: Emission): Receiver | undefined {
  const { kind, result } = emission.fact;
  if (kind === "liveness" && result !== "failure") return undefined;
  return probe.isNewResult(world, emission) ? ofPodWorker(emission) : undefined;
}

function ofPodWorker({ from }: Emission): Receiver {
  return { machine: "podWorker", subject: { pod: podOf(from.subject) } };
}

/** Which container's result it is; the status may know another one by now. */
function resultDetail(world: KubeWorld, { fact, from }: Emission): Detail {
  const { kind, result } = fact;
  const { containerID } = probe.workerOf(world, from.subject);
  return { kind, result, container: from.subject.container, containerID };
}

/** pkg/kubelet/prober/prober_manager.go kubeletRestartGracePeriod */
const kubeletRestartGracePeriodMs = 10_000;
