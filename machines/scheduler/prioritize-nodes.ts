import type { Handle } from "./framework/handle.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { once } from "./framework/once.ts";
import type { PodInfo } from "./framework/pod-info.ts";
import type { Profile } from "./framework/profile.ts";
import { statusMessage } from "./framework/status.ts";
import {
  newScoring,
  type ScoreColumn,
  scoreColumns,
  type ScoreError,
  type Scorer,
  scoreError,
  totalScores,
} from "./score-columns.ts";

/** What a node has got all in all; kube-scheduler framework/interface.go NodePluginScores. */
export interface NodeScore {
  readonly name: string;
  readonly totalScore: number;
}

/** Nodes with their totals, and how they came about. */
export interface Prioritized {
  readonly nodes: readonly NodeScore[];
  /** Of the plugins that did not skip; told when somebody asks. */
  readonly columns: () => readonly ScoreColumn[];
}

/** pkg/scheduler/schedule_one.go prioritizeNodes: PreScore, Score, NormalizeScore and weights. */
export function prioritizeNodes(
  podInfo: PodInfo,
  { scorePlugins }: Profile,
  handle: Handle,
  nodes: readonly NodeInfo[],
): Prioritized | ScoreError {
  if (scorePlugins.length === 0) {
    return { nodes: nodes.map(({ name }) => ({ name, totalScore: 1 })), columns: () => [] };
  }
  const scorers: Scorer[] = [];
  for (const { plugin, weight } of scorePlugins) {
    const scorer = plugin.preScore(podInfo, handle, nodes);
    if (!("code" in scorer)) {
      scorers.push({ plugin: plugin.name, weight, scorer });
    } else if (scorer.code !== "Skip") {
      return { error: `running PreScore plugin "${plugin.name}": ${statusMessage(scorer)}` };
    }
  }
  const scoring = newScoring(scorers, nodes);
  const totals = totalScores(scoring);
  if (totals === undefined) return scoreError(scoring);
  return {
    nodes: nodes.map(({ name }, index) => ({ name, totalScore: totals[index] ?? 0 })),
    columns: once(() => scoreColumns(scoring)),
  };
}

/** The node that wins: without extenders a tie is not left to chance. */
export function selectHost(scores: readonly NodeScore[]): string {
  return newSortedNodeScores(scores)[0]?.name ?? "";
}

/** A heap, the best node on top; Go's container/heap `Init`. */
export function newSortedNodeScores<Scored extends Pick<NodeScore, "totalScore">>(
  scores: readonly Scored[],
): readonly Scored[] {
  const heap = [...scores];
  for (let index = Math.trunc(heap.length / 2) - 1; index >= 0; index--) down(heap, index);
  return heap;
}

/** The best node, and the heap without it; Go's container/heap `Pop`. */
export function popSortedNodeScores<Scored extends Pick<NodeScore, "totalScore">>(
  heap: readonly Scored[],
): { readonly best: Scored | undefined; readonly others: readonly Scored[] } {
  const [best, ...rest] = heap;
  const last = rest.pop();
  if (last === undefined) return { best, others: [] };
  const others = [last, ...rest];
  down(others, 0);
  return { best, others };
}

function down<Scored extends Pick<NodeScore, "totalScore">>(heap: Scored[], from: number): void {
  let parent = from;
  for (;;) {
    const left = 2 * parent + 1;
    const child = isBetter(heap[left + 1], heap[left]) ? left + 1 : left;
    const above = heap[parent];
    const below = heap[child];
    if (above === undefined || below === undefined || !isBetter(below, above)) return;
    heap[parent] = below;
    heap[child] = above;
    parent = child;
  }
}

function isBetter(
  one: Pick<NodeScore, "totalScore"> | undefined,
  other: Pick<NodeScore, "totalScore"> | undefined,
): boolean {
  return one !== undefined && other !== undefined && one.totalScore > other.totalScore;
}
