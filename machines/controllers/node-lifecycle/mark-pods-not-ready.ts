import type { Pod } from "../../api/pod.ts";
import { getPodCondition } from "../../api/pod-readiness.ts";
import { formatTime } from "../../api/time.ts";
import { isNotFound, record, send, type Sync } from "../sync.ts";

/**
 * Their containers may run, but nobody can say so. Source:
 * pkg/controller/util/node/controller_utils.go MarkPodsNotReady.
 */
export function* markPodsNotReady(
  pods: readonly Pod[],
  nodeName: string,
  nowMs: number,
): Sync<void> {
  for (const pod of pods) {
    const ready = getPodCondition(pod, "Ready");
    if (pod.spec.nodeName !== nodeName || ready === undefined || ready.status === "False") continue;
    const lastTransitionTime = formatTime(nowMs);
    const conditions = pod.status?.conditions?.map((one) => {
      return one.type === "Ready" ? { ...one, status: "False", lastTransitionTime } : one;
    });
    const { namespace = "", name } = pod.metadata;
    const place = { resource: "pods", subresource: "status", namespace, name };
    const object = { ...pod, status: { ...pod.status, conditions } };
    const { error } = yield* send({ verb: "update", ...place, object });
    if (isNotFound(error)) continue;
    yield* record(pod, "Warning", "NodeNotReady", "Node is not ready");
  }
}
