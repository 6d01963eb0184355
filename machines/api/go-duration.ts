/** Milliseconds of Go's `time.ParseDuration` (`1h30m`, `1.5s`, `-2m`); undefined for other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  const parts = [...(match[2] ?? "").matchAll(/([\d.]+)([a-zµμ]+)/g)];
  const ms = parts.reduce((sum, part) => sum + Number(part[1]) * (unitsMs[part[2] ?? ""] ?? 0), 0);
  return match[1] === "-" && ms !== 0 ? -ms : ms;
}

/** Go's `Duration.String()`: `5m0s`, `1.5s`, `100ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms === 0) return "0s";
  if (ms < unitsMs["us"]) return `${trimmed(ms / unitsMs["ns"])}ns`;
  if (ms < 1) return `${trimmed(ms / unitsMs["us"])}µs`;
  if (ms < unitsMs["s"]) return `${trimmed(ms)}ms`;
  const hours = Math.floor(ms / unitsMs["h"]);
  const minutes = Math.floor((ms % unitsMs["h"]) / unitsMs["m"]);
  const seconds = `${trimmed((ms % unitsMs["m"]) / unitsMs["s"])}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const unitsMs: Readonly<Record<string, number>> & Readonly<Record<UnitName, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

type UnitName = "ns" | "us" | "ms" | "s" | "m" | "h";

/** Nanoseconds are the finest that Go knows. */
function trimmed(value: number): string {
  return String(Number(value.toFixed(9)));
}
