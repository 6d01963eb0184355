// Runs what uses kubechart from outside: each folder here with a `main.mjs`, one after the other.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const consumers = readdirSync(here).filter((name) => existsSync(`${here}${name}/main.mjs`));
const failed = consumers.toSorted().filter((name) => {
  const { status } = spawnSync(process.execPath, [`${here}${name}/main.mjs`], { stdio: "inherit" });
  console.log(`${name} ${status === 0 ? "ok" : "failed"}`);
  return status !== 0;
});
console.log(`${consumers.length} consumers, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
