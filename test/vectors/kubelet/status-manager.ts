import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { parseTime } from "../../../machines/api/time.ts";
import {
  type CachedStatus,
  canBeDeleted,
  needsReconcile,
  setContainerReadiness,
  setContainerStartup,
  setPodStatus,
} from "../../../machines/kubelet/status-cache.ts";
import { isPodStatusByKubeletEqual } from "../../../machines/kubelet/status-equality.ts";
import { mergePodStatus } from "../../../machines/kubelet/status-merge.ts";
import { normalizeStatus } from "../../../machines/kubelet/status-normalize.ts";
import { checkContainerStateTransition } from "../../../machines/kubelet/status-transition.ts";
import { terminatePod } from "../../../machines/kubelet/terminate-pod.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";

/** All that any of the functions is given; each reads its own part. */
interface Input {
  readonly op: string;
  readonly pod: PodInput;
  readonly podKnown?: boolean;
  readonly mirrorPod?: PodInput;
  readonly cachedStatus?: PodStatus;
  readonly status: PodStatus;
  readonly oldStatus: PodStatus;
  readonly newStatus: PodStatus;
  readonly now: string;
  readonly couldHaveRunningContainers: boolean;
  readonly containerID: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly podIsFinished: boolean;
}

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  merge: ({ pod, oldStatus, newStatus, couldHaveRunningContainers, now }) => ({
    status: mergePodStatus(
      podOf(pod),
      oldStatus,
      newStatus,
      couldHaveRunningContainers,
      parseTime(now),
    ),
  }),
  terminatePod: (input) =>
    changed(input, (cached, nowMs) =>
      terminatePod(podOf(input.pod), cached, nowMs, mirrorOf(input)),
    ),
  setContainerReadiness: (input) =>
    changed(input, (cached, nowMs) =>
      setContainerReadiness(knownPod(input), cached, input.containerID, input.ready, nowMs),
    ),
  setContainerStartup: (input) =>
    changed(input, (cached, nowMs) =>
      setContainerStartup(knownPod(input), cached, input.containerID, input.started, nowMs),
    ),
  setPodStatus: (input) =>
    changed(input, (cached, nowMs) =>
      setPodStatus(podOf(input.pod), cached, input.newStatus, nowMs, mirrorOf(input)),
    ),
  checkTransition: ({ pod, oldStatus, newStatus }) => ({
    error: checkContainerStateTransition(oldStatus, newStatus, podOf(pod).spec) ?? "",
  }),
  equal: ({ oldStatus, newStatus }) => ({ equal: isPodStatusByKubeletEqual(oldStatus, newStatus) }),
  needsReconcile: (input) => ({
    needsReconcile: needsReconcile(knownPod(input), input.status, mirrorOf(input)),
  }),
  normalize: ({ pod, status }) => ({ status: normalizeStatus(podOf(pod).spec, status) }),
  canBeDeleted: ({ pod, podIsFinished }) => ({
    canBeDeleted: canBeDeleted(podOf(pod), podIsFinished),
  }),
};

type Change = (cached: CachedStatus | undefined, nowMs: number) => CachedStatus | undefined;

function changed({ cachedStatus, now }: Input, change: Change): unknown {
  const cached = cachedStatus && { status: cachedStatus, podIsFinished: false };
  const next = change(cached, parseTime(now));
  return { podIsFinished: false, ...next, updated: next !== cached };
}

function knownPod({ pod, podKnown = true }: Input): ReturnType<typeof podOf> | undefined {
  return podKnown ? podOf(pod) : undefined;
}

function mirrorOf({ mirrorPod }: Input): ReturnType<typeof podOf> | undefined {
  return mirrorPod && podOf(mirrorPod);
}

export function run(input: Input): unknown {
  return runners[input.op]?.(input);
}
