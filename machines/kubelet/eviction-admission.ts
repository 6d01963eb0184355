import type { PodSpec } from "../api/pod.ts";
import { getPodQOS } from "../api/pod-qos.ts";
import { toleratesTaint } from "../api/toleration.ts";
import { isCriticalPod, type PodOfPriority } from "./critical-pod.ts";
import { evicted } from "./eviction-message.ts";
import type { PressureCondition } from "./eviction-signals.ts";

/** Whether the kubelet takes a pod in; a refused one fails with this reason and message. */
export type EvictionAdmission =
  | { readonly admit: true }
  | { readonly admit: false; readonly reason: typeof evicted; readonly message: string };

export type PodOfAdmission = PodOfPriority &
  Parameters<typeof getPodQOS>[0] & { readonly spec: Pick<PodSpec, "tolerations"> };

/**
 * Under memory pressure alone only BestEffort pods are refused that do not tolerate it; under any
 * other pressure all but critical ones. pkg/kubelet/eviction/eviction_manager.go Admit
 */
export function admitUnderPressure(
  pod: PodOfAdmission,
  nodeConditions: readonly PressureCondition[],
): EvictionAdmission {
  if (nodeConditions.length === 0 || isCriticalPod(pod)) return { admit: true };
  const hasOnlyMemoryPressure =
    nodeConditions.length === 1 && nodeConditions[0] === "MemoryPressure";
  if (hasOnlyMemoryPressure && standsMemoryPressure(pod)) return { admit: true };
  const message = `The node had condition: [${nodeConditions.join(" ")}]. `;
  return { admit: false, reason: evicted, message };
}

function standsMemoryPressure(pod: PodOfAdmission): boolean {
  if (getPodQOS(pod) !== "BestEffort") return true;
  const taint = { key: "node.kubernetes.io/memory-pressure", effect: "NoSchedule" } as const;
  return (pod.spec.tolerations ?? []).some((toleration) => toleratesTaint(toleration, taint));
}
