/** Where moments of a run stand; quiet times are drawn shorter than busy ones, but in order. */
export interface TimeScale {
  readonly widthPx: number;
  /** Of any moment of the run. */
  readonly xOf: (atMs: number) => number;
}

/** What stands between two moments, and the room that its text takes. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly textPx: number;
}

/** Each span has room for its text, unless the whole would be too long to be looked at. */
export function timeScale(endMs: number, spans: readonly Span[]): TimeScale {
  const moments = [0, endMs, ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs])];
  const sorted = [...new Set(moments)].toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((at, index) => roomFor(at - (sorted[index] ?? 0)));
  for (const { fromMs, toMs, textPx } of spans) {
    const [first, last] = [sorted.indexOf(fromMs), sorted.indexOf(toMs) - 1];
    const room = steps.slice(first, last + 1).reduce((sum, step) => sum + step, 0);
    if (last >= first) steps[last] = (steps[last] ?? 0) + Math.max(0, textPx - room);
  }
  const whole = steps.reduce((sum, step) => sum + step, 0);
  const factor = Math.min(1, longestPx / Math.max(1, whole));
  const places: number[] = [0];
  for (const step of steps) places.push((places.at(-1) ?? 0) + step * factor);
  const xOf = (atMs: number): number => {
    const next = sorted.findIndex((at) => at >= atMs);
    if (next < 0) return places.at(-1) ?? 0;
    const [from, to] = [sorted[next - 1] ?? 0, sorted[next] ?? 0];
    const [left, right] = [places[next - 1] ?? 0, places[next] ?? 0];
    return to === from ? right : left + ((right - left) * (atMs - from)) / (to - from);
  };
  return { widthPx: places.at(-1) ?? 0, xOf };
}

/** A second takes 32 px, a minute 140. */
function roomFor(ms: number): number {
  return 10 + 22 * Math.log2(1 + ms / 1000);
}

const longestPx = 2600;
