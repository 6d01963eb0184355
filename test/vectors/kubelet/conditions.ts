import type { ContainerStatus, PodCondition, PodPhase } from "../../../machines/api/pod-status.ts";
import {
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
  generatePodReadyToStartContainersCondition,
} from "../../../machines/kubelet/pod-conditions.ts";
import {
  clearPodResizeInProgressCondition,
  clearPodResizePendingCondition,
  isPodResizeDeferred,
  isPodResizeInfeasible,
  listResizeConditions,
  type ResizeConditions,
  setPodResizeInProgressCondition,
  setPodResizePendingCondition,
} from "../../../machines/kubelet/resize-conditions.ts";
import type { SandboxRecord } from "../../../machines/kubelet/runtime-status.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";

interface StatusesInput {
  readonly pod: PodInput;
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly conditions?: readonly PodCondition[];
  readonly phase?: PodPhase;
}

interface SandboxesInput {
  readonly pod: PodInput;
  readonly sandboxes: readonly SandboxRecord[];
}

interface ResizeStep {
  readonly op: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration: number;
}

/** What the call returned, with the conditions afterwards. */
interface Resized {
  readonly conditions: ResizeConditions;
  readonly changed?: boolean;
  readonly cleared?: boolean;
  readonly observedGeneration?: number;
}

const runners: Readonly<Record<string, (input: never) => unknown>> = {
  containersReady: ({ pod, containerStatuses, phase }: StatusesInput) => ({
    condition: generateContainersReadyCondition(podOf(pod), containerStatuses, phase),
  }),
  ready: ({ pod: input, containerStatuses, conditions = [], phase }: StatusesInput) => {
    const pod = podOf(input);
    const containersReady = generateContainersReadyCondition(pod, containerStatuses, phase);
    return { condition: generatePodReadyCondition(pod, conditions, containersReady) };
  },
  initialized: ({ pod, containerStatuses, phase }: StatusesInput) => ({
    condition: generatePodInitializedCondition(podOf(pod), containerStatuses, phase),
  }),
  readyToStartContainers: ({ pod, sandboxes }: SandboxesInput) => ({
    condition: generatePodReadyToStartContainersCondition(podOf(pod), sandboxes),
  }),
  resize: ({ steps }: { readonly steps: readonly ResizeStep[] }) => ({ steps: resize(steps) }),
};

function resize(steps: readonly ResizeStep[]): readonly unknown[] {
  let kept: ResizeConditions = {};
  return steps.map((step) => {
    const { conditions, ...returned } = resized(kept, step);
    kept = conditions;
    return {
      ...returned,
      conditions: listResizeConditions(kept).map(withoutTimes),
      deferred: isPodResizeDeferred(kept),
      infeasible: isPodResizeInfeasible(kept),
    };
  });
}

function resized(kept: ResizeConditions, step: ResizeStep): Resized {
  switch (step.op) {
    case "setPending":
      return setPodResizePendingCondition(kept, step, 0);
    case "setInProgress": {
      const set = setPodResizeInProgressCondition(kept, step, 0);
      const observedGeneration = set.conditions.inProgress?.observedGeneration ?? 0;
      return { ...set, observedGeneration };
    }
    case "clearPending":
      return { conditions: clearPodResizePendingCondition(kept) };
    default: {
      const conditions = clearPodResizeInProgressCondition(kept);
      const observedGeneration = kept.inProgress?.observedGeneration ?? 0;
      return { conditions, cleared: conditions !== kept, observedGeneration };
    }
  }
}

function withoutTimes(condition: PodCondition): unknown {
  const { lastProbeTime: _probe, lastTransitionTime: _transition, ...rest } = condition;
  return rest;
}

export function run(input: never): unknown {
  const { op }: { readonly op: string } = input;
  return runners[op]?.(input);
}
