import type { NodeInfo } from "./framework/node-info.ts";
import { type LocalScores, signatureOf } from "./framework/node-memory.ts";
import { maxNodeScore, type NodeScorer } from "./framework/plugin.ts";

/** What a plugin that did not skip says of the nodes, in their order. */
export interface ScoreColumn {
  readonly plugin: string;
  /** How often its scores count. */
  readonly weight: number;
  readonly raw: readonly number[];
  /** From 0 to 100. */
  readonly normalized: readonly number[];
}

/** What went wrong with a plugin. */
export interface ScoreError {
  readonly error: string;
}

/** A plugin that has seen the pod. */
export interface Scorer {
  readonly plugin: string;
  readonly weight: number;
  readonly scorer: NodeScorer;
}

/** Scorers and nodes, with what those say of each node that look at nothing else. */
export interface Scoring {
  readonly scorers: readonly Scorer[];
  readonly nodes: readonly NodeInfo[];
  readonly rows: readonly LocalScores[];
}

/** What is known of a node that stays the same is not asked again. */
export function newScoring(scorers: readonly Scorer[], nodes: readonly NodeInfo[]): Scoring {
  const local = scorers.filter(isLocal);
  const signature = signatureOf(
    local.map(({ plugin, weight, scorer }) => `${plugin} ${weight} ${scorer.signature}`),
  );
  const rows = nodes.map((nodeInfo) => {
    const known = nodeInfo.scores.get(nodeInfo, signature);
    if (known !== undefined) return known;
    const scores = localScores(local, nodeInfo);
    nodeInfo.scores.set(nodeInfo, signature, scores);
    return scores;
  });
  return { scorers, nodes, rows };
}

/**
 * The sums of all plugins' weighted scores, node by node; undefined when a score is out of range.
 * pkg/scheduler/framework/runtime/framework.go RunScorePlugins
 */
export function totalScores(scoring: Scoring): readonly number[] | undefined {
  const totals = scoring.rows.map(({ settled }) => settled);
  let isInRange = true;
  for (const one of scoring.scorers) {
    if (isSettled(one)) continue;
    const { normalized, weight } = scoreColumn(one, scoring);
    for (let index = 0; index < totals.length; index++) {
      const score = normalized[index] ?? 0;
      isInRange &&= isValid(score);
      totals[index] = (totals[index] ?? 0) + score * weight;
    }
  }
  return isInRange && !totals.some(Number.isNaN) ? totals : undefined;
}

/** Plugin by plugin. */
export function scoreColumns(scoring: Scoring): readonly ScoreColumn[] {
  return scoring.scorers.map((one) => scoreColumn(one, scoring));
}

/** The first score that is out of range. */
export function scoreError(scoring: Scoring): ScoreError {
  for (const { plugin, normalized } of scoreColumns(scoring)) {
    const invalid = normalized.find((score) => !isValid(score));
    if (invalid !== undefined) return { error: invalidScore(plugin, invalid) };
  }
  return { error: "" };
}

function scoreColumn(one: Scorer, { scorers, nodes, rows }: Scoring): ScoreColumn {
  const { plugin, weight, scorer } = one;
  const place = isLocal(one) ? scorers.filter(isLocal).indexOf(one) : -1;
  const raw =
    place < 0
      ? nodes.map((nodeInfo) => scorer.score(nodeInfo))
      : rows.map((row) => row.raw[place] ?? 0);
  const normalized = scorer.normalizeScore?.(raw, nodes) ?? raw;
  return { plugin, weight, raw, normalized };
}

/** Of a node, by those that look at nothing else. */
function localScores(local: readonly Scorer[], nodeInfo: NodeInfo): LocalScores {
  const raw = local.map(({ scorer }) => scorer.score(nodeInfo));
  let settled = 0;
  for (const [index, one] of local.entries()) {
    const score = raw[index] ?? 0;
    if (isSettled(one)) settled += isValid(score) ? score * one.weight : Number.NaN;
  }
  return { raw, settled };
}

function isLocal({ scorer }: Scorer): boolean {
  return scorer.signature !== undefined;
}

/** Other nodes change nothing about its scores. */
function isSettled({ scorer }: Scorer): boolean {
  return scorer.signature !== undefined && scorer.normalizeScore === undefined;
}

function isValid(score: number): boolean {
  return score >= 0 && score <= maxNodeScore;
}

function invalidScore(plugin: string, score: number): string {
  const range = `it should in the range of [0, ${maxNodeScore}] after normalizing`;
  const what = `plugin "${plugin}" returns an invalid score ${score}, ${range}`;
  return `applying score defaultWeights on Score plugins: ${what}`;
}
