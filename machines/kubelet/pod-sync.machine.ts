import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { forVersion } from "../for-version.ts";
import { podSyncChart } from "../generated/pod-sync.ts";
import type { Samples } from "../samples.ts";
import { type ContainerKillReason, killMessage } from "./container-kill.ts";
import { computePodActions } from "./pod-actions.ts";
import type { PodView, ProbeResults, RuntimeView } from "./pod-view.ts";
import { isSidecarSlot } from "./slot.ts";
import type { StartRefusal } from "./start-refusal.ts";
import type { SyncOutcome } from "./sync-outcome.ts";

/** A container that is to be stopped, and what the Killing event says of it. */
interface PlannedKill {
  readonly slot: string;
  readonly reason: ContainerKillReason;
  /** It names the container by its slot. */
  readonly message: string;
}

/** A container that is removed so that all of them start anew; killed first unless it has ended. */
interface PlannedReset {
  readonly slot: string;
  readonly kills: boolean;
}

interface PlannedStart {
  readonly slot: string;
  /** An ordinary init container: when it does not start, nothing behind it is tried. */
  readonly aborts: boolean;
}

interface PodSyncContext {
  readonly createsSandbox: boolean;
  readonly kills: readonly PlannedKill[];
  readonly resets: readonly PlannedReset[];
  readonly starts: readonly PlannedStart[];
  /** What the refused starts make of the sync. */
  readonly outcome: SyncOutcome;
  /** The pod must go: nothing is waited for. */
  readonly isCancelled: boolean;
}

type PodSyncEvent =
  | { type: "sync.requested" }
  | { type: "sync.cancelled" }
  | { type: "status.set"; isTerminal: boolean; networkIsReady: boolean }
  | { type: "volumes.observed"; areMounted: boolean; missesPullSecrets: boolean }
  | PodObserved
  | { type: "pod.killed"; outcome: "ok" | "failed" }
  | { type: "container.killed"; outcome: "ok" | "failed" }
  | { type: "sandbox.created" }
  | { type: "sandbox.refused" }
  | { type: "start.ended" }
  | { type: "start.refused"; reason: StartRefusal };

interface PodObserved {
  readonly type: "pod.observed";
  readonly pod: PodView;
  readonly runtime: RuntimeView;
  readonly probeResults: ProbeResults;
  /** The status that was just generated says AllContainersRestarting. */
  readonly restartsAllContainers?: boolean;
}

type EventReason = "NetworkNotReady" | "SandboxChanged" | "FailedToRetrieveImagePullSecret";

/** pkg/kubelet/volumemanager/volume_manager.go podAttachAndMountTimeout */
const volumeTimeoutMs = 123_000;

const newSync: PodSyncContext = {
  createsSandbox: false,
  kills: [],
  resets: [],
  starts: [],
  outcome: "success",
  isCancelled: false,
};

