import type { Handle } from "./framework/handle.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { maxNodeScore, type NodeScorer } from "./framework/plugin.ts";
import type { PodInfo } from "./framework/pod-info.ts";
import type { Profile } from "./framework/profile.ts";
import { statusMessage } from "./framework/status.ts";

/** What a node has got all in all; kube-scheduler framework/interface.go NodePluginScores. */
export interface NodeScore {
  readonly name: string;
  readonly totalScore: number;
}

/** What a plugin that did not skip says of the nodes, in their order. */
export interface ScoreColumn {
  readonly plugin: string;
  /** How often its scores count. */
  readonly weight: number;
  readonly raw: readonly number[];
  /** From 0 to 100. */
  readonly normalized: readonly number[];
}

/** Nodes with their totals, and how they came about. */
export interface Prioritized {
  readonly nodes: readonly NodeScore[];
  readonly columns: readonly ScoreColumn[];
}

/** What went wrong with a plugin. */
export interface ScoreError {
  readonly error: string;
}

/** pkg/scheduler/schedule_one.go prioritizeNodes: PreScore, Score, NormalizeScore and weights. */
export function prioritizeNodes(
  podInfo: PodInfo,
  { scorePlugins }: Profile,
  handle: Handle,
  nodes: readonly NodeInfo[],
): Prioritized | ScoreError {
  if (scorePlugins.length === 0) {
    return { nodes: nodes.map(({ name }) => ({ name, totalScore: 1 })), columns: [] };
  }
  const columns: ScoreColumn[] = [];
  const scorers: Scorer[] = [];
  for (const { plugin, weight } of scorePlugins) {
    const scorer = plugin.preScore(podInfo, handle, nodes);
    if (!("code" in scorer)) {
      scorers.push({ plugin: plugin.name, weight, scorer });
    } else if (scorer.code !== "Skip") {
      return { error: `running PreScore plugin "${plugin.name}": ${statusMessage(scorer)}` };
    }
  }
  for (const one of scorers) {
    const column = scoreColumn(one, nodes);
    if ("error" in column) return column;
    columns.push(column);
  }
  return { nodes: totalsOf(columns, nodes), columns };
}

interface Scorer {
  readonly plugin: string;
  readonly weight: number;
  readonly scorer: NodeScorer;
}

/** pkg/scheduler/framework/runtime/framework.go RunScorePlugins, of one plugin. */
function scoreColumn(
  { plugin, weight, scorer }: Scorer,
  nodes: readonly NodeInfo[],
): ScoreColumn | ScoreError {
  const raw: number[] = [];
  for (const nodeInfo of nodes) raw.push(scorer.score(nodeInfo));
  const normalized = scorer.normalizeScore?.(raw, nodes) ?? raw;
  for (const score of normalized) {
    if (score > maxNodeScore || score < 0) return { error: invalidScore(plugin, score) };
  }
  return { plugin, weight, raw, normalized };
}

function totalsOf(
  columns: readonly ScoreColumn[],
  nodes: readonly NodeInfo[],
): readonly NodeScore[] {
  return nodes.map(({ name }, index) => {
    let totalScore = 0;
    for (const { normalized, weight } of columns) totalScore += (normalized[index] ?? 0) * weight;
    return { name, totalScore };
  });
}

function invalidScore(plugin: string, score: number): string {
  const range = `it should in the range of [0, ${maxNodeScore}] after normalizing`;
  const what = `plugin "${plugin}" returns an invalid score ${score}, ${range}`;
  return `applying score defaultWeights on Score plugins: ${what}`;
}

/** The node that wins: without extenders a tie is not left to chance. */
export function selectHost(scores: readonly NodeScore[]): string {
  return popSortedNodeScores(newSortedNodeScores(scores)).best?.name ?? "";
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
    const [above, below] = [heap[parent], heap[child]];
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
