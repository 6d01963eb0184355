import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus } from "../../machines/api/pod-status.ts";
import {
  type ContainerOf,
  containersOf,
  hasStarted,
  hasSucceeded,
  isRemoved,
  isReported,
} from "./containers-of.ts";
import { afterSome, ofEachLife, ofEachPod, type PodVersion, type Property } from "./property.ts";
import { withContainer, withStatus } from "./wrong-pods.ts";

/** What holds of the containers of a pod at one moment, and of their order. */
export const containerProperties: readonly Property[] = [
  ofEachLife(
    "a regular container always starts first after the init containers ended and sidecars started",
    (versions) => startsTooEarly(versions, ({ kind }) => kind === "regular"),
    afterSome((pod) => {
      const isWaiting = containersOf(pod).some(({ kind, status }) => {
        return kind !== "regular" && !hasStarted(status);
      });
      return isWaiting ? withContainer(pod, running) : undefined;
    }),
  ),
  ofEachLife(
    "an init container always starts first after the ones before it have ended or started",
    (versions) => startsTooEarly(versions, ({ kind }) => kind !== "regular"),
    afterSome((pod) => {
      const [first, second] = pod.status?.initContainerStatuses ?? [];
      if (first === undefined || second === undefined || hasStarted(first)) return undefined;
      return withStatus(pod, { initContainerStatuses: [first, { ...second, ...running() }] });
    }),
  ),
  ofEachPod(
    "ordinary init containers never run side by side",
    (pod) => containersOf(pod).filter(isRunningInit).length <= 1,
    (pod) => {
      const { initContainerStatuses: statuses = [] } = pod.status ?? {};
      const areTwo = containersOf(pod).filter(({ kind }) => kind === "init").length > 1;
      const all = statuses.map((one) => ({ ...one, ...running() }));
      return areTwo ? withStatus(pod, { initContainerStatuses: all }) : undefined;
    },
  ),
  ofEachPod(
    "a container's state is always one of waiting, running and terminated",
    every(({ status }) => Object.keys(status.state ?? {}).length === 1),
    (pod) => withContainer(pod, () => ({ state: {} })),
  ),
  ofEachPod(
    "a running container always has an id, an image and a start time",
    every(({ status: { state = {}, containerID, image, imageID } }) => {
      const isComplete = [containerID, image, imageID, state.running?.startedAt].every(Boolean);
      return state.running === undefined || isComplete;
    }),
    (pod) =>
      withContainer(pod, ({ containerID }) =>
        containerID === undefined ? { state: { running: { startedAt: "2026-01-01" } } } : undefined,
      ),
  ),
  ofEachPod(
    "an ended container always has a reason, Completed only with exit code 0, Error never with it",
    every(({ status: { state: { terminated } = {} } }) => {
      const { reason, exitCode } = terminated ?? { reason: "none", exitCode: 0 };
      const fits = reason === "Completed" ? exitCode === 0 : reason !== "Error" || exitCode !== 0;
      return Boolean(reason) && fits;
    }),
    (pod) =>
      withContainer(
        pod,
        ({ state }) =>
          state?.running && { state: { terminated: { exitCode: 1, reason: "Completed" } } },
      ),
  ),
  ofEachPod(
    "an ended container never finished before it started",
    every(({ status: { state: { terminated: { startedAt, finishedAt } = {} } = {} } }) => {
      return !startedAt || !finishedAt || startedAt <= finishedAt;
    }),
    (pod) =>
      withContainer(pod, ({ state: { terminated } = {} }) =>
        terminated?.startedAt === undefined
          ? undefined
          : { state: { terminated: { ...terminated, finishedAt: "2000-01-01T00:00:00Z" } } },
      ),
  ),
  ofEachPod(
    "a container waits in CrashLoopBackOff only after it has ended, never before",
    every(({ status: { state, lastState } }) => {
      const isInBackOff = state?.waiting?.reason === "CrashLoopBackOff";
      return !isInBackOff || lastState?.terminated !== undefined;
    }),
    (pod) =>
      withContainer(pod, ({ lastState }) =>
        lastState?.terminated === undefined
          ? { state: { waiting: { reason: "CrashLoopBackOff" } } }
          : undefined,
      ),
  ),
  ofEachPod(
    "a regular container or sidecar that is ready always runs",
    every(({ kind, status: { ready, state } }) => {
      return ready !== true || kind === "init" || state?.running !== undefined;
    }),
    (pod) => withContainer(pod, alsoReady),
  ),
  ofEachPod(
    "an ordinary init container that is ready has always succeeded, now or the time before",
    every(({ kind, status }) => {
      const isReady = kind === "init" && status.ready === true;
      return !isReady || hasSucceeded(status) || isRemoved(status);
    }),
    (pod) => withContainer(pod, alsoReady, "initContainerStatuses"),
  ),
  ofEachPod(
    "a container that has started always runs",
    every(({ status: { started, state } }) => started !== true || state?.running !== undefined),
    (pod) => withContainer(pod, ({ state }) => (state?.running ? undefined : { started: true })),
  ),
  ofEachPod(
    "a container that runs without a startup probe has always started",
    every(({ kind, container, status: { started, state } }) => {
      const mustBe = kind !== "init" && container.startupProbe === undefined;
      return !mustBe || state?.running === undefined || started === true;
    }),
    (pod) => withContainer(pod, ({ state }) => state?.running && { started: false }),
  ),
  ofEachPod(
    "the statuses of regular containers always stand in order of name, of init containers as given",
    ({ spec, status = {} }) => {
      const { containerStatuses, initContainerStatuses } = status;
      const [regular, init] = [spec.containers, spec.initContainers ?? []].map((list) =>
        list.map(({ name }) => name),
      );
      return (
        isNamed(containerStatuses, regular?.toSorted()) && isNamed(initContainerStatuses, init)
      );
    },
    (pod) => {
      const { containerStatuses = [] } = pod.status ?? {};
      const isLong = containerStatuses.length > 1;
      const turned = containerStatuses.toReversed();
      return isLong ? withStatus(pod, { containerStatuses: turned }) : undefined;
    },
  ),
];

