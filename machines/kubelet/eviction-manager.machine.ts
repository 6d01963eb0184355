import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { evictionManagerChart } from "../generated/eviction-manager.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import type { EvictionManagerEvent, EvictionManagerFact } from "./eviction-facts.ts";
import {
  gracePeriodOverride,
  immediateEvictionGracePeriodSeconds,
  killTimeoutMs,
  monitoringIntervalMs,
  podCleanupPollFrequencyMs,
  podCleanupTimeoutMs,
  type PodToEvict,
  podToEvict,
} from "./eviction-grace.ts";
import { nodeConditions } from "./eviction-observations.ts";
import {
  type PassMemory,
  type ThresholdKind,
  type ThresholdRef,
  refsOf,
  thresholdsCrossed,
  thresholdsDue,
  thresholdsToReclaim,
  type ThresholdView,
} from "./eviction-pass.ts";
import {
  type EvictionSignal,
  type PressureCondition,
  signalToResource,
} from "./eviction-signals.ts";
import type { EvictionManagerInput } from "./eviction-settings.ts";
import type { PodOverLimit } from "./eviction-view.ts";
import type { StorageLimit } from "./local-storage-eviction.ts";
import { type NodeReclaim, nodeReclaim } from "./node-reclaim.ts";

interface EvictionManagerContext extends EvictionManagerInput, PassMemory {
  /** The threshold that this pass reclaims for. */
  readonly chosen: ThresholdRef | null;
  /** Pods over a limit of their own that this pass has still to evict. */
  readonly overLimit: readonly PodOverLimit[];
  /** The pod being killed. */
  readonly victim: { readonly slot: number; readonly gracePeriodSeconds: number } | null;
}

interface Step {
  readonly context: EvictionManagerContext;
  readonly event: EvictionManagerEvent;
}

