import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus } from "../../machines/api/pod-status.ts";
import { type ContainerStep, containersOf, everyStep, isRemoved } from "./containers-of.ts";
import { afterSome, ofEachLife, ofEachStep, type PodVersion, type Property } from "./property.ts";
import { withContainer } from "./wrong-pods.ts";

/** What holds of the processes of a container, one after the other. */
export const restartProperties: readonly Property[] = [
  ofEachStep(
    "a regular container's restartCount never falls",
    everyStep((step) => step.before.kind !== "regular" || !isReset(step)),
    (pod) => withContainer(pod, countedAnew),
  ),
  ofEachLife(
    "an init container's restartCount never falls but in another sandbox than its pod's first",
    (versions) => inFirstSandbox(versions, (step) => !isReset(step)),
    afterSome((pod) => withContainer(pod, countedAnew, "initContainerStatuses")),
  ),
  ofEachLife(
    "a container's containerID only ever changes with its restartCount or its pod's sandbox",
    (versions) => inFirstSandbox(versions, (step) => !isReplaced(step) || isRestarted(step)),
    afterSome((pod) =>
      withContainer(pod, ({ containerID }) =>
        containerID === undefined ? undefined : { containerID: `${containerID}0` },
      ),
    ),
  ),
  ofEachStep(
    "a container's restartCount only ever grows with another containerID or the loss of one",
    everyStep((step) => {
      return !isRestarted(step) || hasOtherId(step) || isLost(step) || isRemoved(step.after.status);
    }),
    (pod) => withContainer(pod, ({ restartCount = 0 }) => ({ restartCount: restartCount + 1 })),
  ),
  ofEachStep(
    "a regular container that has ended never runs again but as a restart",
    everyStep((step) => {
      return step.before.kind !== "regular" || !runsAgain(step) || isRestarted(step);
    }),
    runningAgain,
  ),
  ofEachStep(
    "an ended container of a pod with restartPolicy Never always stays ended",
    everyStep((step, { spec }) => {
      return !isRuledBy("Never", step, spec) || !leavesTerminated(step);
    }),
    (pod) => (pod.spec.restartPolicy === "Never" ? runningAgain(pod) : undefined),
  ),
  ofEachStep(
    "a container of a pod with restartPolicy OnFailure always stays ended once it has succeeded",
    everyStep((step, { spec }) => {
      const hasSucceeded = step.before.status.state?.terminated?.exitCode === 0;
      return !isRuledBy("OnFailure", step, spec) || !hasSucceeded || !leavesTerminated(step);
    }),
    (pod) => {
      const codes = containersOf(pod).map(({ status }) => status.state?.terminated?.exitCode);
      const isExample = pod.spec.restartPolicy === "OnFailure" && codes.includes(0);
      return isExample ? runningAgain(pod) : undefined;
    },
  ),
  ofEachLife(
    "what a pod's status says of the end of one process never changes",
    (versions) => {
      const ends = new Map<string, string>();
      return versions.filter(({ pod }) => !endsOf(pod).every((end) => isSameIn(ends, end)));
    },
    afterSome((pod) =>
      withContainer(pod, ({ state: { terminated } = {} }) => {
        if (terminated?.containerID === undefined) return undefined;
        return { state: { terminated: { ...terminated, exitCode: terminated.exitCode + 1 } } };
      }),
    ),
  ),
  ofEachLife(
    "one process never has two start times",
    (versions) => {
      const starts = new Map<string, string>();
      return versions.filter(({ pod }) => !startsOf(pod).every((one) => isSameIn(starts, one)));
    },
    afterSome((pod) => withContainer(pod, startedLongAgo)),
  ),
  ofEachLife(
    "a container never starts before its last process has ended",
    (versions) => versions.filter(({ pod }) => containersOf(pod).some(overlaps)),
    afterSome((pod) =>
      withContainer(pod, (status) => {
        return status.lastState?.terminated === undefined ? undefined : startedLongAgo(status);
      }),
    ),
  ),
];

function restartsOf({ status }: ContainerStep["before"]): number {
  return status.restartCount ?? 0;
}

function isRestarted({ before, after }: ContainerStep): boolean {
  return restartsOf(after) > restartsOf(before);
}

