import type { Container, Pod } from "../../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../../machines/api/pod-status.ts";
import { kubeletMachine } from "../../../machines/kubelet/kubelet.machine.ts";
import { podSyncMachine } from "../../../machines/kubelet/pod-sync.machine.ts";
import { podTerminationMachine } from "../../../machines/kubelet/pod-termination.machine.ts";
import { findContainerStatusByName, type RuntimeView } from "../../../machines/kubelet/pod-view.ts";
import { podWorkerMachine } from "../../../machines/kubelet/pod-worker.machine.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import { slotOf, slotsOf } from "../../../machines/kubelet/slot.ts";
import { volumeMachine } from "../../../machines/kubelet/volume.machine.ts";
import type {
  Emission,
  MachineRow,
  Receiver,
  Route,
  Routes,
  Subject,
  View,
} from "../composition.ts";
import type { ProbeWorkerNotes } from "../probe-notes.ts";
import { recordPodEvent } from "../projections/events.ts";
import { killErrorOf } from "../projections/kill.ts";
import { addPod, writeNodeReady } from "../projections/node.ts";
import { generateStatus, rejectPod } from "../projections/status.ts";
import type { KubeWorld, PodSide } from "../world.ts";
import { emptyLine } from "./image.ts";
import { addProbes, removeProbes, stopProbes } from "./probe.ts";
import { ofPod, ofSlot, podOf, toHandler, toSelf } from "./receivers.ts";
import { condemnedPhase } from "./status.ts";

const exists = (world: KubeWorld, { pod }: Subject): boolean =>
  pod !== undefined && world.findSide(pod) !== undefined;

/** The machines that carry a pod through its life on a node. */
export const workerMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  kubelet: { machine: kubeletMachine, exists: () => true, input: () => ({}) },
  podWorker: {
    machine: podWorkerMachine,
    // A worker that has finished is not started again for the same UID.
    exists: (world, subject) => exists(world, subject) && !world.side(subject.pod).isFinished,
    input: (world, { pod }) => ({
      terminationGracePeriodSeconds: world.side(pod).pod.spec.terminationGracePeriodSeconds ?? 0,
    }),
  },
  podSync: { machine: podSyncMachine, exists, input: () => ({}) },
  podTermination: { machine: podTerminationMachine, exists, input: () => ({}) },
  volume: { machine: volumeMachine, exists, input: () => ({}) },
};

const requestStatus: Route<KubeWorld> = {
  project: generateStatus,
  to: ofPod("podPhase"),
  view: "phaseObservation",
  asOrigin: true,
};

const killPod: Route<KubeWorld> = { to: ofPod("podKill"), view: "podToKill", asOrigin: true };

