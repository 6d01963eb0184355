export type ProbeKind = "startup" | "liveness" | "readiness";

/** `unknown` is a result without an explanation, `error` says that the probe could not be made. */
export type ProbeAnswer = "success" | "warning" | "failure" | "unknown" | "error";

/** What the kubelet is told; `unknown` as long as a startup probe has not come to a result. */
export type PublishedResult = "success" | "failure" | "unknown";

/** What a worker is and remembers, as far as it decides. */
export interface ProbeWorker {
  readonly kind: ProbeKind;
  /** Of an init container that runs beside the others. */
  readonly isSidecar: boolean;
  /** The pod was being deleted when the worker was made; it never looks again. */
  readonly isDeleting: boolean;
  /** It has published what ends the probing of this container. */
  readonly isOnHold: boolean;
  readonly initialDelaySeconds: number;
}

/** What the status manager says of a worker's pod and container. */
export interface ProbeTarget {
  /** unknown: it has no status of the pod. */
  readonly pod: "unknown" | "active" | "terminal";
  /** absent: no container has been created, or its status is gone. */
  readonly container: "absent" | "waiting" | "running" | "terminated";
  /** Another container than the one that was probed before. */
  readonly isNew: boolean;
  /** It started more than 10 s before the kubelet did. */
  readonly startedBeforeKubelet: boolean;
  /** `started` of its status. */
  readonly started: boolean;
  /** Whole seconds since its start, as far as the initial delay counts. */
  readonly runningSeconds: number;
  /** An ended container will be started again. */
  readonly willRestart: boolean;
}

/** Each member is a branch of the chart. */
export type Adoption = "keep" | "reset" | "seed" | "seedThenReset" | "adopt";

/**
 * What becomes of the results when another container is seen. One that was there before the kubelet
 * keeps what its status says; a sidecar that had started counts as started for the pod's
 * initialization. pkg/kubelet/prober/worker.go doProbe
 */
export function adoption(
  { kind, isSidecar }: Pick<ProbeWorker, "kind" | "isSidecar">,
  { isNew, startedBeforeKubelet, started }: ProbeTarget,
): Adoption {
  if (!isNew) return "keep";
  if (isSidecar && kind === "startup" && started) {
    return startedBeforeKubelet ? "seed" : "seedThenReset";
  }
  return startedBeforeKubelet ? "adopt" : "reset";
}

/** Each member is a branch of the chart. */
export type ProbeStep = "wait" | "fail" | "failAndEnd" | "succeedAndEnd" | "end" | "probe";

/** What a worker does about a container that it has looked at; the same function. */
export function nextProbeStep(worker: ProbeWorker, target: ProbeTarget): ProbeStep {
  if (target.pod === "unknown") return "wait";
  if (target.pod === "terminal") return "end";
  if (target.container === "absent" || worker.isOnHold) return "wait";
  if (target.container !== "running") {
    const isOver = target.container === "terminated" && !target.willRestart;
    return isOver ? "failAndEnd" : "fail";
  }
  const isReadiness = worker.kind === "readiness";
  if (worker.isDeleting && !isReadiness) return "succeedAndEnd";
  if (target.runningSeconds < worker.initialDelaySeconds) return "wait";
  return target.started === (worker.kind !== "startup") ? "probe" : "wait";
}

/** A container has three tries to answer without an error; prober.go maxProbeRetries */
export const maxProbeRetries = 3;

/** A warning counts as a success, an unknown result as a failure. prober.go probe */
export function countedResult(result: Exclude<ProbeAnswer, "error">): "success" | "failure" {
  return result === "success" || result === "warning" ? "success" : "failure";
}

export interface ProbeRun {
  readonly lastResult: "success" | "failure";
  /** How often in a row; no more than the threshold is remembered. */
  readonly resultRun: number;
}

export interface ProbeThresholds {
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/** The run with one more result; a container's replacement does not end it. worker.go doProbe */
export function countResult(
  run: ProbeRun,
  lastResult: "success" | "failure",
  thresholds: ProbeThresholds,
): ProbeRun {
  const resultRun = run.lastResult === lastResult ? run.resultRun + 1 : 1;
  return { lastResult, resultRun: Math.min(resultRun, thresholdOf(lastResult, thresholds)) };
}

/** Each member is a branch of the chart. */
export type ProbeVerdict = "belowThreshold" | "publish" | "publishAndHold";

/** Whether the last result is told the kubelet; the same function. */
export function probeVerdict(
  kind: ProbeKind,
  { lastResult, resultRun }: ProbeRun,
  thresholds: ProbeThresholds,
): ProbeVerdict {
  if (resultRun < thresholdOf(lastResult, thresholds)) return "belowThreshold";
  const endsProbing = kind === "startup" || (kind === "liveness" && lastResult === "failure");
  return endsProbing ? "publishAndHold" : "publish";
}

function thresholdOf(
  result: "success" | "failure",
  { successThreshold, failureThreshold }: ProbeThresholds,
): number {
  return result === "success" ? successThreshold : failureThreshold;
}

/** What is published before the first probe of a container; worker.go newWorker */
export function initialResult(kind: ProbeKind): PublishedResult {
  if (kind === "startup") return "unknown";
  return kind === "liveness" ? "success" : "failure";
}