const everyPodSync = setup({
  types: {} as {
    context: PodSyncContext;
    events: PodSyncEvent;
    emitted:
      | { type: "status.requested"; podIsTerminal: boolean }
      | { type: "volumes.awaited" }
      | { type: "probes.added" }
      | { type: "actions.requested" }
      | { type: "pod.killRequested"; gracePeriodSeconds: null }
      | ({ type: "container.killRequested"; gracePeriodSeconds?: 0 } & PlannedKill)
      | { type: "container.removeRequested"; slot: string }
      | { type: "sandbox.requested" }
      | { type: "container.startRequested"; slot: string }
      | { type: "event.recorded"; reason: EventReason }
      | { type: "sync.ended"; outcome: SyncOutcome };
  },
  guards: {
    isTerminal: ({ event }) => event.type === "status.set" && event.isTerminal,
    networkIsNotReady: ({ event }) => event.type === "status.set" && !event.networkIsReady,
    missesPullSecrets: ({ event }) =>
      event.type === "volumes.observed" && event.areMounted && event.missesPullSecrets,
    volumesAreMounted: ({ event }) => event.type === "volumes.observed" && event.areMounted,
    isCancelled: ({ context }) => context.isCancelled,
    changesSandbox: ({ event }) => {
      const { createSandbox, sandboxID } = actionsFor(event);
      return createSandbox && sandboxID !== "";
    },
    killsPod: ({ event }) => actionsFor(event).killPod,
    resetsContainers: ({ event }) => (actionsFor(event).containersToReset ?? []).length > 0,
    killsFirst: ({ context }) => context.resets[0]?.kills === true,
    removesNext: ({ context }) => context.resets.length > 0,
    killsContainers: ({ event }) => actionsFor(event).containersToKill.length > 0,
    startsContainers: ({ context, event }) =>
      (event.type === "pod.observed" ? plannedStarts(event) : context.starts).length > 0,
    createsSandbox: ({ context }) => context.createsSandbox,
    killFailed: ({ event }) =>
      (event.type === "pod.killed" || event.type === "container.killed") &&
      event.outcome === "failed",
    killsMore: ({ context }) => context.kills.length > 1,
    startsMore: ({ context }) => context.starts.length > 1,
    initContainerFailed: ({ context }) => context.starts[0]?.aborts ?? false,
  },
  actions: {
    requestStatus: emit({ type: "status.requested", podIsTerminal: false }),
    awaitVolumes: emit({ type: "volumes.awaited" }),
    addProbes: emit({ type: "probes.added" }),
    requestActions: emit({ type: "actions.requested" }),
    plan: assign(({ event }) => planFor(event)),
    killPod: emit({ type: "pod.killRequested", gracePeriodSeconds: null }),
    killNext: emit(({ context }) => ({ type: "container.killRequested", ...first(context.kills) })),
    killToReset: emit(({ context }) => ({
      type: "container.killRequested",
      ...killToReset,
      slot: first(context.resets).slot,
    })),
    removeNext: emit(({ context }) => ({
      type: "container.removeRequested",
      slot: first(context.resets).slot,
    })),
    shiftReset: assign({ resets: ({ context }) => context.resets.slice(1) }),
    requestSandbox: emit({ type: "sandbox.requested" }),
    startNext: emit(({ context }) => ({
      type: "container.startRequested",
      slot: first(context.starts).slot,
    })),
    shiftKill: assign({ kills: ({ context }) => context.kills.slice(1) }),
    shiftStart: assign({ starts: ({ context }) => context.starts.slice(1) }),
    noteRefusal: assign({ outcome: ({ context, event }) => outcomeAfter(context.outcome, event) }),
    noteCancel: assign({ isCancelled: true }),
    forgetOutcome: assign(() => newSync),
    endWithResult: emit(({ context: { outcome } }) => ({ type: "sync.ended", outcome })),
    endWith: emit((_, { outcome }: { outcome: SyncOutcome }) => ({ type: "sync.ended", outcome })),
    record: emit((_, { reason }: { reason: EventReason }) => ({ type: "event.recorded", reason })),
  },
  delays: {
    volumeTimeout: volumeTimeoutMs,
  },
}).createMachine({
  ...podSyncChart,
  context: newSync,
});

/** One run of SyncPod. */
export const podSyncMachine = forVersion(everyPodSync);

function actionsFor(event: PodSyncEvent) {
  assert(event.type === "pod.observed", "actions are computed from an observation");
  const { pod, runtime, probeResults, restartsAllContainers } = event;
  return computePodActions(pod, runtime, probeResults, restartsAllContainers);
}

function planFor(event: PodSyncEvent): Partial<PodSyncContext> {
  assert(event.type === "pod.observed", "actions are computed from an observation");
  const actions = actionsFor(event);
  const { createSandbox: createsSandbox, containersToKill, containersToReset = [] } = actions;
  const kills = containersToKill.map((kill) => ({
    slot: kill.name,
    reason: kill.reason,
    message: killMessage(kill),
  }));
  const resets = containersToReset.map(({ name: slot, kill }) => ({ slot, kills: kill }));
  return { createsSandbox, kills, resets, starts: plannedStarts(event), outcome: "success" };
}

