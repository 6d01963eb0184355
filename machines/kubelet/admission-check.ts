import { getHostPorts, hostPortsConflict } from "../api/host-ports.ts";
import type { ResourceList } from "../api/meta.ts";
import type { Node } from "../api/node.ts";
import { matchesRequiredNodeAffinity } from "../api/node-affinity.ts";
import type { Pod } from "../api/pod.ts";
import { quantityMilliValue, quantityValue } from "../api/quantity.ts";
import { isExtendedResourceName, isScalarResourceName } from "../api/resource-names.ts";
import { podRequests, type Quantities, quantities } from "../api/resources.ts";
import { findMatchingUntoleratedTaint } from "../api/toleration.ts";
import { isStaticPod } from "./pod-source.ts";

export type AdmittedPod = Pick<Pod, "spec" | "status"> & {
  readonly metadata: Pick<Pod["metadata"], "name" | "labels" | "annotations" | "generation">;
};
export type AdmittingNode = Pick<Node, "metadata" | "spec" | "status">;

/** Why a pod does not fit its node. pkg/kubelet/lifecycle/predicate.go */
export type PredicateFailure = InsufficientResource | FailedPredicate;

export interface InsufficientResource {
  readonly type: "insufficientResource";
  readonly resourceName: string;
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
}

export interface FailedPredicate {
  readonly type: "failedPredicate";
  readonly name: "NodeAffinity" | "NodeName" | "NodePorts" | "TaintToleration";
}

/**
 * Everything that speaks against the pod on this node, in the order in which it is looked at; a
 * static pod ignores taints. pkg/kubelet/lifecycle/predicate.go generalFilter,
 * pkg/scheduler/eventhandlers.go AdmissionCheck
 */
export function admissionCheck<PodType extends AdmittedPod>(
  pod: PodType,
  node: AdmittingNode,
  otherPods: readonly PodType[],
): readonly PredicateFailure[] {
  const taints = isStaticPod(pod) ? [] : (node.spec?.taints ?? []);
  const tolerations = pod.spec.tolerations ?? [];
  const isUntolerated = findMatchingUntoleratedTaint(taints, tolerations, ["NoExecute"]);
  const { nodeName = "" } = pod.spec;
  return [
    ...insufficientResources(pod, node, otherPods),
    ...(matchesRequiredNodeAffinity(pod.spec, node) ? [] : [failed("NodeAffinity")]),
    ...(nodeName === "" || nodeName === node.metadata.name ? [] : [failed("NodeName")]),
    ...(hasFreePorts(pod, otherPods) ? [] : [failed("NodePorts")]),
    ...(isUntolerated === undefined ? [] : [failed("TaintToleration")]),
  ];
}

/**
 * The pod without requests for extended resources that the node does not know: such resources may
 * belong to the cluster. pkg/kubelet/lifecycle/predicate.go
 */
export function removeMissingExtendedResources<PodType extends AdmittedPod>(
  pod: PodType,
  node: AdmittingNode,
): PodType {
  const known = node.status?.allocatable ?? {};
  const isMissing = (name: string) => isExtendedResourceName(name) && !Object.hasOwn(known, name);
  const { spec } = pod;
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const asksForMissing = all.some(({ resources }) =>
    Object.keys(resources?.requests ?? {}).some(isMissing),
  );
  if (!asksForMissing) return pod;
  const kept = (requests: ResourceList): ResourceList =>
    Object.fromEntries(Object.entries(requests).filter(([name]) => !isMissing(name)));
  const without = (container: Pod["spec"]["containers"][number]) => {
    const { resources } = container;
    return { ...container, resources: { ...resources, requests: kept(resources?.requests ?? {}) } };
  };
  const containers = spec.containers.map(without);
  const initContainers = (spec.initContainers ?? []).map(without);
  return { ...pod, spec: { ...spec, containers, initContainers } };
}

/** In the scheduler's units: CPU in thousandths, else whole. */
type Amounts = ReadonlyMap<string, number>;

/** A request of zero is never refused. noderesources/fit.go fitsRequest */
function insufficientResources(
  pod: AdmittedPod,
  node: AdmittingNode,
  otherPods: readonly AdmittedPod[],
): readonly InsufficientResource[] {
  const allocatable = allocatableOf(node.status?.allocatable ?? nothing);
  const requests = amountsOf(podRequests(pod));
  const inOrder = ["cpu", "memory", "ephemeral-storage", ...requests.keys()];
  const asked = [...new Set(inOrder)].filter((name) => (requests.get(name) ?? 0) > 0);
  const shortOf = (resourceName: string, requested: number, used: number) => {
    const capacity = allocatable.get(resourceName) ?? 0;
    if (requested <= capacity - used) return [];
    return [{ type: "insufficientResource", resourceName, requested, used, capacity } as const];
  };
  return [
    ...shortOf("pods", 1, otherPods.length),
    ...asked.flatMap((name) => shortOf(name, requests.get(name) ?? 0, usedOf(name, otherPods))),
  ];
}

/** Read once for each object that says it. */
function allocatableOf(list: ResourceList): Amounts {
  const known = allocatableByList.get(list);
  if (known !== undefined) return known;
  const amounts = amountsOf(quantities(list));
  allocatableByList.set(list, amounts);
  return amounts;
}

const allocatableByList = new WeakMap<ResourceList, Amounts>();
const nothing: ResourceList = {};

function usedOf(resourceName: string, pods: readonly AdmittedPod[]): number {
  return pods.reduce((used, pod) => used + (requestedBy(pod).get(resourceName) ?? 0), 0);
}

/** What a pod on the node asks for, a resize under way included: CalculateResource, cached too. */
function requestedBy(pod: AdmittedPod): Amounts {
  const known = requestedByPod.get(pod);
  if (known !== undefined) return known;
  const amounts = amountsOf(podRequests(pod, { useStatusResources: true }));
  requestedByPod.set(pod, amounts);
  return amounts;
}

const requestedByPod = new WeakMap<AdmittedPod, Amounts>();

function amountsOf(list: Quantities): Amounts {
  const counted = [...list].filter(([name]) => isNodeResource(name) || isScalarResourceName(name));
  if (counted.length === 0) return noAmounts;
  return new Map(
    counted.map(([name, amount]) => [
      name,
      name === "cpu" ? quantityMilliValue(amount) : quantityValue(amount),
    ]),
  );
}

const noAmounts: Amounts = new Map();

function isNodeResource(name: string): boolean {
  return ["cpu", "memory", "ephemeral-storage", "pods"].includes(name);
}

/** nodeports/node_ports.go Fits */
function hasFreePorts(pod: AdmittedPod, otherPods: readonly AdmittedPod[]): boolean {
  const wanted = getHostPorts(pod.spec);
  if (wanted.length === 0) return true;
  const used = otherPods.flatMap((other) => getHostPorts(other.spec));
  return !wanted.some((port) => used.some((other) => hostPortsConflict(port, other)));
}

function failed(name: FailedPredicate["name"]): FailedPredicate {
  return { type: "failedPredicate", name };
}