/** One node's eviction manager: pressure conditions, and a pass over its thresholds at a time. */
export const evictionManagerMachine = setup({
  types: {} as {
    input: EvictionManagerInput;
    context: EvictionManagerContext;
    events: EvictionManagerEvent;
    emitted: EvictionManagerFact;
  },
  guards: {
    isUnderPressure: (step, { condition }: { condition: PressureCondition }) =>
      isUnderPressure(step, condition),
    isRelieved: (step, { condition }: { condition: PressureCondition }) =>
      !isUnderPressure(step, condition),
    limitsAreExceeded: (step) => podsOver(step).length > 0,
    severalAreDue: (step) => candidates(step).length > 1,
    oneIsDue: (step) => candidates(step).length === 1,
    nothingIsDue: (step) => podsOver(step).length === 0 && candidates(step).length === 0,
    reclaims: ({ context }, { from }: { from: NodeReclaim }) =>
      nodeReclaim(chosenOf(context).signal, context.fileSystems) === from,
    isEnough: ({ event }) => event.type === "reclaim.measured" && event.isEnough,
    nobodyMayGo: ({ event }) => podToEvict(ranked(event)) === undefined,
    isChosen: ({ context }, { kind }: { kind: ThresholdKind }) => chosenOf(context).kind === kind,
    isOver: ({ context }, { limit }: { limit: StorageLimit }) =>
      context.overLimit[0]?.limit === limit,
  },
  actions: {
    rememberGracePeriod: assign({
      gracePeriodsOver: ({ context, event }) => withSignal(context.gracePeriodsOver, event),
    }),
    forgetGracePeriod: assign({
      gracePeriodsOver: ({ context, event }) => withoutSignal(context.gracePeriodsOver, event),
    }),
    reportCondition: emit(
      (_, condition: { condition: PressureCondition; status: "True" | "False" }) => ({
        type: "nodeCondition.changed",
        ...condition,
      }),
    ),
    rememberThresholds: assign(({ context, event }) => ({
      thresholdsMet: refsOf(thresholdsDue(viewsOf(event), context)),
      fileSystemsAreKnown: true,
    })),
    forgetPass: assign({ chosen: null, victim: null }),
    requestStats: emit({ type: "stats.requested" }),
    queueOverLimit: assign({ overLimit: (step) => podsOver(step) }),
    askWhichFirst: emit((step) => ({
      type: "threshold.choiceRequested",
      thresholds: candidates(step),
    })),
    chooseIt: assign({ chosen: (step) => candidates(step)[0] ?? null }),
    choose: assign({
      chosen: ({ event }) => (event.type === "threshold.chosen" ? event.threshold : null),
    }),
    recordAttempt: emit(({ context }) => ({
      type: "event.recorded",
      reason: "EvictionThresholdMet",
      resource: signalToResource(chosenOf(context).signal),
    })),
    deleteUnusedContainers: emit({ type: "unusedContainers.deletionRequested" }),
    deleteUnusedImages: emit({ type: "unusedImages.deletionRequested" }),
    measureReclaim: emit({ type: "reclaim.measureRequested" }),
    requestRanking: emit(({ context }) => ({
      type: "pods.rankRequested",
      signal: chosenOf(context).signal,
    })),
    evict: emit((step, { kind }: { kind: ThresholdKind }) => ({
      type: "pod.evictionRequested",
      cause: "threshold",
      threshold: chosenOf(step.context),
      ...victimOf(step, kind),
    })),
    rememberVictim: assign({ victim: (step) => victimOf(step, chosenOf(step.context).kind) }),
    evictOverLimit: emit(({ context }, { limit }: { limit: StorageLimit }) => ({
      type: "pod.evictionRequested",
      cause: "limit",
      limit,
      ...victimOverLimit(context),
    })),
    takeOverLimit: assign(({ context }) => ({
      victim: victimOverLimit(context),
      overLimit: context.overLimit.slice(1),
    })),
    recordExceededGracePeriod: emit(({ context }) => ({
      type: "event.recorded",
      reason: "ExceededGracePeriod",
      slot: beingKilled(context).slot,
    })),
    askForCleanup: emit({ type: "podCleanup.requested" }),
  },
  delays: {
    pressureTransitionPeriod: timed(
      "pressureTransitionPeriodMs ms",
      ({ context }) => context.pressureTransitionPeriodMs,
    ),
    monitoringInterval: monitoringIntervalMs,
    podCleanupTimeout: podCleanupTimeoutMs,
    podCleanupPollFrequency: podCleanupPollFrequencyMs,
    killTimeout: timed("max(floor(1.5 * victim.gracePeriodSeconds), 10) s", ({ context }) =>
      killTimeoutMs(beingKilled(context).gracePeriodSeconds),
    ),
  },
}).createMachine({
  ...evictionManagerChart,
  context: ({ input }) => ({
    ...input,
    fileSystemsAreKnown: false,
    thresholdsMet: [],
    gracePeriodsOver: [],
    chosen: null,
    overLimit: [],
    victim: null,
  }),
});

function viewsOf(event: EvictionManagerEvent): readonly ThresholdView[] {
  return event.type === "stats.observed" ? event.thresholds : [];
}

/** Each once and in one order, so that the same signals make the same state. */
function withSignal(signals: readonly EvictionSignal[], event: EvictionManagerEvent) {
  if (event.type !== "gracePeriod.ended") return signals;
  return [...new Set([...signals, event.signal])].toSorted();
}

function withoutSignal(signals: readonly EvictionSignal[], event: EvictionManagerEvent) {
  if (event.type !== "gracePeriod.forgotten") return signals;
  return signals.filter((signal) => signal !== event.signal);
}

/** A transition period of 0 means that a condition is never reported. */
function isUnderPressure({ context, event }: Step, condition: PressureCondition): boolean {
  const conditions = nodeConditions(thresholdsCrossed(viewsOf(event), context));
  return context.pressureTransitionPeriodMs > 0 && conditions.includes(condition);
}

function candidates({ context, event }: Step): readonly ThresholdRef[] {
  return thresholdsToReclaim(viewsOf(event), context);
}

function podsOver({ context, event }: Step): readonly PodOverLimit[] {
  if (event.type !== "stats.observed" || !context.localStorageCapacityIsolation) return [];
  return event.overLimit;
}

