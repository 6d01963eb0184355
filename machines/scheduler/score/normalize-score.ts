import { maxNodeScore } from "../framework/plugin.ts";

/**
 * Scores from 0 to 100: the highest becomes 100, or with `isReverse` 0.
 * plugins/helper/normalize_score.go DefaultNormalizeScore
 */
export function defaultNormalizeScore(
  scores: readonly number[],
  isReverse: boolean,
): readonly number[] {
  const most = scores.reduce((max, score) => Math.max(max, score), 0);
  if (most === 0) return isReverse ? scores.map(() => maxNodeScore) : scores;
  return scores.map((score) => {
    const normalized = Math.trunc((maxNodeScore * score) / most);
    return isReverse ? maxNodeScore - normalized : normalized;
  });
}
