import { humanDuration } from "./duration.ts";
import type { ObjectMeta } from "./meta.ts";
import { type Container, isRestartableInitContainer, type PodSpec } from "./pod.ts";
import type {
  ContainerStateTerminated,
  ContainerStatus,
  PodPhase,
  PodStatus,
} from "./pod-status.ts";
import { parseTime } from "./time.ts";

/** The columns of `kubectl get pods`; those of `-o wide` come after the others. */
export const podColumns = {
  always: ["NAME", "READY", "STATUS", "RESTARTS", "AGE"],
  wide: ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"],
} as const;

export type PodRow = Readonly<Record<(typeof podColumns)["always" | "wide"][number], string>>;

/** What a pod's row is printed from. */
export interface PodOfRow {
  readonly metadata: Pick<ObjectMeta, "name" | "creationTimestamp" | "deletionTimestamp">;
  readonly spec: Pick<PodSpec, "nodeName" | "readinessGates"> & {
    readonly containers: readonly object[];
    readonly initContainers?: readonly Pick<Container, "name" | "restartPolicy">[];
  };
  readonly status?: PodStatus;
}

/** A pod's row by column; pkg/printers/internalversion/printers.go printPod. */
export function printPod(pod: PodOfRow, nowMs: number): PodRow {
  const { metadata, spec, status = {} } = pod;
  const init = initWalk(spec.initContainers ?? [], status.initContainerStatuses ?? []);
  const isInitialized = init.reason === undefined || isConditionTrue(status, "Initialized");
  const main = isInitialized ? mainWalk(status) : undefined;
  const restarts = main === undefined ? init.all : restartsOf(main.all, init.sidecars);
  const sidecars = (spec.initContainers ?? []).filter(isRestartableInitContainer);
  return {
    NAME: metadata.name,
    READY: `${init.ready + (main?.ready ?? 0)}/${spec.containers.length + sidecars.length}`,
    STATUS: podStatusWord(pod, main?.reason ?? init.reason ?? phaseWord(status), main),
    RESTARTS: restartsCell(restarts, nowMs),
    AGE: age(metadata.creationTimestamp, nowMs),
    IP: orNone(status.podIP || status.podIPs?.[0]?.ip),
    NODE: orNone(spec.nodeName),
    "NOMINATED NODE": orNone(status.nominatedNodeName),
    "READINESS GATES": readinessGates(spec, status),
  };
}

/** What the API server tells clients of a row beside its cells: that the pod has ended. */
export function podRowConditions(phase: PodPhase | undefined): readonly object[] {
  const completed = { type: "Completed", status: "True", reason: phase };
  if (phase === "Failed") return [{ ...completed, message: "The pod failed." }];
  if (phase !== "Succeeded") return [];
  return [{ ...completed, message: "The pod has completed successfully." }];
}

/** The time since a timestamp, as all tables print it; translateTimestampSince. */
export function age(timestamp: string | null | undefined, nowMs: number): string {
  return timestamp ? humanDuration(nowMs - parseTime(timestamp)) : "<unknown>";
}

/** Restarts and the newest end of a former run among some containers. */
interface Restarts {
  readonly count: number;
  readonly lastMs: number;
}

const noRestarts: Restarts = { count: 0, lastMs: Number.NEGATIVE_INFINITY };

interface InitWalk {
  readonly all: Restarts;
  readonly sidecars: Restarts;
  readonly ready: number;
  /** Why the pod is not past its init containers. */
  readonly reason: string | undefined;
}

/** In the order of the statuses, up to the first one that holds the pod back. */
function initWalk(
  containers: readonly Pick<Container, "name" | "restartPolicy">[],
  statuses: readonly ContainerStatus[],
): InitWalk {
  const isSidecar = ({ name }: ContainerStatus): boolean =>
    isRestartableInitContainer(containers.findLast((one) => one.name === name) ?? {});
  const hasPassed = (status: ContainerStatus): boolean =>
    hasExited0(status) || (isSidecar(status) && status.started === true);
  const held = statuses.findIndex((status) => !hasPassed(status));
  const walked = held < 0 ? statuses : statuses.slice(0, held + 1);
  const passed = held < 0 ? statuses : statuses.slice(0, held);
  const holding = statuses[held];
  return {
    all: restartsOf(noRestarts, ...walked.map(ownRestarts)),
    sidecars: restartsOf(noRestarts, ...walked.filter(isSidecar).map(ownRestarts)),
    ready: passed.filter((one) => one.ready === true && !hasExited0(one)).length,
    reason: holding && `Init:${initReason(holding) ?? `${held}/${containers.length}`}`,
  };
}

