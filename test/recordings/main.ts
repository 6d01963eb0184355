import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import { livesDifference } from "../support/lives.ts";

/** `npm run lives -- <folder>…`: `<name> ok`, or the first row or event that differs. */
function main(folders: readonly string[]): number {
  if (folders.length === 0) {
    console.error("usage: npm run lives -- <recording folder with a scenario.yaml>…");
    return 2;
  }
  let differing = 0;
  for (const folder of folders) {
    if (!existsSync(join(folder, "scenario.yaml"))) {
      console.error(`${folder}: no scenario.yaml in this folder`);
      return 2;
    }
    const difference = livesDifference(resolve(folder));
    if (difference !== undefined) differing++;
    console.log(`${basename(resolve(folder))} ${difference ?? "ok"}`);
  }
  return differing === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
