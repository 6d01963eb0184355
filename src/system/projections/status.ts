import type { Pod } from "../../../machines/api/pod.ts";
import type { PodCondition, PodPhase, PodStatus } from "../../../machines/api/pod-status.ts";
import { isPodPhaseTerminal } from "../../../machines/api/pod-status.ts";
import {
  activeForMs,
  deadlineExceeded,
  type ShouldEvictResponse,
  shouldEvict,
} from "../../../machines/kubelet/active-deadline.ts";
import { computeCondition } from "../../../machines/kubelet/pod-conditions.machine.ts";
import { generateAPIPodStatus, type StatusSources } from "../../../machines/kubelet/pod-status.ts";
import type { ProbeWorkers } from "../../../machines/kubelet/probe-status.ts";
import {
  setContainerReadiness,
  setContainerStartup,
  setPodStatus,
} from "../../../machines/kubelet/status-cache.ts";
import {
  mergePodStatus,
  replaceOrAppendPodCondition,
} from "../../../machines/kubelet/status-merge.ts";
import { terminatePod } from "../../../machines/kubelet/terminate-pod.ts";
import { slotsOf } from "../../../machines/kubelet/slot.ts";
import type { Emission } from "../composition.ts";
import type { KubeWorld, PodSide } from "../world.ts";
import { recordPodEvent } from "./events.ts";

/** The status begins with what the PLEG cache says; after a stop the runtime itself is read. */
export function generateStatus(world: KubeWorld, { fact, from, now }: Emission): void {
  const { pod } = from.subject;
  const podIsTerminal = fact["podIsTerminal"] === true;
  const side = world.side(pod);
  const deadline = deadlineOf(world, side, now);
  if (deadline.evict) recordPodEvent(world, now, pod, deadlineExceeded);
  const sources = sourcesOf(world, side, podIsTerminal);
  const generated = generateAPIPodStatus(
    deadline.evict ? { ...sources, evict: deadline } : sources,
  );
  world.change(pod, { generated, podIsTerminal });
}

/** Whether the pod has been active for too long. active_deadline.go ShouldEvict */
export function deadlineOf(
  world: KubeWorld,
  { pod, staged }: PodSide,
  nowMs: number,
): ShouldEvictResponse {
  if (pod.spec.activeDeadlineSeconds === undefined) return { evict: false };
  return shouldEvict(pod.spec, activeForMs(pod, staged?.status, world.epochMs + nowMs));
}

/** Everything that decides about a generated status. */
export function sourcesOf(world: KubeWorld, side: PodSide, podIsTerminal: boolean): StatusSources {
  const { ip, kubeletStartedAt } = world.node(side.node);
  return {
    pod: side.pod,
    runtimeStatus: podIsTerminal ? side.runtime : side.cache,
    ...(side.staged === undefined ? {} : { cachedStatus: side.staged.status }),
    podIsTerminal,
    reasons: side.reasons,
    probeWorkers: probeWorkersOf(side),
    kubeletStartMs: world.epochMs + kubeletStartedAt,
    nodeIPs: [ip],
  };
}

/** The workers that exist, with what they have published. */
export function probeWorkersOf({ pod, hasProbeWorkers, probeResults }: PodSide): ProbeWorkers {
  if (!hasProbeWorkers) return {};
  const workers: Record<string, ProbeWorkers[string]> = {};
  for (const [, { name, startupProbe, readinessProbe }] of slotsOf(pod.spec)) {
    if (startupProbe === undefined && readinessProbe === undefined) continue;
    const { startup, readiness } = probeResults[name] ?? {};
    workers[name] = {
      ...(startupProbe && { startup: startup === undefined ? {} : { result: startup } }),
      ...(readinessProbe && { readiness: readiness === undefined ? {} : { result: readiness } }),
    };
  }
  return workers;
}

/** The machine's phase; an eviction's verdict comes with it while containers are being stopped. */
export function writePhase(world: KubeWorld, { fact, from }: Emission): void {
  const { pod } = from.subject;
  const { generated = {}, verdict, podIsTerminal } = world.side(pod);
  const phase = phaseIn(fact["phase"]);
  const condemned = verdict !== undefined && !podIsTerminal;
  const condition = condemned ? verdict.disruption : undefined;
  world.change(pod, {
    generated: {
      ...generated,
      phase,
      ...(condemned && { reason: verdict.reason, message: verdict.message }),
      ...(condition && {
        conditions: replaceOrAppendPodCondition(generated.conditions ?? [], {
          type: "DisruptionTarget",
          status: "True",
          ...condition,
        }),
      }),
    },
  });
}

