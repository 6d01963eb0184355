import {
  calculateNumCandidates,
  pickNodesForPreemption,
  type RankedCandidate,
} from "../../../machines/scheduler/preemption/candidates.ts";
import {
  type Importance,
  moreImportantPod,
} from "../../../machines/scheduler/preemption/victims.ts";

interface VictimInput {
  readonly priority?: number;
  readonly startSeconds: number;
}

interface Input {
  readonly function?: "GetOffsetAndNumCandidates" | "MoreImportantPod";
  readonly numPotentialNodes?: number;
  readonly a?: VictimInput;
  readonly b?: VictimInput;
  readonly candidates?: readonly {
    readonly node: string;
    readonly numPDBViolations: number;
    readonly victims: readonly VictimInput[];
  }[];
}

export function run(input: Input): unknown {
  if (input.numPotentialNodes !== undefined) {
    return { numCandidates: calculateNumCandidates(input.numPotentialNodes) };
  }
  if (input.a !== undefined && input.b !== undefined) {
    const [a, b] = [importance(input.a), importance(input.b)];
    return { aBeforeB: moreImportantPod(a, b), bBeforeA: moreImportantPod(b, a) };
  }
  const ranked = (input.candidates ?? []).map(({ victims, ...one }) => {
    return { ...one, victims: victims.map(importance) };
  });
  const best = pickNodesForPreemption(ranked, (one): RankedCandidate => one);
  return { selectedAnyOf: best.map(({ node }) => node).toSorted() };
}

function importance({ priority = 0, startSeconds }: VictimInput): Importance {
  return { priority, startMs: startSeconds * 1000 };
}
