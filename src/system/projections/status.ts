import type { Pod } from "../../../machines/api/pod.ts";
import type {
  ConditionStatus,
  PodCondition,
  PodPhase,
  PodStatus,
} from "../../../machines/api/pod-status.ts";
import { isPodPhaseTerminal } from "../../../machines/api/pod-status.ts";
import { assert } from "../../../machines/assert.ts";
import { extended } from "../../../machines/extended.ts";
import {
  activeForMs,
  deadlineExceeded,
  type ShouldEvictResponse,
  shouldEvict,
} from "../../../machines/kubelet/active-deadline.ts";
import {
  type ConditionReport,
  computedConditions,
  gatedCondition,
  othersConditions,
  reportedCondition,
  withConditions,
} from "../../../machines/kubelet/computed-conditions.ts";
import { withVerdict } from "../../../machines/kubelet/kill-verdict.ts";
import {
  convertStatusToAPIStatus,
  type StatusSources,
  withPhase,
} from "../../../machines/kubelet/pod-status.ts";
import {
  setContainerReadiness,
  setContainerStartup,
  setPodStatus,
} from "../../../machines/kubelet/status-cache.ts";
import { mergePodStatus } from "../../../machines/kubelet/status-merge.ts";
import { terminatePod } from "../../../machines/kubelet/terminate-pod.ts";
import type { Emission } from "../composition.ts";
import { gatesOfNode } from "../gates.ts";
import type { KernelEvent } from "../kernel-event.ts";
import type { PodSide } from "../pod-side.ts";
import type { KubeWorld } from "../world.ts";
import { recordPodEvent } from "./events.ts";
import { probeWorkersOf } from "./probe.ts";
import { allocatedPod, reviewResize } from "./resize.ts";

/** The status begins with what the PLEG cache says; after a stop the runtime itself is read. */
export function generateStatus(world: KubeWorld, { fact, from, now }: Emission): void {
  const { pod } = from.subject;
  const podIsTerminal = fact["podIsTerminal"] === true;
  reviewResize(world, pod, podIsTerminal, now);
  const side = world.side(pod);
  if (deadlineOf(world, side, now).evict) recordPodEvent(world, now, pod, deadlineExceeded);
  const generated = convertStatusToAPIStatus(sourcesOf(world, side, podIsTerminal));
  world.change(pod, { generated, podIsTerminal, podStatus: side.cache });
}

/** Whether the pod has been active for too long. active_deadline.go ShouldEvict */
export function deadlineOf(
  world: KubeWorld,
  { pod, node, staged }: PodSide,
  nowMs: number,
): ShouldEvictResponse {
  if (pod.spec.activeDeadlineSeconds === undefined) return { evict: false };
  return shouldEvict(pod.spec, activeForMs(pod, staged?.status, world.nodeEpochMs(node) + nowMs));
}

/** What a status is generated from, but for the probes' word and a deadline's. */
export function sourcesOf(
  world: KubeWorld,
  { pod, node, runtime, cache, staged, reasons, allocation, resize }: PodSide,
  podIsTerminal: boolean,
): StatusSources {
  const gates = gatesOfNode(world, node);
  return {
    pod: allocatedPod({ pod, allocation }),
    ...(resize && { resize }),
    runtimeStatus: podIsTerminal ? runtime : cache,
    ...(staged && { cachedStatus: staged.status }),
    podIsTerminal,
    reasons,
    nodeIPs: [world.node(node).ip],
    ...(gates && { gates }),
  };
}

function containerIDIn(status: PodStatus | undefined, name: string): string | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  return [...containerStatuses, ...initContainerStatuses].find((one) => one.name === name)
    ?.containerID;
}

/** The machine's phase, with its reason; then the probes have their say. */
export function writePhase(world: KubeWorld, { fact, from, now }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const deadline = deadlineOf(world, side, now);
  const generated = withPhase(side.generated ?? {}, phaseIn(fact["phase"]), {
    probeWorkers: probeWorkersOf(side.probes, (name) => containerIDIn(side.generated, name)),
    kubeletStartMs: world.nodeEpochMs(side.node) + world.node(side.node).kubeletStartedAt,
    ...sourcesOf(world, side, side.podIsTerminal),
    ...(deadline.evict && { evict: deadline }),
  });
  world.change(pod, { generated });
}

/** An eviction or preemption writes over the status while containers are being stopped. */
export function writeVerdict(world: KubeWorld, { fact, from }: Emission): void {
  const side = world.side(from.subject.pod);
  if (side.verdict === undefined) return;
  const { generation } = side.pod.metadata;
  const condemned = withVerdict(side.generated ?? {}, side.verdict, generation);
  world.change(from.subject.pod, { generated: { ...condemned, phase: phaseIn(fact["phase"]) } });
}

/** One condition's status and reason are the machine's; its message names the containers. */
export function writeCondition(world: KubeWorld, { fact, from }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { generated = {} } = side;
  const { conditions: before } = generated;
  const condition = reportedCondition(reportIn(fact), {
    pod: side.pod,
    ...allContainerStatuses(generated),
    sandboxes: [],
    gates: gateConditions(world, side),
  });
  const conditions = before === undefined ? [condition] : [...before, condition];
  world.change(pod, {
    generated:
      before === undefined ? extended(generated, { conditions }) : { ...generated, conditions },
  });
}

