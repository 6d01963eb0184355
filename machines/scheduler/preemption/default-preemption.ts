import type { Pod } from "../../api/pod.ts";
import { type CycleState, podPriority } from "../framework/cycle-state.ts";
import { fitErrorMessage } from "../framework/fit-error.ts";
import type { Handle } from "../framework/handle.ts";
import {
  type NodeToStatus,
  nodesForStatusCode,
  statusOfNode,
} from "../framework/node-to-status.ts";
import type { Profile } from "../framework/profile.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import {
  errorStatus,
  type Status,
  statusMessage,
  unresolvable,
  unschedulable,
} from "../framework/status.ts";
import {
  type Candidate,
  calculateNumCandidates,
  dryRunPreemption,
  pickNodesForPreemption,
  rankedCandidate,
} from "./candidates.ts";
import { isPreemptionAllowed } from "./victims.ts";

/** What is left to chance in a preemption. */
export interface PreemptionChoices {
  /** The first node to try, of so many. */
  readonly offset: (numNodes: number) => number;
  /** The default ones where nothing is said. */
  readonly args?: Profile["preemption"];
}

/** What came of a preemption. */
export type Preemption =
  /** Nothing is said of the pod's nomination. */
  | { readonly type: "notEligible"; readonly status: Status }
  | { readonly type: "failed"; readonly status: Status }
  /** The pod's nomination is taken back. */
  | { readonly type: "notHelpful"; readonly status: Status }
  /** The best candidates: any of them may be taken. */
  | { readonly type: "preempting"; readonly best: readonly Candidate[] };

/** pkg/scheduler/framework/preemption/preemption.go Preempt; changes nothing. */
export function preempt(
  state: CycleState,
  statuses: NodeToStatus,
  handle: Handle,
  choices: PreemptionChoices,
): Preemption {
  const { pod } = state.podInfo;
  const nominated = statusOfNode(statuses, pod.status?.nominatedNodeName ?? "");
  const refusal = podEligibleToPreemptOthers(state.podInfo, nominated, handle);
  if (refusal !== undefined) return { type: "notEligible", status: refused(refusal) };
  const potential = nodesForStatusCode(statuses, handle.snapshot, "Unschedulable");
  const numNodes = potential.length;
  const offset = numNodes === 0 ? 0 : choices.offset(numNodes);
  const numCandidates = calculateNumCandidates(numNodes, choices.args);
  const { candidates, nodeStatuses } = dryRunPreemption(state, potential, handle, {
    offset,
    numCandidates,
  });
  if (candidates.length > 0) {
    return { type: "preempting", best: pickNodesForPreemption(candidates, rankedCandidate) };
  }
  const errors = [...nodeStatuses.values()].filter(({ code }) => code === "Error");
  if (errors.length > 0) {
    const message = errors.map(statusMessage).join(", ");
    const error = errors.length > 1 ? `[${message}]` : message;
    return { type: "failed", status: errorStatus(`${prefix}${error}`) };
  }
  const nodeToStatus = { explicit: nodeStatuses, absentNodesStatus: notHelpful };
  const numAllNodes = handle.snapshot.nodeInfoList.length;
  const message = fitErrorMessage({ nodeToStatus, preFilterMsg: "" }, numAllNodes);
  return { type: "notHelpful", status: refused(message) };
}

/** Why the pod may not preempt others now; plugins/defaultpreemption PodEligibleToPreemptOthers. */
export function podEligibleToPreemptOthers(
  podInfo: PodInfo,
  nominatedNodeStatus: Status,
  { snapshot }: Handle,
): string | undefined {
  const { spec, status } = podInfo.pod;
  if (spec.preemptionPolicy === "Never") return "not eligible due to preemptionPolicy=Never.";
  if (nominatedNodeStatus.code === "UnschedulableAndUnresolvable") return undefined;
  const nominated = snapshot.nodeInfoMap.get(status?.nominatedNodeName ?? "");
  const isWaiting = nominated?.pods.some((victim) => {
    return isPreemptionAllowed(victim, podInfo) && isTerminatingByPreemption(victim.pod);
  });
  if (isWaiting !== true) return undefined;
  return "not eligible due to a terminating pod on the nominated node.";
}

/** `podTerminatingByPreemption` */
function isTerminatingByPreemption({ metadata, status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === "DisruptionTarget");
  return (
    metadata.deletionTimestamp !== undefined &&
    condition?.status === "True" &&
    condition.reason === "PreemptionByScheduler"
  );
}

/** What is done for the pod to fit on the candidate's node; prepareCandidateAsync. */
export interface Preparation {
  /** Of lower priority, nominated there: they have to look for another node. */
  readonly losesNomination: readonly PodInfo[];
  /** They get their condition and are deleted; those that terminate already are left alone. */
  readonly victims: readonly PodInfo[];
}

/** Nothing when every victim terminates already. */
export function prepareCandidate(
  preemptor: PodInfo,
  { name, victims }: Candidate,
  handle: Handle,
): Preparation {
  const living = victims.pods.filter(({ pod }) => pod.metadata.deletionTimestamp === undefined);
  if (living.length === 0) return { losesNomination: [], victims: [] };
  const nominated = handle.nominatedPodsForNode(name);
  const lower = nominated.filter((one) => podPriority(one) < podPriority(preemptor));
  return {
    losesNomination: lower.filter(({ pod }) => (pod.status?.nominatedNodeName ?? "") !== ""),
    victims: living,
  };
}

function refused(message: string): Status {
  return unschedulable(`${prefix}${message}`);
}

const prefix = "preemption: ";
const notHelpful = unresolvable("Preemption is not helpful for scheduling");
