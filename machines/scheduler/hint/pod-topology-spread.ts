import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { selectorMatches } from "../../api/selector.ts";
import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import { sameLabels, sameTaints } from "../queue/cluster-event.ts";
import {
  type Constraint,
  getConstraints,
  hasTopologyKeys,
  systemDefaults,
} from "../topology-spread.ts";
import type { HintedEvent } from "./change.ts";
import { isSame } from "./nodes.ts";

/** plugins/podtopologyspread/plugin.go EventsToRegister */
export const podTopologySpreadEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["Add", "UpdatePodLabel", "UpdatePodToleration", "Delete"],
    hint: (podInfo, before, after, handle) => {
      const involved = [before, after].every((one) => one === undefined || involves(podInfo, one));
      if (!involved) return false;
      const constraints = getConstraints(podInfo.pod, "DoNotSchedule", systemDefaults, handle);
      return "error" in constraints || podHelps(podInfo, constraints, before, after);
    },
  },
  {
    kind: "Node",
    actions: ["Add", "Delete", "UpdateNodeLabel", "UpdateNodeTaint"],
    hint: ({ pod }, before, after, handle: Handle) => {
      const constraints = getConstraints(pod, "DoNotSchedule", systemDefaults, handle);
      return "error" in constraints || nodeHelps(constraints, before, after);
    },
  },
];

/** `involvedInTopologySpreading` */
function involves(podInfo: PodInfo, other: Pod): boolean {
  const isAssigned = (other.spec.nodeName ?? "") !== "";
  const { namespace = "" } = podInfo.pod.metadata;
  return isSame(podInfo, other) || (isAssigned && (other.metadata.namespace ?? "") === namespace);
}

function podHelps(
  podInfo: PodInfo,
  constraints: readonly Constraint[],
  before: Pod | undefined,
  after: Pod | undefined,
): boolean {
  if (before === undefined || after === undefined) {
    const other = after ?? before;
    return other !== undefined && constraints.some((constraint) => matches(constraint, other));
  }
  const [tolerations = [], old = []] = [after.spec.tolerations, before.spec.tolerations];
  const isTolerating = JSON.stringify(tolerations) !== JSON.stringify(old);
  const honors = constraints.some(({ honorsNodeTaints }) => honorsNodeTaints);
  if (isSame(podInfo, after) && isTolerating && honors) return true;
  return constraints.some(
    (constraint) => matches(constraint, before) !== matches(constraint, after),
  );
}

function matches({ selector }: Constraint, { metadata }: Pod): boolean {
  return selectorMatches(selector, metadata.labels);
}

function nodeHelps(
  constraints: readonly Constraint[],
  before: Node | undefined,
  after: Node | undefined,
): boolean {
  const had = before !== undefined && hasTopologyKeys(before, constraints);
  const has = after !== undefined && hasTopologyKeys(after, constraints);
  if (before === undefined || after === undefined) return had || has;
  if (had !== has) return true;
  if (!has) return false;
  const values = ({ metadata: { labels = {} } }: Node) =>
    Object.fromEntries(
      constraints.map(({ topologyKey }) => [topologyKey, labels[topologyKey] ?? ""]),
    );
  return !sameLabels(values(before), values(after)) || !sameTaints(before, after);
}
