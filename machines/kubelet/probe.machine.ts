import { assign, emit, raise, setup } from "xstate";

import { assert } from "../assert.ts";
import { probeChart } from "../generated/probe.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import {
  type Adoption,
  adoption,
  countedResult,
  countResult,
  initialResult,
  maxProbeRetries,
  nextProbeStep,
  type ProbeAnswer,
  type ProbeKind,
  type ProbeRun,
  type ProbeStep,
  type ProbeTarget,
  type ProbeThresholds,
  type ProbeVerdict,
  probeVerdict,
  type PublishedResult,
} from "./probe-step.ts";

/** A probe of the spec, with the API server's defaults. */
export interface ProbeInput extends ProbeThresholds {
  readonly kind: ProbeKind;
  readonly isSidecar: boolean;
  readonly periodSeconds: number;
  readonly initialDelaySeconds: number;
}

interface ProbeContext extends ProbeInput, ProbeRun {
  readonly isDeleting: boolean;
  /** Less than a period; 0 unless the kubelet has just started. */
  readonly startDelayMs: number;
  readonly isOnHold: boolean;
  /** This container answers well, and often enough in a row. */
  readonly isProven: boolean;
  /** Tries of the probe that is under way. */
  readonly attempt: number;
  /** What lies in the worker's channels, each of which holds one signal. */
  readonly signals: Readonly<Record<Signal, boolean>>;
}

type Signal = "stop" | "trigger" | "tick";

type ProbeEvent =
  | { type: "probe.added"; isDeleting: boolean; startDelayMs: number }
  | { type: "probe.triggered" }
  | { type: "probe.stopped" }
  | ({ type: "container.observed" } & ProbeTarget)
  | { type: "probe.answered"; result: ProbeAnswer }
  | { type: "ticker.ticked" }
  | { type: "ticker.reset" };

const noSignals = { stop: false, trigger: false, tick: false };
const freshWorker = {
  lastResult: "success",
  resultRun: 0,
  isOnHold: false,
  isProven: false,
  attempt: 1,
  signals: noSignals,
} as const;

/** Probes one container in one way as long as its pod lives. */
export const probeMachine = setup({
  types: {} as {
    input: ProbeInput;
    context: ProbeContext;
    events: ProbeEvent;
    emitted:
      | { type: "target.requested" }
      | { type: "target.adopted" }
      | { type: "probe.run"; kind: ProbeKind }
      | { type: "probe.counted"; result: "success" | "failure" }
      | { type: "probe.result"; kind: ProbeKind; result: PublishedResult }
      | { type: "worker.held" }
      | { type: "worker.ended" }
      | { type: "event.recorded"; reason: "Unhealthy" | "ProbeWarning"; result: ProbeAnswer };
  },
  guards: {
    startsLater: ({ event }) => workerIn(event).startDelayMs > 0,
    targetIsAbsent: ({ event }) => {
      const { pod, container } = targetOf(event);
      return pod === "unknown" || container === "absent";
    },
    adopts: ({ context, event }, { how }: { how: Adoption }) =>
      adoption(context, targetOf(event)) === how,
    doesNext: ({ context, event }, { step }: { step: ProbeStep }) =>
      nextProbeStep(context, targetOf(event)) === step,
    isRetried: ({ context, event }) =>
      answerOf(event) === "error" && context.attempt < maxProbeRetries,
    answers: ({ event }, { result }: { result: ProbeAnswer }) => answerOf(event) === result,
    judges: ({ context }, { verdict }: { verdict: ProbeVerdict }) =>
      probeVerdict(context.kind, context, context) === verdict,
    isStopped: ({ context }) => context.signals.stop,
    isTriggered: ({ context }) => context.signals.trigger,
    hasTicked: ({ context }) => context.signals.tick,
    isProven: ({ context }) => context.isProven,
  },
  actions: {
    makeWorker: assign(({ event }) => ({ ...freshWorker, ...workerIn(event) })),
    noteTick: assign({ signals: ({ context }) => ({ ...context.signals, tick: true }) }),
    noteTrigger: assign({ signals: ({ context }) => ({ ...context.signals, trigger: true }) }),
    noteStop: assign({ signals: ({ context }) => ({ ...context.signals, stop: true }) }),
    takeTick: assign({ signals: ({ context }) => ({ ...context.signals, tick: false }) }),
    takeTrigger: assign({
      signals: ({ context }) => ({ ...context.signals, trigger: false, tick: false }),
    }),
    tick: raise({ type: "ticker.ticked" }),
    resetTicker: raise({ type: "ticker.reset" }),
    requestTarget: emit({ type: "target.requested" }),
    adoptTarget: emit({ type: "target.adopted" }),
    beginAnew: assign({ isOnHold: false, isProven: false }),
    publish: emit(({ context: { kind } }, { result }: { result: PublishedResult }) => ({
      type: "probe.result",
      kind,
      result,
    })),
    publishInitial: emit(({ context: { kind } }) => ({
      type: "probe.result",
      kind,
      result: initialResult(kind),
    })),
    publishLast: emit(({ context: { kind, lastResult: result } }) => ({
      type: "probe.result",
      kind,
      result,
    })),
    runProbe: emit(({ context: { kind } }) => ({ type: "probe.run", kind })),
    beginProbe: assign({ attempt: 1 }),
    noteAttempt: assign({ attempt: ({ context }) => context.attempt + 1 }),
    count: assign(({ context, event }) => countResult(context, resultOf(event), context)),
    prove: assign({
      isProven: ({ context: { lastResult, resultRun, successThreshold } }) =>
        lastResult === "success" && resultRun >= successThreshold,
    }),
    reportCounted: emit(({ context: { lastResult: result } }) => ({
      type: "probe.counted",
      result,
    })),
    hold: assign({ isOnHold: true, resultRun: 0 }),
    reportHeld: emit({ type: "worker.held" }),
    record: emit(({ event }, { reason }: { reason: "Unhealthy" | "ProbeWarning" }) => ({
      type: "event.recorded",
      reason,
      result: answerOf(event),
    })),
    reportEnd: emit({ type: "worker.ended" }),
  },
  delays: {
    startDelay: timed("startDelayMs ms", ({ context }) => context.startDelayMs),
    period: timed("periodSeconds s", ({ context }) => context.periodSeconds * 1_000),
    steadyPeriod: timed("periodSeconds s", ({ context }) => context.periodSeconds * 1_000),
  },
}).createMachine({
  ...probeChart,
  context: ({ input }) => ({ ...input, ...freshWorker, isDeleting: false, startDelayMs: 0 }),
});