/** One condition's status and reason are the machine's; its message names the containers. */
export function writeCondition(world: KubeWorld, { fact, from }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { generated = {} } = side;
  const [condition, status, reason] = [fact["condition"], fact["status"], fact["reason"]];
  const before = generated.conditions ?? [];
  const old = before.find(({ type }) => type === condition);
  if (old === undefined || (old.status === status && (old.reason ?? "") === reason)) return;
  const changed = before.map((one): PodCondition => (one === old ? remade(side, one) : one));
  world.change(pod, { generated: { ...generated, conditions: changed } });
}

/** The condition as it is after the phase was decided. */
function remade(side: PodSide, old: PodCondition): PodCondition {
  const { generated = {}, pod } = side;
  const {
    containerStatuses = [],
    initContainerStatuses = [],
    phase = "Pending",
    conditions,
  } = generated;
  switch (old.type) {
    case "PodReadyToStartContainers":
    case "Initialized":
    case "ContainersReady":
    case "Ready":
      return computeCondition(old.type, {
        pod,
        statuses: [...initContainerStatuses, ...containerStatuses],
        phase,
        sandboxes: side.cache.sandboxes ?? [],
        gates: conditions ?? [],
      });
    default:
      return old;
  }
}

/** SetPodStatus: what the status manager knows from now on. */
export function stageStatus(world: KubeWorld, { from, now }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const staged = stagedStatus(world, side, now);
  world.change(pod, staged === undefined ? {} : { staged });
}

/** The entry that SetPodStatus would leave; the same object when there is no news. */
export function stagedStatus(world: KubeWorld, side: PodSide, nowMs: number) {
  return setPodStatus(side.pod, side.staged, side.generated ?? {}, world.epochMs + nowMs);
}

/** A startup or readiness result reaches the entry without a sync. */
export function stageReadiness(world: KubeWorld, { from, now, detail }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { kind, result, container } = detail ?? {};
  const status = [
    ...(side.staged?.status.initContainerStatuses ?? []),
    ...(side.staged?.status.containerStatuses ?? []),
  ].find(({ name }) => name === container);
  const id = status?.containerID ?? "";
  const set = kind === "readiness" ? setContainerReadiness : setContainerStartup;
  const staged = set(side.pod, side.staged, id, result === "success", world.epochMs + now);
  world.change(pod, staged === undefined ? {} : { staged });
}

/** TerminatePod: the last status of the pod. */
export function stageTermination(world: KubeWorld, { from, now }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const staged = terminatePod(side.pod, side.staged, world.epochMs + now);
  world.change(pod, { isFinished: true, ...(staged === undefined ? {} : { staged }) });
}

/** The PATCH: what others wrote stays, and a terminal phase waits for the last container. */
export function patchStatus(world: KubeWorld, { from, now }: Emission): void {
  const side = world.side(from.subject.pod);
  const pod = world.pod(from.subject.pod ?? "");
  if (pod === undefined || pod.metadata.uid !== side.uid || side.staged === undefined) return;
  const old = pod.status ?? {};
  const merged = mergePodStatus(
    side.pod,
    old,
    side.staged.status,
    !side.isStopped,
    world.epochMs + now,
  );
  if (!isSameStatus(old, merged)) world.store.put<Pod>({ ...pod, status: merged });
}

function isSameStatus(a: PodStatus, b: PodStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const phases: readonly PodPhase[] = ["Pending", "Running", "Succeeded", "Failed", "Unknown"];

function phaseIn(value: unknown): PodPhase {
  return phases.find((phase) => phase === value) ?? "Pending";
}

/** A pod that admission refused: it fails without a worker. kubelet.go rejectPod */
export function rejectPod(
  world: KubeWorld,
  key: string,
  reason: string,
  message: string,
  nowMs: number,
): void {
  const pod = world.pod(key);
  if (pod === undefined || isPodPhaseTerminal(pod.status?.phase)) return;
  const status: PodStatus = {
    phase: "Failed",
    reason,
    message: `Pod was rejected: ${message}`,
    ...(pod.status?.qosClass && { qosClass: pod.status.qosClass }),
  };
  const staged = setPodStatus(pod, undefined, status, world.epochMs + nowMs);
  if (staged === undefined) return;
  const merged = mergePodStatus(pod, pod.status ?? {}, staged.status, false, world.epochMs + nowMs);
  world.store.put<Pod>({ ...pod, status: merged });
}
