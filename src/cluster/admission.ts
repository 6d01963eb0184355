import type { Pod } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import { type PodAdmitResult, predicateAdmit } from "../../machines/kubelet/admission.ts";
import { admitUnderPressure } from "../../machines/kubelet/eviction-admission.ts";
import type { AdmissionVerdict } from "../../machines/kubelet/kubelet.machine.ts";
import type { KubeWorld } from "../system/world.ts";

/** What the kubelet's admission handlers say of a pod, and the words for its status. */
export interface Admission {
  readonly verdict: AdmissionVerdict;
  readonly reason: string;
  readonly message: string;
  /** Pods that have to go for a critical one. */
  readonly preempted: readonly Pod[];
}

/** The handlers in their order; the first refusal counts. pkg/kubelet/kubelet.go canAdmitPod */
export function admitPod(world: KubeWorld, pod: Pod, nodeName: string): Admission {
  const admitted = { reason: "", message: "", preempted: [] };
  const isEnding = pod.metadata.deletionTimestamp !== undefined;
  if (isEnding || isPodPhaseTerminal(pod.status?.phase)) return { ...admitted, verdict: "skip" };
  const node = world.node(nodeName);
  const pressed = admitUnderPressure(pod, node.pressure);
  if (!pressed.admit) return { ...pressed, verdict: "Evicted", preempted: [] };
  const otherPods = node.pods.flatMap((key) => {
    const side = world.side(key);
    return side.isStopped ? [] : [side.pod];
  });
  const object = world.nodeObject(nodeName);
  const result: PodAdmitResult<Pod> = predicateAdmit({
    pod,
    otherPods,
    ...(object !== undefined && { node: object }),
  });
  if (result.admit) return { ...admitted, verdict: "admit", preempted: result.preempted };
  const { reason, message } = result;
  return { verdict: verdictOf(reason), reason, message, preempted: [] };
}

function verdictOf(reason: string): AdmissionVerdict {
  if (reason.startsWith("OutOf")) return "OutOf";
  return own.find((verdict) => verdict === reason) ?? "other";
}

const own = ["NodeAffinity", "NodeName", "NodePorts", "TaintToleration"] as const;