function workerIn(event: ProbeEvent): Pick<ProbeContext, "isDeleting" | "startDelayMs"> {
  assert(event.type === "probe.added", "a worker is made when its pod is added");
  const { isDeleting, startDelayMs } = event;
  return { isDeleting, startDelayMs };
}

function targetOf(event: ProbeEvent): ProbeTarget {
  assert(event.type === "container.observed", "a worker judges what it has looked at");
  return event;
}

function answerOf(event: ProbeEvent): ProbeAnswer {
  assert(event.type === "probe.answered", "a probe is judged by its answer");
  return event.result;
}

function resultOf(event: ProbeEvent): "success" | "failure" {
  const answer = answerOf(event);
  assert(answer !== "error", "an error is not counted");
  return countedResult(answer);
}

const target: ProbeTarget = {
  pod: "active",
  container: "running",
  isNew: false,
  startedBeforeKubelet: false,
  started: true,
  runningSeconds: 1,
  willRestart: true,
};
const thresholds = { successThreshold: 1, failureThreshold: 2 };
const times = { periodSeconds: 2, initialDelaySeconds: 1 };
const observed = (change: Partial<ProbeTarget>) =>
  ({ type: "container.observed", ...target, ...change }) as const;

export const probeSamples: Samples<typeof probeMachine> = {
  inputs: [
    { kind: "startup", isSidecar: false, ...thresholds, ...times },
    { kind: "startup", isSidecar: true, ...thresholds, ...times },
    { kind: "liveness", isSidecar: false, ...thresholds, ...times },
    { kind: "readiness", isSidecar: false, successThreshold: 2, failureThreshold: 1, ...times },
  ],
  events: [
    { type: "probe.added", isDeleting: false, startDelayMs: 0 },
    { type: "probe.added", isDeleting: true, startDelayMs: 0 },
    { type: "probe.added", isDeleting: false, startDelayMs: 500 },
    { type: "probe.triggered" },
    { type: "probe.stopped" },
    observed({}),
    observed({ isNew: true }),
    observed({ isNew: true, startedBeforeKubelet: true }),
    observed({ started: false }),
    observed({ started: false, isNew: true }),
    observed({ started: false, isNew: true, startedBeforeKubelet: true }),
    observed({ runningSeconds: 0 }),
    observed({ container: "waiting", started: false }),
    observed({ container: "absent", started: false }),
    observed({ container: "terminated", started: false }),
    observed({ container: "terminated", started: false, willRestart: false }),
    observed({ pod: "terminal" }),
    observed({ pod: "unknown", container: "absent" }),
    { type: "probe.answered", result: "success" },
    { type: "probe.answered", result: "warning" },
    { type: "probe.answered", result: "failure" },
    { type: "probe.answered", result: "unknown" },
    { type: "probe.answered", result: "error" },
    { type: "ticker.ticked" },
    { type: "ticker.reset" },
  ],
};
