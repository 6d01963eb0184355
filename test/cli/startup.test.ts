import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

it("--help of the built command starts in at most three times what node itself needs", () => {
  const bare = quickestMs(["-e", "0"]);
  expect(quickestMs([main, "--help"])).toBeLessThan(3 * bare);
});

it("run of one pod takes at most six times what node itself needs", () => {
  const file = join(mkdtempSync(join(tmpdir(), "kubechart-startup-")), "pod.yaml");
  const spec = "spec: { containers: [{ name: app, image: web }] }";
  writeFileSync(file, `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n${spec}\n`);
  const bare = quickestMs(["-e", "0"]);
  expect(quickestMs([main, "run", file])).toBeLessThan(6 * bare);
});

/** Of several runs, because other work on the machine only ever makes one slower. */
function quickestMs(args: readonly string[]): number {
  const runs = Array.from({ length: 8 }, () => {
    const started = performance.now();
    expect(spawnSync(process.execPath, args).status).toBe(0);
    return performance.now() - started;
  });
  return Math.min(...runs);
}
