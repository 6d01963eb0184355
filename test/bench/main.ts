import { actors } from "./actors.ts";
import { explorer } from "./explorer.ts";
import type { Figure } from "./figure.ts";
import { fork } from "./fork.ts";
import { memo } from "./memo.ts";
import { pods } from "./pods.ts";
import { timers } from "./timers.ts";

/** `npm run bench [name…]`: ratios within one run; exit 1 when a bound does not hold. */
async function main(names: readonly string[]): Promise<number> {
  const benches = { timers, memo, actors, fork, pods, explorer };
  let failures = 0;
  for (const [name, run] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const figure of await run()) {
      const ok = holds(figure);
      if (!ok) failures++;
      console.log(`${name.padEnd(7)} ${ok ? "ok  " : "MISS"} ${sentence(figure)}`);
    }
  }
  return failures === 0 ? 0 : 1;
}

function holds({ value, bound }: Figure): boolean {
  if (bound?.atMost !== undefined && value > bound.atMost) return false;
  return bound?.atLeast === undefined || value >= bound.atLeast;
}

function sentence({ what, value, unit, bound }: Figure): string {
  const digits = value < 10 ? 2 : 0;
  const limit =
    bound?.atMost !== undefined
      ? ` (at most ${bound.atMost})`
      : bound?.atLeast !== undefined
        ? ` (at least ${bound.atLeast})`
        : "";
  return `${what}: ${value.toFixed(digits)} ${unit}${limit}`;
}

process.exitCode = await main(process.argv.slice(2));
