import { isRestartableInitContainer, type Pod } from "../../../machines/api/pod.ts";
import { type ContainerKillReason, killMessage } from "../../../machines/kubelet/container-kill.ts";
import {
  type ContainerKillInput,
  containerKillMachine,
} from "../../../machines/kubelet/container-kill.machine.ts";
import { hookKind } from "../../../machines/kubelet/container-stop.ts";
import { podKillMachine } from "../../../machines/kubelet/pod-kill.machine.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import { containerAt, slotOf, slotsOf } from "../../../machines/kubelet/slot.ts";
import { setTerminationGracePeriod } from "../../../machines/kubelet/termination-grace.ts";
import {
  newTerminationOrdering,
  type TerminationOrdering,
} from "../../../machines/kubelet/termination-order.ts";
import type { Emission, MachineRow, Receiver, Routes, Subject, View } from "../composition.ts";
import type { KernelEvent } from "../kernel-event.ts";
import * as kill from "../projections/kill.ts";
import type { KubeWorld } from "../world.ts";
import { telling, toHandler, toOrigin, viewing } from "./receivers.ts";

const exists = (world: KubeWorld, { pod = "" }: Subject) => world.findSide(pod) !== undefined;

/** Who asks for the kill of a container, and of a pod. */
const killers = ["containerStart", "podKill", "podSync"];
const podKillers = ["podSync", "podTermination"];

export const killMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  containerKill: { machine: containerKillMachine, input: containerKillInput, exists },
  podKill: { machine: podKillMachine, input: () => ({}), exists },
};

/** Who asks for a kill sends it with the view `killRequested` or `podToKill`, as origin. */
export const killRoutes: Routes<KubeWorld> = {
  containerKill: {
    "event.recorded": [{ project: kill.writeKillEvent }],
    "hook.requested": [{ to: toHandler("runtime"), asOrigin: true }],
    "turn.awaited": [
      { project: kill.noteTurnAwaited, to: telling("podKill", podKillOf), view: "turnAwaited" },
    ],
    StopContainer: [{ to: toHandler("runtime"), asOrigin: true }],
    "container.killed": [
      { project: kill.noteKilled, to: telling(killers, kill.requesterOf), view: "containerKilled" },
    ],
    "container.killRefused": [
      { project: kill.noteRefused, to: toOrigin(...killers), view: "containerKilled" },
    ],
  },
  podKill: {
    "pod.killing": [{ project: kill.noteKilling }],
    "container.killRequested": [
      { to: telling("containerKill", containersNamed), view: "killRequested", asOrigin: true },
    ],
    "turn.granted": [{ to: telling("containerKill", containersNamed), view: "turnGranted" }],
    StopPodSandbox: [{ to: toHandler("runtime"), asOrigin: true }],
    "sandbox.stopFailed": [{ project: kill.noteSandboxFailure }],
    "pod.killed": [
      { to: telling(podKillers, kill.requesterOf) },
      { project: kill.forgetRequester },
    ],
  },
};

export const killViews: Readonly<Record<string, View<KubeWorld>>> = {
  killRequested: viewing("container.killRequested", (world, { fact, to }) => {
    const { pod } = world.side(to.pod);
    const slot = slotOf(pod.spec, to.container ?? "");
    const reason = reasonOf(fact);
    const message = fact["message"] ?? killMessage(killOf(slot ?? "", reason));
    const { gracePeriodSeconds, isOrdered = false } = fact;
    const container = containerAt(pod.spec, slot ?? "") ?? {};
    const graceSeconds = gracePeriodSeconds ?? setTerminationGracePeriod(pod, container, reason);
    const isInSpec = slot !== undefined;
    return { type: "container.killRequested", reason, message, graceSeconds, isOrdered, isInSpec };
  }),
  podToKill: viewing("pod.killRequested", (world, { fact, to }) => {
    const { pod, cache } = world.side(to.pod);
    const running = inKillOrder(runningSlots(pod.spec, cache));
    const { gracePeriodSeconds = null } = fact;
    const ordering = orderingOf(pod, running);
    const hasSandbox = (cache.sandboxes ?? []).length > 0;
    return { type: "pod.killRequested", gracePeriodSeconds, running, ordering, hasSandbox };
  }),
  turnAwaited: viewing("turn.awaited", (world, { fact, from }) => {
    const { graceSeconds } = fact;
    return { type: "turn.awaited", slot: slotIn(world, from), graceSeconds };
  }),
  turnGranted: viewing("turn.granted", (world, { to, now }) => ({
    type: "turn.granted",
    elapsedSeconds: kill.turnWaitSeconds(world, to, now),
  })),
  containerKilled: viewing("container.killed", (world, { fact: { outcome }, from }) => ({
    type: "container.killed",
    slot: slotIn(world, from),
    outcome,
  })),
};

