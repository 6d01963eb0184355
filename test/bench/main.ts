import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { actors } from "./actors.ts";
import { controllers } from "./controllers.ts";
import { explorer } from "./explorer.ts";
import type { Figure } from "./figure.ts";
import { fork } from "./fork.ts";
import { memo } from "./memo.ts";
import { pods } from "./pods.ts";
import { scheduler } from "./scheduler.ts";
import { start } from "./start.ts";
import { store } from "./store.ts";
import { timers } from "./timers.ts";

const benches = {
  start,
  timers,
  memo,
  actors,
  fork,
  pods,
  store,
  explorer,
  scheduler,
  controllers,
};

/** `npm run bench [name…]`: ratios within one run; exit 1 when a bound does not hold. */
async function main(names: readonly string[]): Promise<number> {
  const chosen = Object.entries(benches).filter(([name]) => {
    return names.length === 0 || names.includes(name);
  });
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0) return measured(...only);
  return Math.max(...chosen.map(([name]) => inItsOwnProcess(name)));
}

/** What one leaves in memory does not weigh on the next. */
function inItsOwnProcess(name: string): number {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), name];
  return spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
}

async function measured(name: string, run: () => Bench): Promise<number> {
  let failures = 0;
  for (const figure of await run()) {
    const ok = holds(figure);
    if (!ok) failures++;
    console.log(`${name.padEnd(8)} ${ok ? "ok  " : "MISS"} ${sentence(figure)}`);
  }
  return failures === 0 ? 0 : 1;
}

type Bench = readonly Figure[] | Promise<readonly Figure[]>;

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
