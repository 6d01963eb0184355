import type { Handle } from "./framework/handle.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { maxNodeScore, type NodeScorer } from "./framework/plugin.ts";
import type { PodInfo } from "./framework/pod-info.ts";
import type { Profile } from "./framework/profile.ts";
import { statusMessage } from "./framework/status.ts";

/** The scores of one node; kube-scheduler framework/interface.go NodePluginScores. */
export interface NodePluginScores {
  readonly name: string;
  readonly scores: readonly PluginScore[];
  readonly totalScore: number;
}

/** What a plugin says of a node, times the plugin's weight. */
export interface PluginScore {
  readonly plugin: string;
  readonly score: number;
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
): readonly NodePluginScores[] | ScoreError {
  if (scorePlugins.length === 0) {
    return nodes.map(({ name }) => ({ name, scores: [], totalScore: 1 }));
  }
  const columns: Column[] = [];
  for (const { plugin, weight } of scorePlugins) {
    const scorer = plugin.preScore(podInfo, handle, nodes);
    if (!("code" in scorer)) {
      columns.push({ name: plugin.name, weight, scorer });
    } else if (scorer.code !== "Skip") {
      return { error: `running PreScore plugin "${plugin.name}": ${statusMessage(scorer)}` };
    }
  }
  return weigh(columns, nodes);
}

/** A plugin that did not skip. */
interface Column {
  readonly name: string;
  readonly weight: number;
  readonly scorer: NodeScorer;
}

/** pkg/scheduler/framework/runtime/framework.go RunScorePlugins */
function weigh(
  columns: readonly Column[],
  nodes: readonly NodeInfo[],
): readonly NodePluginScores[] | ScoreError {
  const normalized: (readonly number[])[] = [];
  for (const { name, scorer } of columns) {
    const raw = nodes.map((nodeInfo) => scorer.score(nodeInfo));
    const scores = scorer.normalizeScore?.(raw, nodes) ?? raw;
    const wrong = scores.find((score) => score > maxNodeScore || score < 0);
    if (wrong !== undefined) return { error: invalidScore(name, wrong) };
    normalized.push(scores);
  }
  return nodes.map(({ name: node }, index) => {
    const scores = columns.map(({ name, weight }, column) => {
      return { plugin: name, score: (normalized[column]?.[index] ?? 0) * weight };
    });
    const totalScore = scores.reduce((sum, { score }) => sum + score, 0);
    return { name: node, scores, totalScore };
  });
}

function invalidScore(plugin: string, score: number): string {
  const range = `it should in the range of [0, ${maxNodeScore}] after normalizing`;
  const what = `plugin "${plugin}" returns an invalid score ${score}, ${range}`;
  return `applying score defaultWeights on Score plugins: ${what}`;
}

/** The node that wins: without extenders a tie is not left to chance. */
export function selectHost(scores: readonly NodePluginScores[]): string {
  return popSortedNodeScores(newSortedNodeScores(scores)).best?.name ?? "";
}

/** A heap, the best node on top; Go's container/heap `Init`. */
export function newSortedNodeScores<Scored extends Pick<NodePluginScores, "totalScore">>(
  scores: readonly Scored[],
): readonly Scored[] {
  const heap = [...scores];
  for (let index = Math.trunc(heap.length / 2) - 1; index >= 0; index--) down(heap, index);
  return heap;
}

/** The best node, and the heap without it; Go's container/heap `Pop`. */
export function popSortedNodeScores<Scored extends Pick<NodePluginScores, "totalScore">>(
  heap: readonly Scored[],
): { readonly best: Scored | undefined; readonly others: readonly Scored[] } {
  const [best, ...rest] = heap;
  const last = rest.pop();
  if (last === undefined) return { best, others: [] };
  const others = [last, ...rest];
  down(others, 0);
  return { best, others };
}

function down<Scored extends Pick<NodePluginScores, "totalScore">>(
  heap: Scored[],
  from: number,
): void {
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
  one: Pick<NodePluginScores, "totalScore"> | undefined,
  other: Pick<NodePluginScores, "totalScore"> | undefined,
): boolean {
  return one !== undefined && other !== undefined && one.totalScore > other.totalScore;
}
