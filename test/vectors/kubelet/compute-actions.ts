import type { Pod } from "../../../machines/api/pod.ts";
import { killMessage } from "../../../machines/kubelet/container-kill.ts";
import { computePodActions } from "../../../machines/kubelet/pod-actions.ts";
import type { ProbeResults } from "../../../machines/kubelet/pod-view.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";

interface Input {
  readonly pod: Pod;
  readonly runtimeStatus: RuntimeStatus;
  readonly probeResults?: ProbeResults;
}

export function run({ pod, runtimeStatus, probeResults }: Input): unknown {
  const { containersToKill, ...actions } = computePodActions(pod, runtimeStatus, probeResults);
  const kills = containersToKill.map((kill) => ({
    id: kill.id,
    name: kill.name,
    message: killMessage(kill),
    killReason: kill.reason,
  }));
  return { ...actions, containersToKill: kills.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}
