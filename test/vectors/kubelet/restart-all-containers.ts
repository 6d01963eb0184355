import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { computePodActions } from "../../../machines/kubelet/pod-actions.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import { generateAPIPodStatus } from "../../support/generated-status.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";

interface Input {
  readonly pod: PodInput;
  readonly runtimeStatus: RuntimeStatus;
  readonly oldStatus?: PodStatus;
  readonly podIsTerminal: boolean;
}

/** With the gates NodeDeclaredFeatures and RestartAllContainersOnContainerExits on. */
export function run({ oldStatus, ...sources }: Input): unknown {
  const pod = podOf(sources.pod);
  const status = generateAPIPodStatus({
    ...sources,
    pod,
    ...(oldStatus && { cachedStatus: oldStatus }),
    gates: { RestartAllContainersOnContainerExits: true },
  });
  const { killPod, createSandbox, containersToReset } = computePodActions(
    pod,
    sources.runtimeStatus,
    {},
    true,
  );
  return { status, actions: { killPod, createSandbox, containersToReset } };
}
