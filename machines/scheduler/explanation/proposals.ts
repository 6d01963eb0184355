import type { Node } from "../../api/node.ts";
import type { NodeSelectorRequirement, Pod, Toleration } from "../../api/pod.ts";
import { labelMatches, parseInt64 } from "../../api/selector.ts";
import { findMatchingUntoleratedTaint } from "../../api/toleration.ts";
import { doNotScheduleEffects } from "../filter/taint-toleration.ts";
import { type CycleState, withNominatedPods } from "../framework/cycle-state.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { HelpfulChange, Proposal } from "./helpful-change.ts";
import { resourceProposals } from "./resource-proposals.ts";

/** Changes of the pod or of a node that might make it fit there; each has yet to be tried. */
export function nodeProposals(
  podInfo: PodInfo,
  nodeInfo: NodeInfo,
  state: CycleState,
  handle: Handle,
): readonly Proposal[] {
  const full = withNominatedPods({ state, nodeInfo }, handle)?.nodeInfo ?? nodeInfo;
  return [
    ...resourceProposals(podInfo, nodeInfo, full),
    ...tolerated(podInfo.pod, nodeInfo),
    ...uncordoned(nodeInfo),
    ...affinityLabels(podInfo.pod, nodeInfo),
    ...topologyLabels(podInfo, nodeInfo, handle),
  ];
}

/** The first taint that is in the way. */
function tolerated(pod: Pod, { name, node }: NodeInfo): readonly Proposal[] {
  const { tolerations = [] } = pod.spec;
  const taint = findMatchingUntoleratedTaint(
    node.spec?.taints ?? [],
    tolerations,
    doNotScheduleEffects,
  );
  if (taint === undefined) return [];
  const { key, value = "", effect } = taint;
  const toleration: Toleration =
    value === "" ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
  const after: Pod = { ...pod, spec: { ...pod.spec, tolerations: [...tolerations, toleration] } };
  const change: HelpfulChange = { type: "toleration", node: name, toleration };
  return [{ sort: "toleration", size: 1, nodeName: name, pod: after, change }];
}

/** As `kubectl uncordon` and the node lifecycle controller leave it. */
function uncordoned(nodeInfo: NodeInfo): readonly Proposal[] {
  const { node, name } = nodeInfo;
  if (node.spec?.unschedulable !== true) return [];
  const { unschedulable: _, taints = [], ...spec } = node.spec;
  const kept = taints.filter(({ key }) => key !== "node.kubernetes.io/unschedulable");
  const after: Node = { ...node, spec: { ...spec, taints: kept } };
  const change: HelpfulChange = { type: "uncordoned", node: name };
  return [
    { sort: "uncordoned", size: 1, nodeName: name, node: { ...nodeInfo, node: after }, change },
  ];
}

/** Labels that the pod's selector or its affinity asks for. */
function affinityLabels({ spec }: Pod, nodeInfo: NodeInfo): readonly Proposal[] {
  const labels = nodeInfo.node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => {
    return { key, operator: "In", values: [value] } as const;
  });
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = required?.nodeSelectorTerms ?? [];
  const expressions = [
    ...selected,
    ...terms.flatMap(({ matchExpressions = [] }) => matchExpressions),
  ];
  return expressions.flatMap((expression) => {
    if (labelMatches(expression, labels[expression.key])) return [];
    return labelled(nodeInfo, expression.key, wantedValue(expression));
  });
}

/** A value with which a label meets a requirement; undefined: it must not be there. */
function wantedValue({ operator, values = [] }: NodeSelectorRequirement): string | undefined {
  const [first = ""] = values;
  switch (operator) {
    case "In":
      return first;
    case "Exists":
      return "";
    case "Gt":
      return String((parseInt64(first) ?? 0n) + 1n);
    case "Lt":
      return String((parseInt64(first) ?? 0n) - 1n);
    case "NotIn":
    case "DoesNotExist":
      return undefined;
  }
}

/** Keys of spread constraints and pod affinity that the node lacks, with values of other nodes. */
function topologyLabels(
  { pod, requiredAffinityTerms }: PodInfo,
  nodeInfo: NodeInfo,
  { snapshot }: Handle,
): readonly Proposal[] {
  const constraints = pod.spec.topologySpreadConstraints ?? [];
  const keys = new Set([...constraints, ...requiredAffinityTerms].map((one) => one.topologyKey));
  return [...keys].flatMap((key) => {
    const own = nodeInfo.node.metadata.labels?.[key];
    if (own !== undefined) return [];
    const values = snapshot.nodeInfoList.map(({ node }) => node.metadata.labels?.[key] ?? "");
    const distinct = [...new Set(values.filter((value) => value !== ""))];
    return distinct.slice(0, maxValuesTried).flatMap((value) => labelled(nodeInfo, key, value));
  });
}

const maxValuesTried = 10;

function labelled(nodeInfo: NodeInfo, key: string, value: string | undefined): readonly Proposal[] {
  const { node, name } = nodeInfo;
  const { [key]: _, ...others } = node.metadata.labels ?? {};
  const labels = value === undefined ? others : { ...others, [key]: value };
  const after: Node = { ...node, metadata: { ...node.metadata, labels } };
  const change: HelpfulChange =
    value === undefined
      ? { type: "nodeLabelGone", node: name, key }
      : { type: "nodeLabel", node: name, key, value };
  return [
    { sort: change.type, size: 1, nodeName: name, node: { ...nodeInfo, node: after }, change },
  ];
}