/** The receiver of a kill request for the container in that slot. */
export function containerKillAt(world: KubeWorld, pod: string | undefined, slot: unknown) {
  const container = containerAt(world.side(pod).pod.spec, String(slot))?.name ?? "";
  const subject = pod === undefined ? { container } : { pod, container };
  return { machine: "containerKill", subject };
}

function containerKillInput(world: KubeWorld, { pod, container }: Subject): ContainerKillInput {
  const spec = slotsOf(world.side(pod).pod.spec).find(([, { name }]) => name === container)?.[1];
  const preStop = spec?.lifecycle?.preStop;
  const kind = hookKind(preStop);
  const sleepSeconds = kind === "sleep" ? (preStop?.sleep?.seconds ?? 0) : 0;
  return { preStop: kind, sleepSeconds };
}

function containersNamed(world: KubeWorld, { fact, from: { subject } }: Emission): Receiver[] {
  const slots: unknown = fact["slots"];
  if (!Array.isArray(slots)) return [];
  return slots.map((slot: unknown) => containerKillAt(world, subject.pod, slot));
}

function podKillOf(_: KubeWorld, { from: { subject } }: Emission): Receiver {
  const { pod = "" } = subject;
  return { machine: "podKill", subject: { pod } };
}

/** Newest first, as the runtime lists them. */
function runningSlots(spec: Pod["spec"], { containers = [] }: RuntimeStatus): readonly string[] {
  const records = containers.filter(({ state }) => state === "running");
  return records.flatMap(({ name }) => slotOf(spec, name) ?? []);
}

/** Each is killed by a goroutine of its own, of which the one made last runs first. */
function inKillOrder(newestFirst: readonly string[]): readonly string[] {
  return [...newestFirst.slice(-1), ...newestFirst.slice(0, -1)];
}

/** Only a pod with sidecars has an order. */
function orderingOf({ spec }: Pick<Pod, "spec">, running: readonly string[]) {
  const { initContainers = [] } = spec;
  if (!initContainers.some(isRestartableInitContainer)) return null;
  const named = {
    containers: spec.containers.map((_, index) => ({ name: `c${index}` })),
    initContainers: initContainers.map((container, index) => ({
      ...container,
      name: `i${index}`,
    })),
  };
  const ordering: TerminationOrdering = newTerminationOrdering(named, running);
  return ordering;
}

function slotIn(world: KubeWorld, { pod, container = "" }: Subject): string {
  return slotOf(world.side(pod).pod.spec, container) ?? "";
}

function killOf(name: string, reason: ContainerKillReason) {
  return { name, init: false, reason, willBeRestarted: false };
}

const reasons: readonly ContainerKillReason[] = [
  "",
  "Unknown",
  "StartupProbe",
  "LivenessProbe",
  "RestartAllContainers",
  "FailedPostStartHook",
];

function reasonOf(fact: KernelEvent): ContainerKillReason {
  return reasons.find((reason) => reason === fact["reason"]) ?? "Unknown";
}