function chosenOf({ chosen }: EvictionManagerContext): ThresholdRef {
  assert(chosen !== null, "a threshold is chosen before anything is reclaimed for it");
  return chosen;
}

function ranked(event: EvictionManagerEvent): readonly PodToEvict[] {
  return event.type === "pods.ranked" ? event.pods : [];
}

type Victim = NonNullable<EvictionManagerContext["victim"]>;

function victimOf({ context, event }: Step, kind: ThresholdKind): Victim {
  const pod = podToEvict(ranked(event));
  assert(pod !== undefined, "somebody may go before a victim is named");
  const max = context.maxPodGracePeriodSeconds;
  return { slot: pod.slot, gracePeriodSeconds: gracePeriodOverride(kind, pod, max) };
}

function victimOverLimit({ overLimit: [next] }: EvictionManagerContext): Victim {
  assert(next !== undefined, "a pod over its limit is left to be evicted");
  return { slot: next.slot, gracePeriodSeconds: immediateEvictionGracePeriodSeconds };
}

function beingKilled({ victim }: EvictionManagerContext): Victim {
  assert(victim !== null, "a pod is being killed while the manager waits for it");
  return victim;
}

const usual: EvictionManagerInput = {
  pressureTransitionPeriodMs: 300_000,
  maxPodGracePeriodSeconds: 0,
  localStorageCapacityIsolation: true,
  fileSystems: { dedicatedImageFs: false, dedicatedContainerFs: false },
};

function observed(
  thresholds: readonly (ThresholdRef & Partial<ThresholdView>)[],
  overLimit: readonly PodOverLimit[] = [],
): EvictionManagerEvent {
  const seen = { level: "met", statsAreNew: true, isDerived: false } as const;
  const views = thresholds.map((threshold) => ({ ...seen, ...threshold }));
  return { type: "stats.observed", thresholds: views, overLimit };
}

const hardMemory = { kind: "hard", signal: "memory.available" } as const;
const hardNodefs = { kind: "hard", signal: "nodefs.available" } as const;
const softPid = { kind: "soft", signal: "pid.available" } as const;

export const evictionManagerSamples: Samples<typeof evictionManagerMachine> = {
  inputs: [
    usual,
    {
      ...usual,
      localStorageCapacityIsolation: false,
      maxPodGracePeriodSeconds: 60,
      fileSystems: { dedicatedImageFs: true, dedicatedContainerFs: false },
    },
    {
      ...usual,
      pressureTransitionPeriodMs: 0,
      fileSystems: { dedicatedImageFs: true, dedicatedContainerFs: true },
    },
  ],
  events: [
    { type: "kubelet.started" },
    observed([]),
    observed([hardMemory]),
    observed([{ ...hardMemory, level: "reclaiming" }]),
    observed([{ ...hardMemory, statsAreNew: false }]),
    observed([hardNodefs]),
    observed([softPid]),
    observed([hardNodefs, { ...hardNodefs, signal: "containerfs.available", isDerived: true }]),
    observed([{ ...hardNodefs, signal: "imagefs.available" }]),
    observed([], [{ slot: 0, limit: "emptyDir" }]),
    observed(
      [hardMemory],
      [
        { slot: 1, limit: "pod" },
        { slot: 2, limit: "container" },
      ],
    ),
    { type: "gracePeriod.ended", signal: "pid.available" },
    { type: "gracePeriod.forgotten", signal: "pid.available" },
    { type: "threshold.chosen", threshold: hardNodefs },
    { type: "unusedContainers.deleted" },
    { type: "unusedImages.deleted" },
    { type: "reclaim.measured", isEnough: true },
    { type: "reclaim.measured", isEnough: false },
    { type: "pods.ranked", pods: [] },
    {
      type: "pods.ranked",
      pods: [
        { slot: 1, isCritical: true },
        { slot: 0, isCritical: false, terminationGracePeriodSeconds: 30 },
      ],
    },
    { type: "pod.killed" },
    { type: "pods.cleanedUp" },
  ],
};
