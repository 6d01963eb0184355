import type { Pod } from "../api/pod.ts";
import type { PodCondition } from "../api/pod-status.ts";
import type { ApiStatus } from "./api-status.ts";

/** Which pod is to run where; v1 Binding. */
export interface Binding {
  readonly node: string;
  /** Of the pod that was meant. */
  readonly uid?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Why a pod cannot be bound. pkg/registry/core/pod/storage/storage.go setPodHostAndAnnotations */
export function bindingRefusal(
  { metadata, spec }: Pod,
  uid: string | undefined,
): ApiStatus | undefined {
  const { name } = metadata;
  if (uid !== undefined && metadata.uid !== uid) {
    const uids = `(${uid}) does not match the UID in record (${metadata.uid})`;
    return conflict(name, `the UID in the precondition ${uids}`);
  }
  if (metadata.deletionTimestamp !== undefined) {
    return conflict(name, `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (spec.nodeName) {
    return conflict(name, `pod ${name} is already assigned to node "${spec.nodeName}"`);
  }
  const isGated = (spec.schedulingGates ?? []).length > 0;
  return isGated ? conflict(name, `pod ${name} has non-empty .spec.schedulingGates`) : undefined;
}

function conflict(name: string, why: string): ApiStatus {
  const message = `Operation cannot be fulfilled on pods/binding "${name}": ${why}`;
  return { code: 409, reason: "Conflict", message, details: { name, kind: "pods/binding" } };
}

/** The pod as it is once it has its node. `time` is now, RFC 3339. */
export function bound(pod: Pod, { node: nodeName, annotations }: Binding, time: string): Pod {
  const scheduled: PodCondition = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: time,
  };
  const { conditions = [], nominatedNodeName: _, ...status } = pod.status ?? {};
  const others = conditions.filter(({ type }) => type !== scheduled.type);
  const after: Pod = {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...status, conditions: [...others, scheduled] },
  };
  if (annotations === undefined) return after;
  const all = { ...pod.metadata.annotations, ...annotations };
  return { ...after, metadata: { ...pod.metadata, annotations: all } };
}
