import type { Handle } from "./framework/handle.ts";
import { statusMessage } from "./framework/status.ts";
import type { Candidate } from "./preemption/candidates.ts";
import { type PreemptionChoices, preempt } from "./preemption/default-preemption.ts";
import type { Found } from "./schedule-one.ts";

/** What came of asking how a pod that fits nowhere could be made to fit. */
export interface PostFiltered {
  /** What the message of the failure ends with. */
  readonly postFilterMsg: string;
  /** Absent: the pod's nomination is left alone. Empty: it is taken back. */
  readonly nominatedNodeName?: string;
  /** The best candidates when others have to go: any of them may be taken, here the first is. */
  readonly candidates: readonly Candidate[];
}

/**
 * DynamicResources, then DefaultPreemption, unless a profile says otherwise;
 * framework/runtime/framework.go RunPostFilterPlugins. A pod without claims has none to free; but
 * a refusal in PreFilter before DynamicResources was asked makes it fail, and then those behind it
 * are not asked at all.
 */
export function runPostFilterPlugins(
  { diagnosis, preFiltered }: Found,
  handle: Handle,
  choices: PreemptionChoices,
  plugins: readonly string[] = ["DynamicResources", "DefaultPreemption"],
): PostFiltered {
  if (plugins.length === 0) return { postFilterMsg: "", nominatedNodeName: "", candidates: [] };
  const reasons: string[] = [];
  let nominated: Pick<PostFiltered, "nominatedNodeName"> = {};
  for (const plugin of plugins) {
    if (plugin === "DynamicResources") {
      if (!preFiltered.asked.has(plugin)) return { postFilterMsg: "not found", candidates: [] };
      reasons.push(noNewClaims);
      continue;
    }
    const preemption = preempt(preFiltered.state, diagnosis.nodeToStatus, handle, choices);
    if (preemption.type === "preempting") {
      const { best } = preemption;
      return { postFilterMsg: "", nominatedNodeName: best[0]?.name ?? "", candidates: best };
    }
    const { status } = preemption;
    if (preemption.type === "failed")
      return { postFilterMsg: statusMessage(status), candidates: [] };
    if (preemption.type === "notHelpful") nominated = { nominatedNodeName: "" };
    reasons.push(...status.reasons);
  }
  return { postFilterMsg: reasons.join(", "), ...nominated, candidates: [] };
}

/** plugins/dynamicresources/dynamicresources.go PostFilter */
const noNewClaims = "no new claims to deallocate";
