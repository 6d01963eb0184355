import type { Container } from "../../../machines/api/pod.ts";
import { quantityValue } from "../../../machines/api/quantity.ts";
import { mustParse } from "../../../machines/api/quantity-text.ts";
import { containerMachine } from "../../../machines/kubelet/container.machine.ts";
import { containerMemoryMachine } from "../../../machines/kubelet/container-memory.machine.ts";
import { containerStartMachine } from "../../../machines/kubelet/container-start.machine.ts";
import { hasSucceeded } from "../../../machines/kubelet/container-statuses.ts";
import { hookKind } from "../../../machines/kubelet/container-stop.ts";
import { podSandboxMachine } from "../../../machines/kubelet/pod-sandbox.machine.ts";
import { shouldContainerBeRestarted } from "../../../machines/kubelet/restart-policy.ts";
import { slotsOf } from "../../../machines/kubelet/slot.ts";
import type { Emission, MachineRow, Route, Routes, Subject, View } from "../composition.ts";
import { gatesOfPod } from "../gates.ts";
import { recordPodEvent } from "../projections/events.ts";
import {
  recordCreated,
  recordExited,
  recordLost,
  recordSandbox,
  recordSandboxGone,
  recordStarted,
  removeUnread,
} from "../projections/runtime.ts";
import { cacheReason, recordStartEvent } from "../projections/start.ts";
import type { KubeWorld } from "../world.ts";
import { containerReviewed, reviewRemoved } from "./container-review.ts";
import { ofContainer, ofPod, podOf, textOf, toHandler, telling, viewing } from "./receivers.ts";

const exists = (world: KubeWorld, { pod }: Subject): boolean =>
  pod !== undefined && world.findSide(pod) !== undefined;

/** The machines of one container and of the pod's sandbox. */
export const containerMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  container: {
    machine: containerMachine,
    exists,
    gates: gatesOfPod,
    input: (world, { pod }) => ({
      hasInitContainers: (world.side(pod).pod.spec.initContainers ?? []).length > 0,
    }),
  },
  containerStart: {
    machine: containerStartMachine,
    exists,
    input: (world, subject) => ({
      postStart: hookKind(containerOf(world, subject).lifecycle?.postStart),
    }),
  },
  containerMemory: {
    machine: containerMemoryMachine,
    exists,
    input: (world, subject) => {
      const limit = containerOf(world, subject).resources?.limits?.["memory"];
      const { killsGroup } = world.node(world.side(subject.pod).node);
      return {
        limitBytes: limit === undefined ? null : quantityValue(mustParse(limit)),
        killsGroup,
      };
    },
  },
  podSandbox: { machine: podSandboxMachine, exists, input: () => ({}) },
};

/** A changed record is seen at the next relist, which comes once a second. */
export const relist: Route<KubeWorld> = {
  to: telling("pleg", (_, { from }) => ({
    machine: "pleg",
    subject: { pod: podOf(from.subject) },
  })),
  event: { type: "relist" },
  latencyMs: (world, { from, now }) => world.untilRelistMs(world.side(from.subject.pod).node, now),
  supersedes: "relist",
  keepsPending: true,
};

const toRuntime: Route<KubeWorld> = { to: toHandler("runtime"), asOrigin: true };

export const containerRoutes: Routes<KubeWorld> = {
  container: {
    "container.created": [{ project: recordCreated }, relist],
    "container.started": [{ project: recordStarted, to: ofContainer("containerMemory") }, relist],
    "container.exited": [
      { project: recordExited, to: ofContainer("containerMemory") },
      { to: toHandler("runtime"), event: { type: "container.exited" } },
      { project: removeUnread },
      reviewRemoved,
      relist,
    ],
    "container.lost": [{ project: recordLost }, relist],
    "reason.cached": [{ project: cacheReason }],
  },
  containerStart: {
    "restart.requested": [
      { to: ofContainer("restartBackOff"), view: "restartRequested", asOrigin: true },
    ],
    "image.requested": [
      {
        to: telling("imagePull", (world, { from }) => ({
          machine: "imagePull",
          subject: { pod: podOf(from.subject), part: containerOf(world, from.subject).image ?? "" },
        })),
        view: "imageRequested",
        asOrigin: true,
      },
    ],
    CreateContainer: [toRuntime],
    StartContainer: [toRuntime],
    "container.created": [{ to: ofContainer("container") }],
    "container.started": [{ to: ofContainer("container") }],
    "container.startFailed": [{ to: ofContainer("container") }],
    "hook.requested": [toRuntime],
    "container.killRequested": [
      { to: ofContainer("containerKill"), asOrigin: true, view: "killRequested" },
    ],
    "start.ended": [{ project: forgetReason, to: ofPod("podSync") }],
    "start.refused": [
      { to: ofContainer("container"), view: "startRefused" },
      { to: ofPod("podSync") },
    ],
    "event.recorded": [{ project: recordStartEvent }],
  },
  containerMemory: {
    "oom.killed": [{ to: toHandler("runtime") }],
  },
  podSandbox: {
    RunPodSandbox: [toRuntime],
    "sandbox.created": [{ to: ofPod("podSync") }],
    "sandbox.refused": [{ to: ofPod("podSync") }],
    "sandbox.ready": [{ project: recordSandbox }, relist],
    "sandbox.notReady": [{ project: recordSandboxGone }, relist],
    "event.recorded": [
      {
        project: (world, { now, from, detail }) =>
          recordPodEvent(world, now, from.subject.pod, {
            type: "Warning",
            reason: "FailedCreatePodSandBox",
            message: `Failed to create pod sandbox: ${String(detail?.["message"] ?? "")}`,
          }),
      },
    ],
  },
};

export const containerViews: Readonly<Record<string, View<KubeWorld>>> = {
  containerReviewed,
  startRefused: viewing("container.startRefused", (world, { fact, to }) => {
    const { pod, runtime } = world.side(to.pod);
    const container = containerOf(world, to);
    const isInit = pod.spec.initContainers?.includes(container) === true;
    const staysCompleted = isInit && hasSucceeded(container.name, runtime.containers ?? []);
    const gates = gatesOfPod(world, to);
    const willRestart =
      !staysCompleted && shouldContainerBeRestarted(container, pod, runtime, gates);
    return { type: "container.startRefused", reason: textOf(fact, "reason"), willRestart };
  }),
  startRequested: viewing("container.startRequested", (world, { to }) => {
    const { containers = [] } = world.side(to.pod).cache;
    const hasExited = containers.some(
      ({ name, state }) => name === to.container && state === "exited",
    );
    return { type: "container.startRequested", hasExited };
  }),
};

/** A start that succeeded removes the container's entry from the reason cache. */
function forgetReason(world: KubeWorld, { from }: Emission): void {
  const { pod, container = "" } = from.subject;
  const { reasons } = world.side(pod);
  if (!(container in reasons)) return;
  const kept = Object.entries(reasons).filter(([name]) => name !== container);
  world.change(pod, { reasons: Object.fromEntries(kept) });
}

export function containerOf(world: KubeWorld, { pod, container }: Subject): Container {
  const found = slotsOf(world.side(pod).pod.spec).find(([, one]) => one.name === container);
  return found?.[1] ?? { name: container ?? "" };
}