function every(holds: (one: ContainerOf) => boolean) {
  return (pod: Pod): boolean => !isReported(pod) || containersOf(pod).every(holds);
}

/** The versions in which one of these has started for the first time although it had to wait. */
function startsTooEarly(
  versions: readonly PodVersion[],
  isMeant: (one: ContainerOf) => boolean,
): readonly PodVersion[] {
  const [done, known] = [new Set<string>(), new Set<string>()];
  return versions.filter(({ pod }) => {
    const all = containersOf(pod);
    for (const one of all) if (isDone(one)) done.add(one.container.name);
    const first = all.filter(({ container, status }) => {
      return hasStarted(status) && !known.has(container.name);
    });
    for (const { container } of first) known.add(container.name);
    return first.filter(isMeant).some((one) => !before(pod, one).every((name) => done.has(name)));
  });
}

/** A sidecar may have ended before anybody saw that it had started. */
function isDone({ kind, status }: ContainerOf): boolean {
  if (kind === "init") return hasSucceeded(status);
  const { state, lastState } = status;
  return status.started === true || [state?.terminated, lastState?.terminated].some(Boolean);
}

function before({ spec }: Pod, { kind, container }: ContainerOf): readonly string[] {
  const names = (spec.initContainers ?? []).map(({ name }) => name);
  return kind === "regular" ? names : names.slice(0, names.indexOf(container.name));
}

function isRunningInit({ kind, status }: ContainerOf): boolean {
  return kind === "init" && status.state?.running !== undefined;
}

function alsoReady({ ready }: ContainerStatus): Partial<ContainerStatus> | undefined {
  return ready === true ? undefined : { ready: true };
}

function running(): Partial<ContainerStatus> {
  return { state: { running: { startedAt: "2026-01-01T00:00:00Z" } }, containerID: "wrong" };
}

function isNamed(
  statuses: readonly ContainerStatus[] | undefined,
  names: readonly string[] | undefined,
): boolean {
  if (statuses === undefined) return true;
  return JSON.stringify(statuses.map(({ name }) => name)) === JSON.stringify(names);
}
