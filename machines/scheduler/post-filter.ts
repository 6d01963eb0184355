import type { Handle } from "./framework/handle.ts";
import { type Status, statusMessage, unschedulable } from "./framework/status.ts";
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
 * DynamicResources first, then DefaultPreemption; framework/runtime/framework.go
 * RunPostFilterPlugins. A pod without claims has none to free; but a refusal in PreFilter before
 * DynamicResources was asked makes it fail, and then DefaultPreemption is not asked at all.
 */
export function runPostFilterPlugins(
  { diagnosis, preFiltered }: Found,
  handle: Handle,
  choices: PreemptionChoices,
): PostFiltered {
  if (!preFiltered.asked.has("DynamicResources")) {
    return { postFilterMsg: "not found", candidates: [] };
  }
  const preemption = preempt(preFiltered.state, diagnosis.nodeToStatus, handle, choices);
  switch (preemption.type) {
    case "preempting": {
      const { best } = preemption;
      return { postFilterMsg: "", nominatedNodeName: best[0]?.name ?? "", candidates: best };
    }
    case "failed":
      return { postFilterMsg: statusMessage(preemption.status), candidates: [] };
    case "notEligible":
      return { postFilterMsg: message(preemption.status), candidates: [] };
    case "notHelpful":
      return { postFilterMsg: message(preemption.status), nominatedNodeName: "", candidates: [] };
  }
}

function message(status: Status): string {
  return statusMessage(unschedulable(noNewClaims, ...status.reasons));
}

/** plugins/dynamicresources/dynamicresources.go PostFilter */
const noNewClaims = "no new claims to deallocate";
