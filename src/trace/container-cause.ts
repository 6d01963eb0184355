import type { KubeEvent } from "../../machines/api/event.ts";
import type { Container, Pod } from "../../machines/api/pod.ts";
import type {
  ContainerState,
  ContainerStateTerminated,
  ContainerStatus,
} from "../../machines/api/pod-status.ts";
import { eventText, isSince, joined, type PodChange } from "./pod-change.ts";

/** What happened to containers; the kinds of change in the order in which they make the STATUS. */
export function containersCause(change: PodChange): string | undefined {
  const before = allStatuses(change.before);
  const steps = allStatuses(change.pod).map((now): ContainerStep => {
    return { now, before: before.find(({ name }) => name === now.name), change };
  });
  return (
    firstText(steps, waitingText) ??
    exitsText(steps) ??
    startsText(steps) ??
    firstText(steps, readinessText)
  );
}

interface ContainerStep {
  readonly now: ContainerStatus;
  readonly before: ContainerStatus | undefined;
  readonly change: PodChange;
}

function firstText(
  steps: readonly ContainerStep[],
  textOf: (step: ContainerStep) => string | undefined,
): string | undefined {
  for (const step of steps) {
    const text = textOf(step);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A container that waits for something other than its turn. */
function waitingText(step: ContainerStep): string | undefined {
  const { reason = "", message } = step.now.state?.waiting ?? {};
  if (reason === "" || inTurn.has(reason)) return undefined;
  if (reason === step.before?.state?.waiting?.reason) return undefined;
  const isBackOff = reason.endsWith("BackOff");
  return failureText(step, isBackOff) ?? joined(reason, message);
}

const inTurn: ReadonlySet<string> = new Set(["ContainerCreating", "PodInitializing"]);

/** The last Event about the container that says what does not work. */
function failureText(step: ContainerStep, isBackOff = false): string | undefined {
  const event = eventsOf(step).findLast(({ type, reason, message }) => {
    if (isBackOff || reason === "BackOff") return isBackOff && reason === "BackOff";
    return type === "Warning" && reason !== "Unhealthy" && !saysNoMore.test(message);
  });
  return event && containerText(step, event);
}

/** `Error: ErrImagePull`, which follows the Event with the whole sentence. */
const saysNoMore = /^Error: \w+$/;

function exitsText(steps: readonly ContainerStep[]): string | undefined {
  const exits = steps.flatMap((step) => {
    const exit = newExit(step);
    return exit === undefined ? [] : [{ text: exitText(step, exit), startedAt: exit.startedAt }];
  });
  const change = steps[0]?.change;
  if (exits.length === 0 || change === undefined) return undefined;
  const earliest = exits.map(({ startedAt = "" }) => startedAt).toSorted()[0] ?? "";
  const why = endOfPod(change, earliest);
  return exits.map(({ text }) => text).join(", ") + (why === undefined ? "" : ` after ${why}`);
}

function newExit({ now, before }: ContainerStep): ContainerStateTerminated | undefined {
  const known = exitsOf(before);
  return exitsOf(now).find((exit) => !known.some((other) => isSame(exit, other)));
}

function exitText(step: ContainerStep, exit: ContainerStateTerminated): string {
  const { name } = step.now;
  const { reason = "", exitCode, startedAt } = exit;
  if (startFailures.has(reason)) return failureText(step) ?? `${name} ${reason}`;
  const kill = eventsOf(step).findLast((event) => event.reason === "Killing");
  if (kill !== undefined && !isForThePod(kill) && isSince(kill, startedAt)) {
    return containerText(step, kill);
  }
  return exitReasons.has(reason) ? `${name} exited ${exitCode}` : `${name} ${reason}`;
}

/** pkg/kubelet/kuberuntime: what is said of a container that never ran. */
const startFailures: ReadonlySet<string> = new Set(["StartError", "ContainerCannotRun"]);
/** What an exit code says already. */
const exitReasons: ReadonlySet<string> = new Set(["", "Error", "Completed"]);

/** `Stopping container app`: the whole pod ends, and why is told elsewhere. */
function isForThePod({ message }: KubeEvent): boolean {
  return message.startsWith("Stopping container");
}

/** Evicted, Preempting, DeadlineExceeded: the Event about the pod that made its containers stop. */
function endOfPod({ events, pod }: PodChange, since: string): string | undefined {
  const isStopped = events.some((event) => isForThePod(event) && isSince(event, since));
  if (!isStopped || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const event = events.findLast(({ type, involvedObject }) => {
    return type === "Warning" && involvedObject.fieldPath === undefined;
  });
  return event !== undefined && isSince(event, since) ? eventText(event) : undefined;
}

/** Containers that start together have one text. */
function startsText(steps: readonly ContainerStep[]): string | undefined {
  const started = steps.filter(({ now: { state }, before }) => {
    const startedAt = state?.running?.startedAt;
    return startedAt !== undefined && startedAt !== before?.state?.running?.startedAt;
  });
  const [first] = started;
  if (first === undefined) return undefined;
  const event = eventsOf(first).findLast(({ reason }) => reason === "Started");
  const text = event === undefined ? "Started" : eventText(event);
  const names = started.map(({ now }) => now.name).join(", ");
  return isAlone(first.change.pod) ? text : `${names} ${text}`;
}

/** No Event tells of a probe that succeeds. */
function readinessText(step: ContainerStep): string | undefined {
  const { now, before } = step;
  const { startupProbe, readinessProbe } = specOf(step) ?? {};
  if (startupProbe !== undefined && now.started === true && before?.started !== true) {
    return `Startup probe of ${now.name} succeeded`;
  }
  const wasReady = before?.ready === true;
  if (now.ready === undefined || now.ready === wasReady) return undefined;
  if (now.ready)
    return readinessProbe ? `Readiness probe of ${now.name} succeeded` : `${now.name} ready`;
  const event = eventsOf(step).findLast(({ reason }) => reason === "Unhealthy");
  return event === undefined ? `${now.name} not ready` : containerText(step, event);
}

function specOf({ now, change }: ContainerStep): Container | undefined {
  const { containers, initContainers = [] } = change.pod.spec;
  return [...containers, ...initContainers].find(({ name }) => name === now.name);
}

function eventsOf({ now, change }: ContainerStep): readonly KubeEvent[] {
  return change.events.filter(({ involvedObject: { fieldPath = "" } }) => {
    return fieldPath.endsWith(`ontainers{${now.name}}`);
  });
}

/** In a pod of several containers the Event alone would not say which one is meant. */
function containerText({ now, change }: ContainerStep, event: KubeEvent): string {
  const text = eventText(event);
  return isAlone(change.pod) ? text : `${now.name} ${text}`;
}

function isAlone({ spec }: Pod): boolean {
  return spec.containers.length + (spec.initContainers?.length ?? 0) === 1;
}

function allStatuses(pod: Pod | undefined): readonly ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod?.status ?? {};
  return [...initContainerStatuses, ...containerStatuses];
}

function exitsOf(status: ContainerStatus | undefined): readonly ContainerStateTerminated[] {
  const states: readonly (ContainerState | undefined)[] = [status?.state, status?.lastState];
  return states.flatMap((state) => state?.terminated ?? []);
}

function isSame(a: ContainerStateTerminated, b: ContainerStateTerminated): boolean {
  return a.containerID === b.containerID && a.finishedAt === b.finishedAt;
}
