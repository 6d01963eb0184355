// A module of properties in which one never returns: it is named with its state, the others are decided.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const module = join(mkdtempSync(join(tmpdir(), "kubechart-properties-")), "endless.mjs");
writeFileSync(
  module,
  `const has = (objects, word) => JSON.stringify(objects).includes(word);
export const properties = {
  "it returns": { always: (objects) => { while (has(objects, "ErrImagePull")); return true; } },
  "a pull is never backed off": { always: (objects) => !has(objects, "ImagePullBackOff") },
};`,
);
const begunAt = performance.now();
const { stdout, stderr, status } = spawnSync(process.execPath, [main, "explore", "image-pull", "--properties", module], {
  encoding: "utf8",
});
const isTold = /\nthrew {5}it returns: it has not returned after 5 s/.test(stdout);
const isDecided = /\nviolated {2}a pull is never backed off\n/.test(stdout);
if (!/^kubechart: it returns: it has not returned after 5 s; look for a loop/m.test(stderr)) {
  throw new Error(`standard error: ${stderr}`);
}
if (performance.now() - begunAt > 60_000) throw new Error("it has taken longer than a minute");
if (status !== 1 || !isTold || !isDecided) throw new Error(`exit ${status}: ${stdout}`);
console.log("a property that never returns is named, and the other one is decided");
