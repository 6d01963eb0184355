import { getRequiredNodeAffinity, requiredNodeAffinityMatches } from "../../api/node-affinity.ts";
import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { findMatchingUntoleratedTaint } from "../../api/toleration.ts";
import { doNotScheduleEffects } from "../filter/taint-toleration.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { HintedEvent } from "./change.ts";

/** plugins/nodeunschedulable/node_unschedulable.go EventsToRegister */
export const nodeUnschedulableEvents: readonly HintedEvent[] = [
  {
    kind: "Node",
    actions: ["Add", "UpdateNodeTaint"],
    hint: (_, before, after) => {
      const wasClosed = before === undefined || before.spec?.unschedulable === true;
      return wasClosed && after?.spec?.unschedulable !== true;
    },
  },
  {
    kind: "Pod",
    actions: ["UpdatePodToleration"],
    hint: (podInfo, _, after) => {
      if (after === undefined || !isSame(podInfo, after)) return false;
      const { tolerations = [] } = after.spec;
      const untolerated = findMatchingUntoleratedTaint([cordoned], tolerations, ["NoSchedule"]);
      return untolerated === undefined;
    },
  },
];

/** plugins/nodename/node_name.go EventsToRegister */
export const nodeNameEvents: readonly HintedEvent[] = [{ kind: "Node", actions: ["Add"] }];

/** plugins/tainttoleration/taint_toleration.go EventsToRegister */
export const taintTolerationEvents: readonly HintedEvent[] = [
  {
    kind: "Node",
    actions: ["Add", "UpdateNodeTaint"],
    hint: ({ pod }, before, after) => {
      const wasUntolerated = before === undefined || isUntolerated(pod, before);
      return wasUntolerated && after !== undefined && !isUntolerated(pod, after);
    },
  },
  {
    kind: "Pod",
    actions: ["UpdatePodToleration"],
    hint: (podInfo, _, after) => after !== undefined && isSame(podInfo, after),
  },
];

/** plugins/nodeaffinity/node_affinity.go EventsToRegister */
export const nodeAffinityEvents: readonly HintedEvent[] = [
  {
    kind: "Node",
    actions: ["Add", "UpdateNodeLabel"],
    hint: ({ pod }, before, after) => {
      const required = getRequiredNodeAffinity(pod.spec);
      if (after === undefined || !requiredNodeAffinityMatches(required, after)) return false;
      return before === undefined || !requiredNodeAffinityMatches(required, before);
    },
  },
];

/** The object is the refused pod itself. */
export function isSame({ pod }: PodInfo, { metadata }: Pod): boolean {
  return pod.metadata.uid === metadata.uid;
}

function isUntolerated({ spec: { tolerations = [] } }: Pod, { spec }: Node): boolean {
  const { taints = [] } = spec ?? {};
  return findMatchingUntoleratedTaint(taints, tolerations, doNotScheduleEffects) !== undefined;
}

const cordoned = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" } as const;
