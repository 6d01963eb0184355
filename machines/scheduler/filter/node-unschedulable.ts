import type { Taint } from "../../api/node.ts";
import { findMatchingUntoleratedTaint } from "../../api/toleration.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { unresolvable } from "../framework/status.ts";

/** plugins/nodeunschedulable/node_unschedulable.go: a cordoned node takes no pods. */
export const nodeUnschedulable: FilterPlugin = {
  name: "NodeUnschedulable",
  hasPreFilter: false,
  preFilter: ({ pod: { spec } }) => {
    const taint = findMatchingUntoleratedTaint([cordoned], spec.tolerations ?? [], ["NoSchedule"]);
    const verdict = taint === undefined ? undefined : refusal;
    return {
      filter: ({ node }) => (node.spec?.unschedulable === true ? verdict : undefined),
      signature: verdict === undefined ? "tolerated" : "refused",
    };
  },
};

const refusal = unresolvable("node(s) were unschedulable");
const cordoned: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };
