import type { Pod } from "../../../machines/api/pod.ts";
import { type PodAdmitAttributes, predicateAdmit } from "../../../machines/kubelet/admission.ts";
import { withVerdict } from "../../../machines/kubelet/kill-verdict.ts";
import { preempting, preemptionVerdict } from "../../../machines/kubelet/preemption.ts";

interface Input extends PodAdmitAttributes<Pod> {
  readonly nodeUnavailable?: boolean;
}

export function run({ nodeUnavailable = false, node, ...input }: Input): unknown {
  const result = predicateAdmit({
    ...input,
    ...(node === undefined || nodeUnavailable ? {} : { node }),
  });
  const preempted = result.admit ? result.preempted : [];
  return {
    admit: result.admit,
    reason: result.admit ? "" : result.reason,
    message: result.admit ? "" : result.message,
    events: preempted.map((pod) => ({ ...preempting, object: `Pod/${pod.metadata.name}` })),
    preempted: preempted.map((pod) => ({
      pod: pod.metadata.name,
      isEvicted: true,
      gracePeriodSecondsOverride: null,
      status: withVerdict(pod.status ?? {}, preemptionVerdict, pod.metadata.generation),
    })),
  };
}
