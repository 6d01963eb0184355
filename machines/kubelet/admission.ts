import { unreachable } from "../assert.ts";
import {
  type AdmittedPod,
  type AdmittingNode,
  admissionCheck,
  type FailedPredicate,
  type PredicateFailure,
  removeMissingExtendedResources,
} from "./admission-check.ts";
import { handleAdmissionFailure } from "./preemption.ts";

export interface PodAdmitAttributes<PodType> {
  readonly pod: PodType;
  readonly otherPods: readonly PodType[];
  /** As the kubelet has cached it; absent when it cannot be got. */
  readonly node?: AdmittingNode;
  /** A second read, made when only the labels of the first one speak against the pod. */
  readonly nodeFromAPI?: AdmittingNode;
  readonly pluginResourceError?: string;
}

export type PodAdmitResult<PodType> =
  | { readonly admit: true; readonly preempted: readonly PodType[] }
  | PodRejection;

export interface PodRejection {
  readonly admit: false;
  readonly reason: string;
  readonly message: string;
}

/**
 * Whether the node takes the pod, and which pods have to go for a critical one. Only the first
 * failure is told. pkg/kubelet/lifecycle/predicate.go predicateAdmitHandler.Admit
 */
export function predicateAdmit<PodType extends AdmittedPod>(
  attributes: PodAdmitAttributes<PodType>,
): PodAdmitResult<PodType> {
  const { pod, otherPods, node, pluginResourceError } = attributes;
  if (node === undefined) return rejected("InvalidNodeInfo", "Kubelet cannot get node info.");
  const unsupported = unsupportedByNode(pod, node);
  if (unsupported !== undefined) return unsupported;
  if (pluginResourceError !== undefined) {
    const failure = `failed due to ${pluginResourceError}, which is unexpected.`;
    return rejected("UnexpectedAdmissionError", `Update plugin resources ${failure}`);
  }
  const labelled = withOSLabel(node);
  const failures = generalFilter(pod, labelled, attributes.nodeFromAPI ?? labelled, otherPods);
  if (failures.length === 0) return { admit: true, preempted: [] };
  const recovery = handleAdmissionFailure(pod, failures, otherPods);
  switch (recovery.type) {
    case "preempting":
      return { admit: true, preempted: recovery.pods };
    case "refused":
      return rejectionOf(recovery.failures);
    case "error":
      return rejected(
        "UnexpectedAdmissionError",
        `Unexpected error while attempting to recover from admission failure: ${recovery.error}`,
      );
    default:
      return unreachable(recovery);
  }
}

const osLabel = "kubernetes.io/os";
const nodeOS = "linux";

/** What preemption cannot help. It is the pod's label that is compared, not its selector. */
function unsupportedByNode(pod: AdmittedPod, node: AdmittingNode): PodRejection | undefined {
  const podLabel = pod.metadata.labels?.[osLabel];
  if (podLabel !== undefined && podLabel !== nodeOS) {
    return rejected(
      "PodOSSelectorNodeLabelDoesNotMatch",
      "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    );
  }
  if (pod.spec.os !== undefined && pod.spec.os.name !== nodeOS) {
    const message = "Failed to admit pod as the OS field doesn't match node OS";
    return rejected("PodOSNotSupported", message);
  }
  const isStrict = pod.spec.securityContext?.supplementalGroupsPolicy === "Strict";
  if (isStrict && node.status?.features?.supplementalGroupsPolicy !== true) {
    const message = "SupplementalGroupsPolicy=Strict is not supported in this node";
    return rejected("SupplementalGroupsPolicyNotSupported", message);
  }
  return undefined;
}

/** The check of the label writes the right one into a node that has labels at all. */
function withOSLabel(node: AdmittingNode): AdmittingNode {
  const { labels = {} } = node.metadata;
  if (Object.keys(labels).length === 0) return node;
  return { ...node, metadata: { ...node.metadata, labels: { ...labels, [osLabel]: nodeOS } } };
}

/** pkg/kubelet/lifecycle/predicate.go predicateAdmitHandler.generalFilter */
function generalFilter<PodType extends AdmittedPod>(
  pod: PodType,
  node: AdmittingNode,
  nodeFromAPI: AdmittingNode,
  otherPods: readonly PodType[],
): readonly PredicateFailure[] {
  const asking = removeMissingExtendedResources(pod, node);
  const failures = admissionCheck(asking, node, otherPods);
  if (failures.length === 0 || !failures.every(isAffinity)) return failures;
  return admissionCheck(asking, nodeFromAPI, otherPods);
}

function isAffinity(failure: PredicateFailure): boolean {
  return failure.type === "failedPredicate" && failure.name === "NodeAffinity";
}

function rejectionOf([failure]: readonly PredicateFailure[]): PodRejection {
  if (failure === undefined) {
    const message = "GeneralPredicates failed due to unknown reason, which is unexpected.";
    return rejected("UnknownReason", message);
  }
  if (failure.type === "failedPredicate") {
    const { name } = failure;
    return rejected(name, `Predicate ${name} failed: ${predicateDescriptions[name]}`);
  }
  const { resourceName, requested, used, capacity } = failure;
  const amounts = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  const message = `Node didn't have enough resource: ${resourceName}, ${amounts}`;
  return rejected(`OutOf${resourceName}`, message);
}

/** pkg/scheduler/framework/plugins, ErrReason of each plugin. */
const predicateDescriptions: Readonly<Record<FailedPredicate["name"], string>> = {
  NodeAffinity: "node(s) didn't match Pod's node affinity/selector",
  NodeName: "node(s) didn't match the requested node name",
  NodePorts: "node(s) didn't have free ports for the requested pod ports",
  TaintToleration: "node(s) had taints that the pod didn't tolerate",
};

function rejected(reason: string, message: string): PodRejection {
  return { admit: false, reason, message };
}
