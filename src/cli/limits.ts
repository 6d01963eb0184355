import { InvalidArgumentError, Option } from "commander";

import { parseDuration } from "../../machines/api/go-duration.ts";

const defaultMaxStates = 1_000_000;
const defaultMaxTimeMs = 300_000; // 5m

export const maxStates = new Option("--max-states <number>", "stops at so many states")
  .default(defaultMaxStates)
  .argParser(positive);

export const maxTime = new Option("--max-time <time>", "stops after so much time of the clock")
  .default(defaultMaxTimeMs, "5m")
  .argParser((text) => {
    const ms = parseDuration(text);
    if (ms !== undefined && ms > 0) return ms;
    throw new InvalidArgumentError("It is a time above 0 such as 30s or 5m.");
  });

export function positive(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}
