import type { Pod } from "../../machines/api/pod.ts";
import type { PodCondition } from "../../machines/api/pod-status.ts";
import type { KubeWorld } from "../system/world.ts";
import type { ApiRequest } from "./api-request.ts";

/** Why a pod cannot be bound, or undefined when it has been. pkg/registry/core/pod/storage */
export function bind(world: KubeWorld, { key = "", uid, nodeName = "" }: ApiRequest, now: number) {
  const pod = world.pod(key);
  if (pod === undefined) return `pods "${key.split("/").pop()}" not found`;
  const refusal = bindingRefusal(pod, uid);
  if (refusal !== undefined) return `Operation cannot be fulfilled on pods/binding ${refusal}`;
  const scheduled: PodCondition = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: world.time(now),
  };
  const { conditions = [], nominatedNodeName: _, ...status } = pod.status ?? {};
  const others = conditions.filter(({ type }) => type !== scheduled.type);
  world.store.put<Pod>({
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...status, conditions: [...others, scheduled] },
  });
  return undefined;
}

function bindingRefusal({ metadata, spec }: Pod, uid: string | undefined): string | undefined {
  const { name } = metadata;
  if (uid !== undefined && metadata.uid !== uid) {
    return `"${name}": the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
  }
  if (metadata.deletionTimestamp !== undefined) {
    return `"${name}": pod ${name} is being deleted, cannot be assigned to a host`;
  }
  if (spec.nodeName === undefined) return undefined;
  return `"${name}": pod ${name} is already assigned to node "${spec.nodeName}"`;
}