export const workerRoutes: Routes<KubeWorld> = {
  kubelet: {
    "pod.admitted": [
      {
        project: (world, { detail }) => addPod(world, podNamed(detail)),
        to: (_, { detail }) => ({ machine: "podWorker", subject: { pod: podNamed(detail) } }),
        view: "podUpdated",
      },
    ],
    "pod.rejected": [{ project: reject }],
    "node.reported": [{ project: writeNodeReady }],
    "kubelet.restarted": [emptyLine, { to: toHandler("pleg") }],
  },
  podWorker: {
    "sync.requested": [{ to: ofPod("podSync") }],
    "sync.cancelled": [{ to: ofPod("podSync") }],
    "relist.awaited": [
      {
        to: (_, { from }) => ({ machine: "pleg", subject: { pod: podOf(from.subject) } }),
        event: { type: "relist" },
        latencyMs: (world, { from, now }) =>
          world.untilRelistMs(world.side(from.subject.pod).node, now),
        supersedes: "relist",
        keepsPending: true,
      },
    ],
    "work.enqueued": [{ to: toHandler("workQueue") }],
    "termination.requested": [{ to: ofPod("podTermination") }],
    "cleanUp.requested": [{ to: ofPod("podTermination") }],
  },
  podSync: {
    "status.requested": [requestStatus],
    "volumes.awaited": [
      { to: volumesOf, event: { type: "volume.requested" } },
      { to: toSelf, view: "volumesObserved" },
    ],
    "probes.added": addProbes,
    "actions.requested": [{ to: toSelf, view: "podObserved" }],
    "pod.killRequested": [killPod],
    "container.killRequested": [
      { to: ofSlot("containerKill"), view: "killRequested", asOrigin: true },
    ],
    "sandbox.requested": [{ to: ofPod("podSandbox") }],
    "container.startRequested": [{ to: ofSlot("containerStart"), view: "startRequested" }],
    "event.recorded": [{ project: recordSyncEvent }],
    "sync.ended": [{ to: ofPod("podWorker") }],
  },
  podTermination: {
    "status.requested": [requestStatus, { to: condemnedPhase, event: { type: "pod.condemned" } }],
    "probes.stopped": stopProbes,
    "probes.removed": [
      {
        project: (world, { from }) => void world.change(from.subject.pod, { isStopped: true }),
      },
      ...removeProbes,
    ],
    "pod.killRequested": [killPod],
    "termination.ended": [{ to: ofPod("podWorker") }],
    "volumes.unmountRequested": [
      { to: volumesOf, event: { type: "volume.unmountRequested" } },
      { to: toSelf, view: "volumesObserved" },
    ],
    "pod.terminated": [{ to: ofPod("statusManager"), view: "podTerminated" }],
    "pod.cleanedUp": [{ to: ofPod("podWorker") }],
    "event.recorded": [
      {
        project: (world, { from, now }) =>
          recordPodEvent(world, now, from.subject.pod, {
            type: "Warning",
            reason: "FailedKillPod",
            message: `error killing pod: ${killErrorOf(world, from.subject.pod) ?? ""}`,
          }),
      },
    ],
  },
  volume: {
    Mount: [{ to: toHandler("volumes"), asOrigin: true }],
    "volume.mounted": [
      { project: noteMounted(true) },
      { to: ofPod("podSync"), view: "volumesObserved" },
    ],
    "volume.unmounted": [
      { project: noteMounted(false) },
      { to: ofPod("podTermination"), view: "volumesObserved" },
    ],
    "event.recorded": [
      {
        project: (world, { from, now, detail }) =>
          recordPodEvent(world, now, from.subject.pod, {
            type: "Warning",
            reason: "FailedMount",
            message: String(detail?.["message"] ?? ""),
          }),
      },
    ],
  },
};

export const workerViews: Readonly<Record<string, View<KubeWorld>>> = {
  podUpdated: (world, { to }) => {
    const { pod, runtime, cache } = world.side(to.pod);
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const records = [...(runtime.containers ?? []), ...(cache.sandboxes ?? [])];
    return {
      type: "pod.updated",
      isDeleted: deletionTimestamp !== undefined,
      isTerminal: isPodPhaseTerminal(pod.status?.phase),
      isKnownToRuntime: records.length > 0,
      deletionGracePeriodSeconds: deletionGracePeriodSeconds ?? null,
    };
  },
  volumesObserved: (world, { to }) => {
    const { pod, mounted } = world.side(to.pod);
    const names = mountedVolumes(pod);
    const areMounted = names.every((name) => mounted.includes(name));
    return { type: "volumes.observed", areMounted, areUnmounted: mounted.length === 0 };
  },
  podObserved: (world, { to }) => {
    const side = world.side(to.pod);
    const { metadata, spec } = side.pod;
    const { deletionTimestamp } = metadata;
    return {
      type: "pod.observed",
      pod: {
        ...(deletionTimestamp !== undefined && { metadata: { deletionTimestamp: "set" } }),
        spec: namelessSpec(spec),
      },
      runtime: namelessRuntime(spec, side.cache),
      probeResults: namelessProbeResults(side),
    };
  },
  podTerminated: (world, { to }) => ({
    type: "pod.terminated",
    phase: world.side(to.pod).staged?.status.phase ?? "Pending",
  }),
};

function podNamed(detail: Emission["detail"]): string {
  return String(detail?.["pod"] ?? "");
}

function reject(world: KubeWorld, { detail, now }: Emission): void {
  const { reason, message } = detail ?? {};
  rejectPod(world, podNamed(detail), String(reason), String(message), now);
}

