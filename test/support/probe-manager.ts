import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus, PodPhase, PodStatus } from "../../machines/api/pod-status.ts";
import { formatTime } from "../../machines/api/time.ts";
import type { ProbeAnswer, ProbeKind } from "../../machines/kubelet/probe-step.ts";
import { ProbedPod, type ProbeLine, type ProbeUpdate, statusOf } from "./probes.ts";

export interface ProbeManagerInput {
  readonly pod: Pod;
  readonly container: string;
  readonly containerStates: readonly ReportedState[];
  readonly probeResults: Readonly<Partial<Record<ProbeKind, readonly ResultFrom[]>>>;
  readonly syncAtMs?: readonly number[];
  readonly stopLivenessAndStartupAtMs?: number;
  readonly removePodAtMs?: number;
  readonly kubeletUpMs: number;
  readonly oldStatusStarted?: boolean;
  readonly endMs: number;
}

interface ReportedState {
  readonly atMs: number;
  readonly containerID?: string;
  readonly state: "absent" | "running" | "terminated";
  readonly exitCode?: number;
  readonly phase?: PodPhase;
}

interface ResultFrom {
  readonly fromMs: number;
  readonly result: ProbeAnswer;
  readonly output?: string;
}

/** The harness looks this often. */
const lookMs = 50;
/** A published result makes a new status after so long. */
const syncAfterMs = 100;

/** Drives the workers of one pod as the harness that recorded the cases did. */
export function probeManager(input: ProbeManagerInput): readonly ProbeLine[] {
  const { pod, endMs } = input;
  const answers = (kind: ProbeKind, nowMs: number) =>
    input.probeResults[kind]?.findLast(({ fromMs }) => fromMs <= nowMs) ?? usual;
  const manager = new Manager(input, new ProbedPod(pod, answers, -input.kubeletUpMs));
  manager.start();
  for (let atMs = lookMs; atMs <= endMs; atMs += lookMs) manager.look(atMs);
  return manager.timeline();
}

const usual = { result: "success" } as const;

class Manager {
  readonly #input: ProbeManagerInput;
  readonly #probed: ProbedPod;
  readonly #lines: ProbeLine[] = [];
  readonly #seen = new Map<string, string>();
  readonly #syncs: number[];
  #stateCount = 0;

  constructor(input: ProbeManagerInput, probed: ProbedPod) {
    this.#input = input;
    this.#probed = probed;
    this.#syncs = [...(input.syncAtMs ?? [])];
  }

  /** After a restart of the kubelet there is a status before the pod is added. */
  start(): void {
    const { oldStatusStarted, containerStates } = this.#input;
    const [first] = containerStates;
    if (oldStatusStarted !== undefined && first !== undefined) {
      this.#probed.write(this.#statusFor(first, oldStatusStarted));
      this.#generate(first);
    }
    this.#showStatus(0);
    this.#probed.do("addPod");
  }

