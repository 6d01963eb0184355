import type { Container, Pod } from "../../../machines/api/pod.ts";
import type {
  ContainerStateTerminated,
  ContainerStatus,
  PodCondition,
} from "../../../machines/api/pod-status.ts";
import { computedConditions } from "../../../machines/kubelet/computed-conditions.ts";
import { podConditionsMachine } from "../../../machines/kubelet/pod-conditions.machine.ts";
import type { PhaseSpec } from "../../../machines/kubelet/pod-phase.ts";
import { podPhaseMachine } from "../../../machines/kubelet/pod-phase.machine.ts";
import { behindGates, type ToldStatus } from "../../../machines/kubelet/next-phase.ts";
import { restartObservation } from "../../../machines/kubelet/restart-observation.ts";
import { phaseCircumstances } from "../../../machines/kubelet/pod-status.ts";
import { slotOf } from "../../../machines/kubelet/slot.ts";
import { needsReconcile } from "../../../machines/kubelet/status-cache.ts";
import { statusManagerMachine } from "../../../machines/kubelet/status-manager.machine.ts";
import type { Emission, MachineRow, Receiver, Routes, View } from "../composition.ts";
import { gatesOfNode, gatesOfPod } from "../gates.ts";
import { interning, type KernelEvent } from "../kernel-event.ts";
import type { PodSide } from "../pod-side.ts";
import * as status from "../projections/status.ts";
import type { KubeWorld } from "../world.ts";
import { reviewReset } from "./container-review.ts";
import { triggerReadiness } from "./probe.ts";
import { isOnNode, ofPod, podOf, toHandler, toOrigin, viewing, telling } from "./receivers.ts";

/** The machines that make a pod's status out of what the runtime says. */
export const statusMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  podPhase: { machine: podPhaseMachine, exists: isOnNode, input: () => ({}) },
  podConditions: {
    machine: podConditionsMachine,
    exists: isOnNode,
    input: () => ({}),
    gates: gatesOfPod,
  },
  statusManager: { machine: statusManagerMachine, exists: isOnNode, input: () => ({}) },
};

export const statusRoutes: Routes<KubeWorld> = {
  podPhase: {
    "phase.computed": [
      { project: status.writePhase, to: ofPod("podConditions"), view: "conditionsObservation" },
      triggerReadiness,
    ],
    "phase.overridden": [{ project: status.writeVerdict }],
  },
  podConditions: {
    "condition.computed": [{ project: status.writeCondition }],
    "conditions.computed": [
      {
        project: status.completeStatus,
        to: ofPod("statusManager"),
        view: "statusGenerated",
      },
    ],
  },
  statusManager: {
    "status.staged": [{ project: status.stageStatus }, reviewReset],
    "readiness.staged": [{ project: status.stageReadiness }],
    "termination.staged": [{ project: status.stageTermination }],
    "status.patched": [{ project: status.patchStatus }],
    "status.set": [
      { to: toOrigin("podSync", "podTermination") },
      { to: telling("podPhase", phaseIfRefused), view: "cachedPhase" },
    ],
    "pod.deleteRequested": [{ to: toHandler("apiserver"), view: "podFinished" }],
  },
};

export const statusViews: Readonly<Record<string, View<KubeWorld>>> = {
  phaseObservation: viewing("statuses.generated", (world, { fact, to, now }) => {
    const side = world.side(to.pod);
    const { pod, generated } = side;
    const podIsTerminal = fact["podIsTerminal"] === true;
    const gates = gatesOfNode(world, side.node);
    const told = statusesOf(pod, generated, gates !== undefined) ?? [];
    const { spec, statuses } = behindGates(phaseSpec(pod), told, gates);
    return {
      type: "statuses.generated",
      spec,
      statuses,
      ...phaseCircumstances(
        pod,
        recordsOf(side, podIsTerminal),
        podIsTerminal,
        status.deadlineOf(world, side, now).evict,
      ),
    };
  }),
  conditionsObservation: viewing("phase.computed", (world, { fact, to }) => {
    const side = world.side(to.pod);
    const { pod, generated, podIsTerminal } = side;
    const { sandboxes = [] } = recordsOf(side, podIsTerminal);
    return {
      type: "phase.computed",
      pod: { spec: conditionsSpec(pod) },
      statuses: statusesOf(pod, generated),
      phase: fact["phase"],
      sandboxes: sandboxes.map(({ state, ip, network }, index) => ({
        id: `s${index}`,
        state,
        ...(ip === undefined || ip === "" ? {} : { ip: "present" }),
        ...(network === undefined ? {} : { network }),
      })),
      gates: gatesOf(pod, status.gateConditions(world, side)),
      ...(gatesOfNode(world, side.node) &&
        restartObservation(status.sourcesOf(world, side, podIsTerminal))),
    };
  }),
  statusGenerated: viewing("status.generated", (world, { to }): KernelEvent => {
    const { isStopped, pod, generated, node, next } = world.side(to.pod);
    return {
      type: "status.generated",
      phase: generated?.phase ?? "Pending",
      isUpdate: next !== undefined,
      couldHaveRunningContainers: !isStopped,
      networkIsReady: pod.spec.hostNetwork === true || world.node(node).networkIsReady,
    };
  }),
  /** What the API shows, against what the kubelet has said of the pod. syncBatch */
  statusCompared: viewing("status.compared", (world, { to, now }) => {
    const { pod, staged } = world.side(to.pod);
    const isDifferent =
      staged !== undefined && needsReconcile(pod, staged.status, undefined, gatesOfPod(world, to));
    const { phase = "Pending" } = status.statusToSend(world, to.pod, pod, now) ?? {};
    return { type: "status.compared", isDifferent, phase };
  }),
  cachedPhase: viewing("phase.written", (world, { to }) => ({
    type: "phase.written",
    phase: world.side(to.pod).staged?.status.phase ?? "Pending",
  })),
  shownPhase: viewing("phase.written", (world, { to }) => ({
    type: "phase.written",
    phase: world.side(to.pod).pod.status?.phase ?? "Pending",
  })),
  podFinished: viewing("pod.finished", () => ({ type: "pod.finished" })),
};