/** A container that the runtime had lost counts as restarted, until it is found again. */
function isReset(step: ContainerStep): boolean {
  return !wasLost(step) && restartsOf(step.after) < restartsOf(step.before);
}

function wasLost({ before }: ContainerStep): boolean {
  return before.status.state?.terminated?.reason === "ContainerStatusUnknown";
}

/** The versions in which something does not hold although the pod has had one address only. */
function inFirstSandbox(
  versions: readonly PodVersion[],
  holds: (step: ContainerStep) => boolean,
): readonly PodVersion[] {
  const addresses = new Set<string>();
  return versions.filter(({ pod }, index) => {
    const { podIP } = pod.status ?? {};
    if (podIP !== undefined) addresses.add(podIP);
    const before = versions[index - 1];
    const isFirst = addresses.size < 2 && pod.spec.hostNetwork !== true;
    return isFirst && before !== undefined && !everyStep(holds)(before.pod, pod);
  });
}

/** Another container, not only the loss of the one before. */
function isReplaced(step: ContainerStep): boolean {
  const { before, after } = step;
  const isKnown = before.status.containerID !== undefined && after.status.containerID !== undefined;
  return isKnown && !wasLost(step) && !isRemoved(before.status) && hasOtherId(step);
}

function hasOtherId({ before, after }: ContainerStep): boolean {
  return before.status.containerID !== after.status.containerID;
}

function isLost({ after }: ContainerStep): boolean {
  return after.status.state?.terminated?.reason === "ContainerStatusUnknown";
}

function leavesTerminated({ before, after }: ContainerStep): boolean {
  const [old, next] = [before, after].map(({ status }) => status.state?.terminated);
  return old !== undefined && next === undefined && !isRemoved(after.status);
}

function runsAgain({ before, after }: ContainerStep): boolean {
  const hasEnded = before.status.state?.terminated !== undefined;
  return hasEnded && !wasLost({ before, after }) && after.status.state?.running !== undefined;
}

/** The pod's policy is this regular container's, and no rule says otherwise. */
function isRuledBy(
  policy: "Never" | "OnFailure",
  { before: { kind, container } }: ContainerStep,
  spec: Pod["spec"],
): boolean {
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  const hasRules = all.some(({ restartPolicyRules = [] }) => restartPolicyRules.length > 0);
  const isOwn = container.restartPolicy !== undefined;
  return spec.restartPolicy === policy && kind === "regular" && !isOwn && !hasRules;
}

function runningAgain(pod: Pod): Pod | undefined {
  return withContainer(pod, ({ state }) =>
    state?.terminated === undefined ? undefined : { state: { running: { startedAt: longAgo } } },
  );
}

function startedLongAgo({ state }: ContainerStatus): Partial<ContainerStatus> | undefined {
  return state?.running && { state: { running: { startedAt: longAgo } } };
}

function countedAnew({ restartCount = 0 }: ContainerStatus): Partial<ContainerStatus> | undefined {
  return restartCount > 0 ? { restartCount: 0 } : undefined;
}

const longAgo = "2000-01-01T00:00:00Z";

/** A process, and what is said of it. */
type Said = readonly [string, string];

function endsOf(pod: Pod): readonly Said[] {
  return containersOf(pod).flatMap(({ status: { state, lastState } }) =>
    [lastState?.terminated, state?.terminated].flatMap((end): Said[] =>
      end?.containerID === undefined ? [] : [[end.containerID, JSON.stringify(end)]],
    ),
  );
}

function startsOf(pod: Pod): readonly Said[] {
  return containersOf(pod).flatMap(({ status: { containerID, state = {} } }): Said[] => {
    const startedAt = (state.running ?? state.terminated)?.startedAt;
    return containerID === undefined || !startedAt ? [] : [[containerID, startedAt]];
  });
}

/** Remembers what was said first. */
function isSameIn(known: Map<string, string>, [process, said]: Said): boolean {
  const before = known.get(process) ?? said;
  known.set(process, before);
  return before === said;
}

function overlaps({ status: { state = {}, lastState } }: ContainerStep["before"]): boolean {
  const startedAt = (state.running ?? state.terminated)?.startedAt;
  const finishedAt = lastState?.terminated?.finishedAt;
  return Boolean(startedAt && finishedAt && startedAt < finishedAt);
}
