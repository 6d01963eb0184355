import type { ObjectMeta } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus, PodCondition, PodStatus } from "../../machines/api/pod-status.ts";

/** The same pod with another status. */
export function withStatus(pod: Pod, change: Partial<PodStatus>): Pod {
  return { ...pod, status: { ...pod.status, ...change } };
}

export function withMetadata(pod: Pod, change: Partial<ObjectMeta>): Pod {
  return { ...pod, metadata: { ...pod.metadata, ...change } };
}

/** The first container status for which there is a change, changed; undefined: there is none. */
export function withContainer(
  pod: Pod,
  change: (status: ContainerStatus) => Partial<ContainerStatus> | undefined,
  list: "containerStatuses" | "initContainerStatuses" = "containerStatuses",
): Pod | undefined {
  const statuses = pod.status?.[list] ?? [];
  for (const [at, status] of statuses.entries()) {
    const changed = change(status);
    if (changed !== undefined) {
      return withStatus(pod, { [list]: statuses.with(at, { ...status, ...changed }) });
    }
  }
  return undefined;
}

/** The condition of a type changed; undefined when the pod has none or nothing is to change. */
export function withCondition(
  pod: Pod,
  type: string,
  change: (condition: PodCondition) => Partial<PodCondition> | undefined,
): Pod | undefined {
  const conditions = pod.status?.conditions ?? [];
  const at = conditions.findIndex((one) => one.type === type);
  const found = conditions[at];
  const changed = found && change(found);
  if (found === undefined || changed === undefined) return undefined;
  return withStatus(pod, { conditions: conditions.with(at, { ...found, ...changed }) });
}