function hasExited0({ state }: ContainerStatus): boolean {
  return state?.terminated?.exitCode === 0;
}

function initReason({ state = {} }: ContainerStatus): string | undefined {
  if (state.terminated !== undefined) return exitWord(state.terminated);
  const waiting = state.waiting?.reason;
  return waiting === "PodInitializing" || waiting === "" ? undefined : waiting;
}

interface MainWalk {
  readonly all: Restarts;
  readonly ready: number;
  readonly hasRunning: boolean;
  /** What the first container that waits or has ended says. */
  readonly reason: string | undefined;
  /** What the first container that ended with a non-zero code says. */
  readonly errorReason: string | undefined;
}

/** All of them; what comes first in the list has the word. */
function mainWalk({ containerStatuses = [] }: PodStatus): MainWalk {
  const running = containerStatuses.filter(isReadyAndRunning);
  const failed = containerStatuses.find(
    ({ state }) => !state?.waiting?.reason && (state?.terminated?.exitCode ?? 0) !== 0,
  );
  return {
    all: restartsOf(noRestarts, ...containerStatuses.map(ownRestarts)),
    ready: running.length,
    hasRunning: running.length > 0,
    reason: containerStatuses.map(mainReason).find((reason) => reason !== undefined),
    errorReason: failed && mainReason(failed),
  };
}

function mainReason({ state = {} }: ContainerStatus): string | undefined {
  return state.waiting?.reason || (state.terminated && exitWord(state.terminated));
}

function isReadyAndRunning({ state = {}, ready }: ContainerStatus): boolean {
  return !state.waiting?.reason && !state.terminated && ready === true && !!state.running;
}

function exitWord({ reason, signal, exitCode }: ContainerStateTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function podStatusWord(
  { metadata, status = {} }: PodOfRow,
  reason: string,
  main: MainWalk | undefined,
): string {
  if (metadata.deletionTimestamp === undefined) return mainWord(status, reason, main);
  if (status.reason === "NodeLost") return "Unknown";
  const hasEnded = status.phase === "Succeeded" || status.phase === "Failed";
  return hasEnded ? mainWord(status, reason, main) : "Terminating";
}

/** `Completed` of one container yields to what the others do. */
function mainWord(status: PodStatus, reason: string, main: MainWalk | undefined): string {
  if (reason !== "Completed" || main === undefined) return reason;
  if (main.hasRunning && hasReadyCondition(status)) return "Running";
  return main.errorReason ?? (main.hasRunning ? "NotReady" : reason);
}

function phaseWord({ phase, reason, conditions = [] }: PodStatus): string {
  const isGated = conditions.some(
    (one) => one.type === "PodScheduled" && one.reason === "SchedulingGated",
  );
  return isGated ? "SchedulingGated" : reason || (phase ?? "");
}

function hasReadyCondition({ conditions = [] }: PodStatus): boolean {
  return conditions.some((one) => one.type === "Ready" && one.status === "True");
}

function isConditionTrue({ conditions = [] }: PodStatus, type: string): boolean {
  return conditions.find((condition) => condition.type === type)?.status === "True";
}

function ownRestarts({ restartCount = 0, lastState }: ContainerStatus): Restarts {
  const finishedAt = lastState?.terminated?.finishedAt;
  return { count: restartCount, lastMs: finishedAt ? parseTime(finishedAt) : noRestarts.lastMs };
}

function restartsOf(...parts: readonly Restarts[]): Restarts {
  return {
    count: parts.reduce((sum, part) => sum + part.count, 0),
    lastMs: Math.max(...parts.map((part) => part.lastMs)),
  };
}

function restartsCell({ count, lastMs }: Restarts, nowMs: number): string {
  if (count === 0 || lastMs === noRestarts.lastMs) return String(count);
  return `${count} (${humanDuration(nowMs - lastMs)} ago)`;
}

/** How many of the gates are open; of a condition that is there twice the first counts. */
function readinessGates(
  { readinessGates: gates = [] }: PodOfRow["spec"],
  status: PodStatus,
): string {
  const open = gates.filter(({ conditionType }) => isConditionTrue(status, conditionType));
  return gates.length === 0 ? "<none>" : `${open.length}/${gates.length}`;
}

/** Absent and empty are the same in a cell. */
export function orNone(text: string | undefined): string {
  return text || "<none>";
}