/** Of containers of any kind; none at all is not the same as an empty list of them. */
function allContainerStatuses({ initContainerStatuses, containerStatuses }: PodStatus) {
  if (initContainerStatuses === undefined && containerStatuses === undefined) return {};
  return { statuses: [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])] };
}

/** The conditions that readiness gates may name, as others have written them. */
export function gateConditions(world: KubeWorld, side: PodSide): readonly PodCondition[] {
  if (side.pod.spec.readinessGates === undefined) return [];
  return othersConditions(sourcesOf(world, side, side.podIsTerminal));
}

/** The machine's conditions stand among those of others: the status is complete. */
export function completeStatus(world: KubeWorld, { from, now }: Emission): void {
  const key = from.subject.pod;
  const side = world.side(key);
  const { pod, node, staged, podIsTerminal } = side;
  const { generated: { conditions = [], ...status } = {} } = side;
  const generated = withConditions(status, conditions, sourcesOf(world, side, podIsTerminal));
  const nowMs = world.nodeEpochMs(node) + now;
  const entry = setPodStatus(pod, staged, generated, nowMs, undefined, gatesOfNode(world, node));
  world.change(key, { generated, next: entry === staged ? undefined : entry });
}

/** At the end of a sync what was put together is staged or no news: nobody asks for it again. */
export function forgetGenerated(world: KubeWorld, { from }: Emission): void {
  world.change(from.subject.pod, { generated: undefined });
}

/** SetPodStatus: what the status manager knows from now on. */
export function stageStatus(world: KubeWorld, { from }: Emission): void {
  const { pod } = from.subject;
  const { next, staged } = world.side(pod);
  world.change(pod, { staged: next ?? staged, next: undefined });
}

/** A startup or readiness result reaches the entry without a sync. */
export function stageReadiness(world: KubeWorld, { from, now, detail }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const { kind, result, containerID } = detail ?? {};
  const id = String(containerID);
  const set = kind === "readiness" ? setContainerReadiness : setContainerStartup;
  const nowMs = world.nodeEpochMs(side.node) + now;
  const gates = gatesOfNode(world, side.node);
  const staged = set(side.pod, side.staged, id, result === "success", nowMs, gates);
  world.change(pod, staged === undefined ? {} : { staged });
}

/** TerminatePod: the last status of the pod. */
export function stageTermination(world: KubeWorld, { from, now }: Emission): void {
  const { pod } = from.subject;
  const side = world.side(pod);
  const nowMs = world.nodeEpochMs(side.node) + now;
  const gates = gatesOfNode(world, side.node);
  const staged = terminatePod(side.pod, side.staged, nowMs, undefined, gates);
  world.change(pod, { isFinished: true, ...(staged === undefined ? {} : { staged }) });
}

/** The PATCH: what others wrote stays, and a terminal phase waits for the last container. */
export function patchStatus(world: KubeWorld, { from, now }: Emission): void {
  const key = from.subject.pod;
  const pod = world.pod(key ?? "");
  const sent = statusToSend(world, key, pod, now);
  if (pod === undefined || sent === undefined || isSameStatus(pod.status ?? {}, sent)) return;
  world.change(key, { sent });
  world.store.put<Pod>({ ...pod, status: sent });
}

/** What a PATCH makes of the API's status; undefined when there is nothing to be said. */
export function statusToSend(
  world: KubeWorld,
  key: string | undefined,
  pod: Pod | undefined,
  now: number,
): PodStatus | undefined {
  const { uid, node, staged, isStopped, pod: known } = world.side(key);
  if (pod === undefined || pod.metadata.uid !== uid || staged === undefined) return undefined;
  const nowMs = world.nodeEpochMs(node) + now;
  const gates = gatesOfNode(world, node);
  return mergePodStatus(known, pod.status ?? {}, staged.status, !isStopped, nowMs, gates);
}

/** In text, too: with the fields in the same order. */
function isSameStatus(a: object, b: object): boolean {
  if (a === b) return true;
  const [before, after] = [Object.entries(a), Object.entries(b)];
  if (before.length !== after.length || Array.isArray(a) !== Array.isArray(b)) return false;
  return before.every(([field, value], index) => {
    const [otherField, other] = after[index] ?? [];
    if (field !== otherField) return false;
    return value === other || (isObject(value) && isObject(other) && isSameStatus(value, other));
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function reportIn(fact: KernelEvent): ConditionReport {
  const known = [...computedConditions, gatedCondition] as const;
  const condition = known.find((one) => one === fact["condition"]);
  const status = conditionStatuses.find((one) => one === fact["status"]);
  assert(
    condition !== undefined && status !== undefined,
    "a condition is reported with its status",
  );
  return { condition, status, reason: String(fact["reason"]) };
}

const conditionStatuses: readonly ConditionStatus[] = ["True", "False", "Unknown"];

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
  const atMs = world.nodeEpochMs(pod.spec.nodeName) + nowMs;
  const staged = setPodStatus(pod, undefined, status, atMs);
  if (staged === undefined) return;
  const merged = mergePodStatus(pod, pod.status ?? {}, staged.status, false, atMs);
  world.store.put<Pod>({ ...pod, status: merged });
}
