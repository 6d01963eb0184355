/**
 * An age as kubectl prints it, with two or three significant figures.
 * Source: apimachinery pkg/util/duration HumanDuration.
 */
export function humanDuration(elapsedMs: number): string {
  const seconds = Math.trunc(elapsedMs / 1_000);
  const minutes = Math.trunc(seconds / 60);
  const hours = Math.trunc(minutes / 60);
  const days = Math.trunc(hours / 24);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return joined(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return joined(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  if (days < 8) return joined(days, "d", hours % 24, "h");
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  return years < 8 ? joined(years, "y", days % 365, "d") : `${years}y`;
}

/** The same with one figure only; ShortHumanDuration. */
export function shortHumanDuration(elapsedMs: number): string {
  const seconds = Math.trunc(elapsedMs / 1_000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.trunc(seconds / 60)}m`;
  const hours = Math.trunc(seconds / 3_600);
  if (hours < 24) return `${hours}h`;
  if (hours < 24 * 365) return `${Math.trunc(hours / 24)}d`;
  return `${Math.trunc(hours / 24 / 365)}y`;
}

/** Go's `time.Duration.String()`, as kubelet messages hold it: `1m20s`, `4.962s`, `500ms`. */
export function durationString(durationMs: number): string {
  const ns = Math.round(Math.abs(durationMs) * nsPerMs);
  const sign = durationMs < 0 && ns > 0 ? "-" : "";
  if (ns === 0) return "0s";
  if (ns < nsPerSecond) return `${sign}${belowOneSecond(ns)}`;
  const wholeSeconds = Math.floor(ns / nsPerSecond);
  const [minutes, hours] = [Math.floor(wholeSeconds / 60), Math.floor(wholeSeconds / 3_600)];
  const seconds = `${withFraction(wholeSeconds % 60, ns % nsPerSecond, 9)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes % 60}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

const nsPerMs = 1_000_000;
const nsPerSecond = 1_000_000_000;

function joined(amount: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${amount}${unit}` : `${amount}${unit}${rest}${restUnit}`;
}

function belowOneSecond(ns: number): string {
  if (ns < 1_000) return `${ns}ns`;
  if (ns < nsPerMs) return `${withFraction(Math.floor(ns / 1_000), ns % 1_000, 3)}µs`;
  return `${withFraction(Math.floor(ns / nsPerMs), ns % nsPerMs, 6)}ms`;
}

function withFraction(whole: number, fraction: number, places: number): string {
  const digits = String(fraction).padStart(places, "0").replace(/0+$/, "");
  return digits === "" ? String(whole) : `${whole}.${digits}`;
}
