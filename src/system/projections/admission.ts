import type { Pod } from "../../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../../machines/api/pod-status.ts";
import { type PodAdmitResult, predicateAdmit } from "../../../machines/kubelet/admission.ts";
import { isCriticalPod } from "../../../machines/kubelet/critical-pod.ts";
import { declaredFeaturesRefusal } from "../../../machines/kubelet/declared-features.ts";
import { admitUnderPressure } from "../../../machines/kubelet/eviction-admission.ts";
import type { AdmissionVerdict } from "../../../machines/kubelet/kubelet.machine.ts";
import { preempting, preemptionVerdict } from "../../../machines/kubelet/preemption.ts";
import { keyOf } from "../../store/store.ts";
import type { Emission, Receiver } from "../composition.ts";
import { declaredFeaturesOf } from "../gates.ts";
import type { Detail } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";
import { recordEventOf, recordPodEvent } from "./events.ts";
import { addPod } from "./node.ts";
import { rejectPod } from "./status.ts";

/** What the kubelet's admission handlers say of a pod, and the words for its status. */
export interface Admission {
  readonly verdict: AdmissionVerdict;
  readonly reason: string;
  readonly message: string;
  /** Pods that have to go for a critical one. */
  readonly preempted: readonly Pod[];
}

/** The handlers in their order; the first refusal counts. pkg/kubelet/kubelet.go canAdmitPod */
export function admissionOf(world: KubeWorld, key: string, nodeName: string): Admission {
  const admitted = { reason: "", message: "", preempted: [] };
  const pod = world.pod(key);
  const isEnding = pod === undefined || pod.metadata.deletionTimestamp !== undefined;
  if (isEnding || isPodPhaseTerminal(pod.status?.phase)) return { verdict: "skip", ...admitted };
  const node = world.node(nodeName);
  const pressed = admitUnderPressure(pod, node.pressure);
  if (!pressed.admit) return { verdict: "Evicted", preempted: [], ...pressed };
  const otherPods = otherAdmittedPods(world, nodeName, key);
  const object = world.nodeObject(nodeName);
  const result: PodAdmitResult<Pod> = predicateAdmit({
    pod,
    otherPods,
    ...(object !== undefined && { node: object }),
  });
  if (result.admit) {
    const refused = declaredFeaturesRefusal(pod.spec, declaredFeaturesOf(world, nodeName));
    if (refused !== undefined) return { verdict: refused.reason, preempted: [], ...refused };
    return { verdict: "admit", ...admitted, preempted: result.preempted };
  }
  const { reason, message } = result;
  return { verdict: verdictOf(reason), reason, message, preempted: [] };
}

/** The other pods of a node, with the resources that it has given them. getAllocatedPods */
export function otherAdmittedPods(world: KubeWorld, node: string, key: string): readonly Pod[] {
  const pods = world.activePods(node);
  return world.findSide(key) === undefined ? pods : pods.filter((pod) => keyOf(pod) !== key);
}

function verdictOf(reason: string): AdmissionVerdict {
  if (reason.startsWith("OutOf")) return "OutOf";
  return own.find((verdict) => verdict === reason) ?? "other";
}

const own = ["NodeAffinity", "NodePorts", "TaintToleration"] as const;

/** From now on the pod is the kubelet's; who is in a critical one's way is condemned. */
export function admit(world: KubeWorld, emission: Emission): void {
  const key = podIn(emission.detail);
  for (const victim of victimsOf(world, emission)) {
    recordPodEvent(world, emission.now, victim, preempting);
    world.change(victim, { verdict: preemptionVerdict });
  }
  addPod(world, key);
}

/** The workers of those who have to go, each with its own grace period. evictPodsToFreeRequests */
export function workersOfVictims(world: KubeWorld, emission: Emission): readonly Receiver[] {
  const victims = victimsOf(world, emission);
  return victims.map((pod) => ({ machine: "podWorker", subject: { pod } }));
}

/** The admitted pod's own worker. */
export function workerOfAdded(world: KubeWorld, { detail }: Emission): Receiver | undefined {
  const pod = podIn(detail);
  return world.findSide(pod) && { machine: "podWorker", subject: { pod } };
}

/** A kubelet without a status of its own for the pod begins with the phase that the API shows. */
export function phaseOfAdded(world: KubeWorld, { detail }: Emission): Receiver | undefined {
  const pod = podIn(detail);
  const side = world.findSide(pod);
  const isKnown = side === undefined || side.staged !== undefined;
  const { phase = "Pending" } = side?.pod.status ?? {};
  return isKnown || phase === "Pending" ? undefined : { machine: "podPhase", subject: { pod } };
}

/** Only a critical pod has victims. */
function victimsOf(world: KubeWorld, { from, detail }: Emission): readonly string[] {
  const pod = world.pod(podIn(detail));
  if (pod === undefined || !isCriticalPod(pod)) return [];
  const { preempted } = admissionOf(world, keyOf(pod), from.subject.node ?? "");
  return preempted.map(keyOf);
}

/** A refused pod gets an Event and its last status. kubelet.go rejectPod */
export function reject(world: KubeWorld, { from, detail, now }: Emission): void {
  const key = podIn(detail);
  const pod = world.pod(key);
  if (pod === undefined) return;
  const { reason, message } = admissionOf(world, key, from.subject.node ?? "");
  recordEventOf(world, now, pod, { type: "Warning", reason, message });
  rejectPod(world, key, reason, message, now);
}

function podIn(detail: Detail | undefined): string {
  return String(detail?.["pod"] ?? "");
}