/** Nobody is waited for who is to start anew. kuberuntime_manager.go SyncPod */
const killToReset = {
  reason: "RestartAllContainers",
  message: killMessage({
    name: "",
    init: false,
    reason: "RestartAllContainers",
    willBeRestarted: false,
  }),
  gracePeriodSeconds: 0,
} as const;

function plannedStarts(event: PodObserved): readonly PlannedStart[] {
  const { pod } = event;
  const actions = actionsFor(event);
  return [
    ...actions.ephemeralContainersToStart.map((index) => ({ slot: `e${index}`, aborts: false })),
    ...actions.initContainersToStart.map((index) => ({
      slot: `i${index}`,
      aborts: !isSidecarSlot(pod.spec.initContainers, index),
    })),
    ...actions.containersToStart.map((index) => ({ slot: `c${index}`, aborts: false })),
  ];
}

/** A sync that only waits for back-offs is repeated when the first of them ends. */
function outcomeAfter(outcome: SyncOutcome, event: PodSyncEvent): SyncOutcome {
  const isBackOff = event.type === "start.refused" && event.reason === "CrashLoopBackOff";
  return isBackOff || outcome === "backOff" ? "backOff" : "error";
}

function first<T>(planned: readonly T[]): T {
  const [next] = planned;
  assert(next !== undefined, "something is planned in this state");
  return next;
}

/** An init container, a sidecar and a regular container, before anything was started. */
const newPod = {
  type: "pod.observed",
  pod: {
    spec: {
      restartPolicy: "Always",
      initContainers: [{ name: "i0" }, { name: "i1", restartPolicy: "Always" }],
      containers: [{ name: "c0" }, { name: "c1", livenessProbe: {} }],
    },
  },
  runtime: {},
  probeResults: {},
} as const;

const sandboxes = [{ id: "s0", attempt: 0, state: "SANDBOX_READY", ip: "10.0.0.1" }] as const;

const running = [
  { name: "c1", id: "r3", state: "running" },
  { name: "c0", id: "r2", state: "running" },
  { name: "i1", id: "r1", state: "running" },
  { name: "i0", id: "r0", state: "exited", exitCode: 0 },
] as const;

export const podSyncSamples: Samples<typeof podSyncMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.requested" },
    { type: "sync.cancelled" },
    { type: "status.set", isTerminal: true, networkIsReady: true },
    { type: "status.set", isTerminal: false, networkIsReady: false },
    { type: "status.set", isTerminal: false, networkIsReady: true },
    { type: "volumes.observed", areMounted: true, missesPullSecrets: false },
    { type: "volumes.observed", areMounted: true, missesPullSecrets: true },
    { type: "volumes.observed", areMounted: false, missesPullSecrets: false },
    newPod,
    { ...newPod, runtime: { sandboxes } },
    { ...newPod, runtime: { sandboxes, containers: running.slice(2) } },
    { ...newPod, runtime: { sandboxes, containers: running } },
    {
      ...newPod,
      runtime: { sandboxes, containers: running },
      probeResults: { r3: { liveness: "failure" } },
    },
    {
      ...newPod,
      runtime: { sandboxes, containers: running },
      probeResults: { r2: { liveness: "failure" }, r3: { liveness: "failure" } },
    },
    {
      ...newPod,
      runtime: { sandboxes, containers: running },
      restartsAllContainers: true,
    },
    { type: "pod.killed", outcome: "ok" },
    { type: "pod.killed", outcome: "failed" },
    { type: "container.killed", outcome: "ok" },
    { type: "container.killed", outcome: "failed" },
    { type: "sandbox.created" },
    { type: "sandbox.refused" },
    { type: "start.ended" },
    { type: "start.refused", reason: "CrashLoopBackOff" },
    { type: "start.refused", reason: "ErrImagePull" },
  ],
};