  look(atMs: number): void {
    this.#probed.advanceTo(atMs);
    const updates = this.#probed.takeUpdates();
    for (const kind of ["startup", "readiness", "liveness"] as const) {
      this.#drain(
        updates.filter((update) => update.kind === kind),
        atMs,
      );
    }
    this.#showStatus(atMs);
    this.#sync(atMs);
    this.#act("stopLivenessAndStartup", this.#input.stopLivenessAndStartupAtMs, atMs);
    this.#act("removePod", this.#input.removePodAtMs, atMs);
    this.#showStatus(atMs);
    this.#showWorkers(atMs);
  }

  timeline(): readonly ProbeLine[] {
    const lines = [...this.#probed.lines, ...this.#lines];
    return lines.toSorted((one, other) => one.atMs - other.atMs || rank(one) - rank(other));
  }

  #drain(updates: readonly ProbeUpdate[], atMs: number): void {
    for (const { kind, result, containerID } of updates) {
      const name = { success: "Success", failure: "Failure" }[result] ?? "UNKNOWN";
      this.#lines.push({ atMs, what: "update", probe: kind, result: name, containerID });
      if (kind === "startup") this.#write(containerID, { started: result === "success" });
      if (kind === "readiness") this.#write(containerID, { ready: result === "success" });
      this.#syncs.push(atMs + syncAfterMs);
    }
  }

  /** SetContainerStartup and SetContainerReadiness. */
  #write(containerID: string, change: Partial<ContainerStatus>): void {
    const { status } = this.#probed;
    if (status === undefined) return;
    const changed = (all: readonly ContainerStatus[] | undefined) =>
      all?.map((one) => (one.containerID === containerID ? { ...one, ...change } : one)) ?? [];
    const containerStatuses = changed(status.containerStatuses);
    const initContainerStatuses = changed(status.initContainerStatuses);
    this.#probed.write({ ...status, containerStatuses, initContainerStatuses });
  }

  #sync(atMs: number): void {
    const due = this.#input.containerStates.filter((state) => state.atMs <= atMs);
    const isDue = due.length > this.#stateCount || this.#syncs.some((syncMs) => syncMs <= atMs);
    if (!isDue) return;
    this.#stateCount = due.length;
    const later = this.#syncs.filter((syncMs) => syncMs > atMs);
    this.#syncs.splice(0, this.#syncs.length, ...later);
    const state = due.at(-1);
    if (state !== undefined) this.#generate(state);
  }

  #generate(state: ReportedState): void {
    const old = statusOf(this.#probed.status, this.#input.container);
    this.#probed.generate(this.#statusFor(state, old?.started));
  }

  /** What the kubelet makes of the runtime's report; `started` is taken over while it runs. */
  #statusFor(report: ReportedState, oldStarted: boolean | undefined): PodStatus {
    const { container: name, pod, containerStates } = this.#input;
    const { state, containerID, exitCode = 0, phase = "Running" } = report;
    if (containerID === undefined || state === "absent") return { phase };
    const startedAtMs = containerStates.find((one) => one.containerID === containerID)?.atMs ?? 0;
    const isRunning = state === "running";
    const status: ContainerStatus = {
      name,
      containerID,
      ready: false,
      ...(isRunning && oldStarted !== undefined && { started: oldStarted }),
      state: isRunning
        ? { running: { startedAt: timeText(startedAtMs) } }
        : { terminated: { exitCode } },
    };
    const isInit = pod.spec.initContainers?.some((one) => one.name === name) === true;
    return isInit
      ? { phase, initContainerStatuses: [status] }
      : { phase, containerStatuses: [status] };
  }

  #act(
    event: "stopLivenessAndStartup" | "removePod",
    dueMs: number | undefined,
    atMs: number,
  ): void {
    if (dueMs === undefined || dueMs > atMs || this.#seen.has(event)) return;
    this.#seen.set(event, "done");
    this.#lines.push({ atMs, what: event });
    this.#probed.do(event);
  }

  #showStatus(atMs: number): void {
    const status = statusOf(this.#probed.status, this.#input.container);
    if (status === undefined) return;
    const { containerID, started = false, ready = false } = status;
    this.#show("status", { atMs, what: "status", containerID, started, ready });
  }

  #showWorkers(atMs: number): void {
    for (const kind of ["liveness", "readiness", "startup"] as const) {
      const worker = this.#probed.worker(this.#input.container, kind);
      if (worker === undefined) {
        if (this.#seen.delete(kind)) this.#lines.push({ atMs, what: "workerGone", probe: kind });
        continue;
      }
      const { isOnHold: onHold, resultRun, lastResult } = worker;
      const result = lastResult === "success" ? "Success" : "Failure";
      if (!this.#seen.has(kind)) this.#seen.set(kind, freshWorker);
      this.#show(kind, { atMs, what: "worker", probe: kind, result, onHold, resultRun });
    }
  }

  /** Only what has changed is a line. */
  #show(key: string, line: ProbeLine): void {
    const { atMs: _, what: __, probe: ___, containerID: ____, ...shown } = line;
    const text = JSON.stringify(shown);
    if (this.#seen.get(key) === text) return;
    this.#seen.set(key, text);
    this.#lines.push(line);
  }
}

function rank({ what }: ProbeLine): number {
  return order.indexOf(what);
}

const freshWorker = JSON.stringify({ result: "Success", onHold: false, resultRun: 0 });

/** Lines of one instant are in this order. */
const order = [
  "probe",
  "event",
  "update",
  "status",
  "stopLivenessAndStartup",
  "removePod",
  "workerGone",
  "worker",
];

/** The harness' status keeps fractions of a second. */
function timeText(ms: number): string {
  const fraction = ((ms % 1_000) + 1_000) % 1_000;
  return formatTime(ms).replace("Z", `.${String(fraction).padStart(3, "0")}Z`);
}

/** The first look of a worker at a container whose probe gives that answer. */
export function probeOnce(
  kind: ProbeKind,
  answer: { readonly result: ProbeAnswer; readonly output: string },
): unknown {
  const probes = { [`${kind}Probe`]: { exec: {}, failureThreshold: 1 } };
  const pod: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "default", uid: "uid-1" },
    spec: { containers: [{ name: "app", ...probes }] },
  };
  const probed = new ProbedPod(pod, () => answer, -3_600_000);
  const started = kind !== "startup";
  const state = { running: { startedAt: timeText(0) } };
  const status = { name: "app", containerID: "containerd://c1", started, state };
  probed.write({ phase: "Running", containerStatuses: [status] });
  probed.do("addPod");
  const result = probed.worker("app", kind)?.lastResult;
  const isError = answer.result === "error";
  return {
    attempts: probed.lines.filter(({ what }) => what === "probe").length,
    error: isError ? answer.output : null,
    events: eventsOf(probed),
    result: result === "success" && !isError ? "Success" : "Failure",
  };
}

function eventsOf(probed: ProbedPod): readonly unknown[] {
  return probed.world.store
    .list("Event")
    .filter(isEvent)
    .map(({ type, reason, message, involvedObject: { fieldPath } }) => ({
      type,
      reason,
      message,
      fieldPath,
    }));
}

function isEvent(object: { readonly kind: string }): object is KubeEvent {
  return object.kind === "Event";
}