/** Volumes that the kubelet mounts for a pod: all but those that nobody has to prepare. */
function mountedVolumes({ spec }: Pick<Pod, "spec">): readonly string[] {
  return (spec.volumes ?? []).map(({ name }) => name);
}

function volumesOf(world: KubeWorld, { from }: Emission): readonly Receiver[] {
  const pod = podOf(from.subject);
  const names = mountedVolumes(world.side(pod).pod);
  return names.map((name) => ({ machine: "volume", subject: { pod, part: name } }));
}

function recordSyncEvent(world: KubeWorld, { from, now, fact }: Emission): void {
  const event =
    fact["reason"] === "SandboxChanged"
      ? ({ type: "Normal", reason: "SandboxChanged", message: sandboxChanged } as const)
      : ({ type: "Warning", reason: "NetworkNotReady", message: networkNotReady } as const);
  recordPodEvent(world, now, from.subject.pod, event);
}

const sandboxChanged = "Pod sandbox changed, it will be killed and re-created.";
const networkNotReady = "network is not ready: container runtime network not ready";

function noteMounted(isMounted: boolean) {
  return (world: KubeWorld, { from }: Emission): void => {
    const { pod, part = "" } = from.subject;
    const others = world.side(pod).mounted.filter((name) => name !== part);
    world.change(pod, { mounted: isMounted ? [...others, part] : others });
  };
}

function namelessSpec(spec: Pod["spec"]): object {
  const known = namelessSpecs.get(spec);
  if (known !== undefined) return known;
  const nameless = (one: Container, slot: string) => ({
    name: slot,
    ...(one.restartPolicy && { restartPolicy: one.restartPolicy }),
    ...(one.restartPolicyRules && { restartPolicyRules: one.restartPolicyRules }),
    ...(one.startupProbe && { startupProbe: {} }),
    ...(one.livenessProbe && { livenessProbe: {} }),
  });
  const made = {
    ...(spec.restartPolicy && { restartPolicy: spec.restartPolicy }),
    ...(spec.hostNetwork === true && { hostNetwork: true }),
    containers: spec.containers.map((one, index) => nameless(one, `c${index}`)),
    initContainers: (spec.initContainers ?? []).map((one, index) => nameless(one, `i${index}`)),
    ephemeralContainers: (spec.ephemeralContainers ?? []).map((_, index) => ({
      name: `e${index}`,
    })),
  };
  namelessSpecs.set(spec, made);
  return made;
}

const namelessSpecs = new WeakMap<Pod["spec"], object>();

/** Only the newest record of each container, and at most two sandboxes, without names and ids. */
function namelessRuntime(
  spec: Pod["spec"],
  { containers = [], sandboxes = [] }: RuntimeStatus,
): RuntimeView {
  const newest = slotsOf(spec).flatMap(([slot, { name }]) => {
    const record = containers.find((one) => one.name === name);
    if (record === undefined) return [];
    const { state, exitCode, reason, specChanged } = record;
    return [
      {
        name: slot,
        id: slot,
        state,
        ...(exitCode !== undefined && { exitCode }),
        ...(reason === "OOMKilled" && { reason }),
        ...(specChanged === true && { specChanged }),
      },
    ];
  });
  return {
    containers: newest,
    sandboxes: sandboxes.slice(0, 2).map(({ state, ip, network }, index) => ({
      id: `s${index}`,
      attempt: 0,
      state,
      ...(ip !== undefined && ip !== "" && { ip: "present" }),
      ...(network !== undefined && { network }),
    })),
  };
}

/** What the probes have said of the newest container of each name. */
function namelessProbeResults({ pod, probes, cache }: PodSide): object {
  const results: Record<string, object> = {};
  for (const [name, { liveness, startup }] of Object.entries(probes)) {
    const slot = slotOf(pod.spec, name);
    const id = findContainerStatusByName(cache.containers, name)?.id;
    const said = (worker: ProbeWorkerNotes | undefined) =>
      worker?.containerID === id ? worker?.result : undefined;
    const [alive, started] = [said(liveness), said(startup)];
    if (slot === undefined || (alive === undefined && started === undefined)) continue;
    results[slot] = { ...(alive && { liveness: alive }), ...(started && { startup: started }) };
  }
  return results;
}
