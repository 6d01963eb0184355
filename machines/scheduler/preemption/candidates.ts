import type { CycleState } from "../framework/cycle-state.ts";
import type { Handle } from "../framework/handle.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { Profile } from "../framework/profile.ts";
import { errorStatus, type Status } from "../framework/status.ts";
import { type Importance, importanceOf, selectVictimsOnNode, type Victims } from "./victims.ts";

/** A node on which the pod would fit without some others; framework/preemption Candidate. */
export interface Candidate {
  readonly name: string;
  readonly victims: Victims;
}

/** What came of trying nodes without their pods of lower priority. */
export interface DryRun {
  /** Those that keep all budgets first. */
  readonly candidates: readonly Candidate[];
  /** Why other nodes are none. */
  readonly nodeStatuses: ReadonlyMap<string, Status>;
}

/**
 * Tries nodes from the offset on, until there are enough candidates and one keeps all budgets.
 * pkg/scheduler/framework/preemption/preemption.go DryRunPreemption
 */
export function dryRunPreemption(
  state: CycleState,
  potentialNodes: readonly NodeInfo[],
  handle: Handle,
  { offset, numCandidates }: { readonly offset: number; readonly numCandidates: number },
): DryRun {
  const keeping: Candidate[] = [];
  const violating: Candidate[] = [];
  const nodeStatuses = new Map<string, Status>();
  for (let index = 0; index < potentialNodes.length; index++) {
    const nodeInfo = potentialNodes[(offset + index) % potentialNodes.length];
    if (nodeInfo === undefined) continue;
    const { name } = nodeInfo;
    const victims = selectVictimsOnNode({ state, nodeInfo }, handle);
    if ("code" in victims) {
      nodeStatuses.set(name, victims);
    } else if (victims.pods.length === 0) {
      nodeStatuses.set(name, errorStatus(`expected at least one victim pod on node "${name}"`));
    } else {
      (victims.numPDBViolations === 0 ? keeping : violating).push({ name, victims });
      const isEnough = keeping.length > 0 && keeping.length + violating.length >= numCandidates;
      if (isEnough) break;
    }
  }
  return { candidates: [...keeping, ...violating], nodeStatuses };
}

/** How many candidates are enough; DefaultPreemptionArgs and GetOffsetAndNumCandidates. */
export function calculateNumCandidates(
  numNodes: number,
  args: Profile["preemption"] = defaultArgs,
): number {
  const percentage = Math.trunc((numNodes * args.minCandidateNodesPercentage) / 100);
  return Math.min(Math.max(percentage, args.minCandidateNodesAbsolute), numNodes);
}

/** apis/config/v1/defaults.go */
const defaultArgs = { minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100 };

/** A candidate as far as its choice goes; victims are never empty. */
export interface RankedCandidate {
  readonly numPDBViolations: number;
  readonly victims: readonly Importance[];
}

export function rankedCandidate({ victims }: Candidate): RankedCandidate {
  const { pods, numPDBViolations } = victims;
  return { numPDBViolations, victims: pods.map(importanceOf) };
}

/**
 * The candidates that are best, usually one: Kubernetes takes any of them.
 * pkg/scheduler/framework/preemption/preemption.go pickOneNodeForPreemption
 */
export function pickNodesForPreemption<Ranked>(
  candidates: readonly Ranked[],
  rankOf: (candidate: Ranked) => RankedCandidate,
): readonly Ranked[] {
  let best = candidates;
  for (const costOf of costs) {
    if (best.length < 2) return best;
    const withCosts = best.map((candidate) => ({ candidate, cost: costOf(rankOf(candidate)) }));
    const least = withCosts.reduce(
      (min, { cost }) => Math.min(min, cost),
      Number.POSITIVE_INFINITY,
    );
    best = withCosts.flatMap(({ candidate, cost }) => (cost === least ? [candidate] : []));
  }
  return best;
}

/** Each is asked only of those that the ones before leave. */
const costs: readonly ((candidate: RankedCandidate) => number)[] = [
  ({ numPDBViolations }) => numPDBViolations,
  ({ victims }) => victims[0]?.priority ?? 0,
  ({ victims }) => victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
  ({ victims }) => victims.length,
  ({ victims }) => -earliestStartMs(victims),
];

/** Of the most important ones; GetEarliestPodStartTime. */
function earliestStartMs(victims: readonly Importance[]): number {
  const most = victims.reduce((max, { priority }) => Math.max(max, priority), -Infinity);
  const starts = victims.filter(({ priority }) => priority === most);
  return starts.reduce((min, { startMs }) => Math.min(min, startMs), Number.POSITIVE_INFINITY);
}
