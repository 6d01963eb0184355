import type { Taint } from "../../api/node.ts";
import { findMatchingUntoleratedTaint } from "../../api/toleration.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { unresolvable } from "../framework/status.ts";

/** plugins/tainttoleration/taint_toleration.go Filter. */
export const taintToleration: FilterPlugin = {
  name: "TaintToleration",
  hasPreFilter: false,
  preFilter: ({ pod: { spec } }) => {
    const { tolerations = [] } = spec;
    return {
      filter: ({ node }) => {
        const taints = node.spec?.taints;
        if (taints === undefined || taints.length === 0) return undefined;
        const taint = findMatchingUntoleratedTaint(taints, tolerations, doNotScheduleEffects);
        return taint === undefined ? undefined : refusal;
      },
      signature: tolerations.length === 0 ? "" : JSON.stringify(tolerations),
    };
  },
};

/** plugins/helper/taint.go DoNotScheduleTaintsFilterFunc */
export const doNotScheduleEffects: readonly Taint["effect"][] = ["NoSchedule", "NoExecute"];

const refusal = unresolvable("node(s) had untolerated taint(s)");