/** A status whose containers start again against their policy is not what is known of the pod. */
function phaseIfRefused(world: KubeWorld, { from }: Emission): Receiver | undefined {
  const { generated, staged } = world.side(from.subject.pod);
  const isKept = generated === undefined || generated.phase === staged?.status.phase;
  return isKept ? undefined : { machine: "podPhase", subject: from.subject };
}

/** What an eviction or preemption says of the pod follows its generated status. */
export function condemnedPhase(world: KubeWorld, { fact, from }: Emission): Receiver | undefined {
  const { pod } = from.subject;
  const isCondemned = world.side(pod).verdict !== undefined && fact["podIsTerminal"] !== true;
  return isCondemned ? { machine: "podPhase", subject: { pod: podOf(from.subject) } } : undefined;
}

function recordsOf({ runtime, cache }: PodSide, podIsTerminal: boolean) {
  return podIsTerminal ? runtime : cache;
}

/** The containers by slot, with what decides about their restart. */
function phaseSpec({ spec }: Pick<Pod, "spec">): PhaseSpec {
  const known = phaseSpecs.get(spec);
  if (known !== undefined) return known;
  const made = internSpec({
    containers: spec.containers.map((one, index) => restarting(one, `c${index}`)),
    initContainers: (spec.initContainers ?? []).map((one, index) => restarting(one, `i${index}`)),
    ...(spec.restartPolicy && { restartPolicy: spec.restartPolicy }),
  });
  phaseSpecs.set(spec, made);
  return made;
}

function restarting({ restartPolicy, restartPolicyRules }: Container, slot: string) {
  return {
    name: slot,
    ...(restartPolicy && { restartPolicy }),
    ...(restartPolicyRules && { restartPolicyRules }),
  };
}

const internSpec = interning<PhaseSpec>();
const phaseSpecs = new WeakMap<Pod["spec"], PhaseSpec>();

function conditionsSpec({ spec }: Pod) {
  const gates = spec.readinessGates ?? [];
  return {
    ...phaseSpec({ spec }),
    ...(spec.hostNetwork === true && { hostNetwork: true }),
    ...(gates.length > 0 && {
      readinessGates: gates.map(({ conditionType }, index) => ({
        conditionType: gateName(conditionType, index),
      })),
    }),
  };
}

function gatesOf(pod: Pod, conditions: readonly PodCondition[]): readonly object[] {
  return (pod.spec.readinessGates ?? []).flatMap(({ conditionType }, index) => {
    const gate = conditions.find(({ type }) => type === conditionType);
    return gate === undefined
      ? []
      : [{ type: gateName(conditionType, index), status: gate.status }];
  });
}

/** A gate's place; the kubelet's own conditions keep their names. */
function gateName(conditionType: string, index: number): string {
  return computedConditions.some((one) => one === conditionType) ? conditionType : `g${index}`;
}

/** Init and regular statuses by slot, without names, times and texts. */
function statusesOf(
  { spec }: Pod,
  generated: PodSide["generated"],
  withReasons = false,
): readonly ToldStatus[] | undefined {
  const { initContainerStatuses, containerStatuses } = generated ?? {};
  if (initContainerStatuses === undefined && containerStatuses === undefined) return undefined;
  return [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])].map((one) => ({
    name: slotOf(spec, one.name) ?? one.name,
    ...(one.ready !== undefined && { ready: one.ready }),
    ...(one.started !== undefined && { started: one.started }),
    ...(one.state && { state: namelessState(one.state, withReasons) }),
    ...(one.lastState?.terminated && {
      lastState: { terminated: namelessExit(one.lastState.terminated, withReasons) },
    }),
  }));
}

function namelessState(
  { waiting, running, terminated }: NonNullable<ContainerStatus["state"]>,
  withReasons: boolean,
) {
  if (waiting !== undefined) return { waiting: {} };
  if (running !== undefined) return { running: {} };
  return terminated === undefined ? {} : { terminated: namelessExit(terminated, withReasons) };
}

/** What a reason means for the phase, only gates know that are not the defaults. */
function namelessExit({ exitCode, reason }: ContainerStateTerminated, withReasons: boolean) {
  return { exitCode, ...(withReasons && reason && { reason }) };
}
