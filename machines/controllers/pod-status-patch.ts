import type { Pod } from "../api/pod.ts";
import { getPodCondition } from "../api/pod-readiness.ts";
import type { PodCondition, PodStatus } from "../api/pod-status.ts";
import { formatTime } from "../api/time.ts";
import { isFields } from "../apiserver/patch-value.ts";
import { Refusals } from "../apiserver/patch-refusals.ts";
import { diffMaps } from "../kubectl/strategic-diff.ts";
import type { ApiRequest } from "./sync.ts";

/**
 * Makes a pod's status another; undefined when it is so already. Source: pkg/util/pod/pod.go
 * PatchPodStatus.
 */
export function patchPodStatus({ metadata, status }: Pod, next: PodStatus): ApiRequest | undefined {
  const { namespace = "", name, uid } = metadata;
  const [before, after] = [{ status }, { metadata: { uid }, status: next }];
  if (!isFields(before) || !isFields(after)) return undefined;
  const patch = diffMaps(before, after, "Pod", { setsElementOrder: true }, new Refusals());
  if (!("status" in patch)) return undefined;
  const patchType = "application/strategic-merge-patch+json";
  const place = { resource: "pods", subresource: "status", namespace, name };
  return { verb: "patch", ...place, patch, patchType };
}

/** Why somebody takes a pod away; undefined when that has been told. UpdatePodCondition */
export function withDisruptionTarget(
  pod: Pod,
  reason: string,
  message: string,
  nowMs: number,
): PodStatus | undefined {
  const type = "DisruptionTarget";
  const { status = {}, metadata } = pod;
  const { generation = 0 } = metadata;
  const current = getPodCondition(pod, type);
  const isSame =
    current?.status === "True" &&
    current.reason === reason &&
    current.message === message &&
    (current.observedGeneration ?? 0) === generation;
  if (isSame) return undefined;
  const since = current?.status === "True" ? current.lastTransitionTime : formatTime(nowMs);
  const condition: PodCondition = {
    type,
    ...(generation !== 0 && { observedGeneration: generation }),
    status: "True",
    ...(since !== undefined && { lastTransitionTime: since }),
    reason,
    message,
  };
  const { conditions = [] } = status;
  const replaced = conditions.map((one) => (one.type === type ? condition : one));
  const next = current === undefined ? [...conditions, condition] : replaced;
  return { ...status, conditions: next };
}
