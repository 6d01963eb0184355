import type { ContainerStatus } from "../../../machines/api/pod-status.ts";
import { getPhase } from "../../../machines/kubelet/pod-phase.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";

interface Input {
  readonly pod: PodInput;
  readonly statuses: readonly ContainerStatus[];
  readonly podIsTerminal: boolean;
  readonly podHasInitialized: boolean;
}

export function run({ pod, statuses, podIsTerminal, podHasInitialized }: Input): unknown {
  return { phase: getPhase(podOf(pod), statuses, podIsTerminal, podHasInitialized) };
}
