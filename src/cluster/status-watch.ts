import type { Pod } from "../../machines/api/pod.ts";
import { needToReconcilePodReadiness } from "../../machines/kubelet/readiness-reconcile.ts";
import { needsReconcile } from "../../machines/kubelet/status-cache.ts";
import type { SettleContext } from "../system/composition.ts";
import type { PodSide } from "../system/pod-side.ts";
import type { KubeWorld } from "../system/world.ts";

/** pkg/kubelet/status/status_manager.go syncPeriod */
const syncPeriodMs = 10_000;

/**
 * Only the status of a pod has changed at the API: a readiness gate is heard at once, and what the
 * kubelet has not written itself is held against what it knows with the next batch of statuses.
 * pkg/kubelet/kubelet.go HandlePodReconcile, pkg/kubelet/status/status_manager.go syncBatch
 */
export function statusChanged(
  { world, send, now }: Pick<SettleContext<KubeWorld>, "world" | "send" | "now">,
  key: string,
  { pod: before, sent, staged, node }: PodSide,
  pod: Pod,
): void {
  if (needToReconcilePodReadiness(pod)) {
    const to = { machine: "podWorker", subject: { pod: key } };
    send({ to, event: { type: "pod.updated" }, view: "podUpdated" });
  }
  if (pod.status === sent || !world.node(node).isWatching) return;
  const phase = pod.status?.phase ?? "Pending";
  // A kubelet that has said nothing of the pod yet begins with what the API shows.
  const machine = staged === undefined ? "podPhase" : "statusManager";
  const to = { machine, subject: { pod: key } };
  if (before.status?.phase !== phase) send({ to, event: { type: "phase.written", phase } });
  if (staged === undefined) return;
  if (!needsReconcile(pod, staged.status)) return;
  const since = (now - world.node(node).kubeletStartedAt) % syncPeriodMs;
  const event = { type: "status.compared" };
  const delayMs = syncPeriodMs - since;
  send({ to, event, view: "statusCompared", delayMs, key: "status batch" });
}
