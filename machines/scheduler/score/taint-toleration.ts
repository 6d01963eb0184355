import type { Taint } from "../../api/node.ts";
import type { Toleration } from "../../api/pod.ts";
import { toleratesTaint } from "../../api/toleration.ts";
import type { ScorePlugin } from "../framework/plugin.ts";
import { defaultNormalizeScore } from "./normalize-score.ts";

/** plugins/tainttoleration/taint_toleration.go Score: the fewer taints it dislikes, the better. */
export const taintToleration: ScorePlugin = {
  name: "TaintToleration",
  hasPreScore: true,
  preScore: ({ pod: { spec } }) => {
    const tolerations = (spec.tolerations ?? []).filter(({ effect = "" }) => {
      return effect === "" || effect === "PreferNoSchedule";
    });
    return {
      score: ({ node }) => countIntolerable(node.spec?.taints, tolerations),
      signature: tolerations.length === 0 ? "" : JSON.stringify(tolerations),
      normalizeScore: (scores) => defaultNormalizeScore(scores, true),
    };
  },
};

/** `countIntolerableTaintsPreferNoSchedule` */
function countIntolerable(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[],
): number {
  if (taints === undefined) return 0;
  const disliked = taints.filter((taint) => {
    if (taint.effect !== "PreferNoSchedule") return false;
    return !tolerations.some((toleration) => toleratesTaint(toleration, taint));
  });
  return disliked.length;
}
