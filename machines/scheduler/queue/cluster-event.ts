import type { ResourceList } from "../../api/meta.ts";
import type { Node, Taint } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { cmpQuantity, quantityMilliValue } from "../../api/quantity.ts";
import { podRequests, quantities } from "../../api/resources.ts";
import type { Labels } from "../../api/selector.ts";

/** What changed in the cluster; kube-scheduler framework/types.go ClusterEvent. */
export interface ClusterEvent {
  readonly resource: EventResource;
  readonly action: ActionType;
}

/** Of pods it matters whether they have a node already. */
export type EventResource =
  | "AssignedPod"
  | "UnscheduledPod"
  | "Node"
  | "PersistentVolumeClaim"
  | "PersistentVolume"
  | "StorageClass"
  | "CSINode"
  | "CSIDriver"
  | "CSIStorageCapacity"
  | "VolumeAttachment";

/** `Update` is any change that has no word of its own. */
export type ActionType =
  | "Add"
  | "Delete"
  | "Update"
  | "UpdateNodeAllocatable"
  | "UpdateNodeAnnotation"
  | "UpdateNodeCondition"
  | "UpdateNodeLabel"
  | "UpdateNodeTaint"
  | "UpdatePodGeneratedResourceClaim"
  | "UpdatePodLabel"
  | "UpdatePodScaleDown"
  | "UpdatePodSchedulingGatesEliminated"
  | "UpdatePodToleration";

/** pkg/scheduler/framework/events.go PodSchedulingPropertiesChange */
export function podSchedulingPropertiesChange(newPod: Pod, oldPod: Pod): readonly ClusterEvent[] {
  const isAssigned = (newPod.spec.nodeName ?? "") !== "";
  const resource: EventResource = isAssigned ? "AssignedPod" : "UnscheduledPod";
  const [gates = [], oldGates = []] = [newPod.spec.schedulingGates, oldPod.spec.schedulingGates];
  const [tolerations = [], old = []] = [newPod.spec.tolerations, oldPod.spec.tolerations];
  const actions: readonly (readonly [ActionType, boolean])[] = [
    ["UpdatePodLabel", !sameLabels(newPod.metadata.labels, oldPod.metadata.labels)],
    ["UpdatePodScaleDown", isScaledDown(newPod, oldPod)],
    ["UpdatePodSchedulingGatesEliminated", gates.length === 0 && oldGates.length > 0],
    ["UpdatePodToleration", tolerations.length !== old.length],
    ["UpdatePodGeneratedResourceClaim", !sameClaims(newPod, oldPod)],
  ];
  const found = actions.flatMap(([action, applies]) => (applies ? [{ resource, action }] : []));
  return found.length === 0 ? [{ resource, action: "Update" }] : found;
}

/** pkg/scheduler/framework/events.go NodeSchedulingPropertiesChange: often there is none. */
export function nodeSchedulingPropertiesChange(
  newNode: Node,
  oldNode: Node,
): readonly ClusterEvent[] {
  const isUncordoned = oldNode.spec?.unschedulable === true && newNode.spec?.unschedulable !== true;
  const [status = {}, before = {}] = [newNode.status, oldNode.status];
  const { annotations } = newNode.metadata;
  const actions: readonly (readonly [ActionType, boolean])[] = [
    ["UpdateNodeTaint", isUncordoned],
    ["UpdateNodeAllocatable", !sameAmounts(status.allocatable, before.allocatable)],
    ["UpdateNodeLabel", !sameLabels(newNode.metadata.labels, oldNode.metadata.labels)],
    ["UpdateNodeTaint", !sameTaints(newNode, oldNode)],
    ["UpdateNodeCondition", !sameLabels(conditionsOf(newNode), conditionsOf(oldNode))],
    ["UpdateNodeAnnotation", !sameLabels(annotations, oldNode.metadata.annotations)],
  ];
  return actions.flatMap(([action, applies]): readonly ClusterEvent[] =>
    applies ? [{ resource: "Node", action }] : [],
  );
}

/** Absent is empty. */
export function sameLabels(one: Labels = {}, other: Labels = {}): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** In the same order. */
export function sameTaints({ spec: one = {} }: Node, { spec: other = {} }: Node): boolean {
  const [taints = [], others = []] = [one.taints, other.taints];
  return (
    taints.length === others.length && taints.every((taint, at) => sameTaint(taint, others[at]))
  );
}

function sameTaint(one: Taint, other: Taint | undefined): boolean {
  return (
    one.key === other?.key &&
    one.effect === other.effect &&
    (one.value ?? "") === (other.value ?? "") &&
    one.timeAdded === other.timeAdded
  );
}

function sameAmounts(one: ResourceList = {}, other: ResourceList = {}): boolean {
  const [amounts, others] = [quantities(one), quantities(other)];
  if (amounts.size !== others.size) return false;
  return [...amounts].every(([name, amount]) => {
    const otherAmount = others.get(name);
    return otherAmount !== undefined && cmpQuantity(amount, otherAmount) === 0;
  });
}

/** Times of heartbeats do not count. */
function conditionsOf({ status }: Node): Labels {
  const pairs = (status?.conditions ?? []).map((one) => [one.type, one.status] as const);
  return Object.fromEntries(pairs);
}

/** `extractPodScaleDown`: less of something that was asked for. */
function isScaledDown(newPod: Pod, oldPod: Pod): boolean {
  const options = { useStatusResources: true };
  const requests = podRequests(newPod, options);
  return [...podRequests(oldPod, options)].some(([name, before]) => {
    const after = requests.get(name);
    return after === undefined || quantityMilliValue(before) > quantityMilliValue(after);
  });
}

function sameClaims({ status: one = {} }: Pod, { status: other = {} }: Pod): boolean {
  const claims = (status: typeof one) =>
    JSON.stringify([status.resourceClaimStatuses ?? [], status.extendedResourceClaimStatus]);
  return claims(one) === claims(other);
}
