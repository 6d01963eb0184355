import { humanDuration, shortHumanDuration } from "../../../machines/api/duration.ts";

export function run({ elapsedMs }: { readonly elapsedMs: number }): unknown {
  return { human: humanDuration(elapsedMs), short: shortHumanDuration(elapsedMs) };
}
