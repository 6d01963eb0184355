import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `npm run mutate` does after compiling. */
function mutate(...args: readonly string[]) {
  const main = ["--import", "./dist/test/mutation/register.js", "dist/test/mutation/main.js"];
  return spawnSync(process.execPath, [...main, ...args], { cwd: root, encoding: "utf8" });
}

describe("npm run mutate", () => {
  it("finds that a small suite kills what its system shows", { timeout: 300_000 }, () => {
    const args = ["--systems", "long-pull", "--at-most", "40", "--seed", "7"];
    const { stdout, stderr, status } = mutate(...args);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^40 of \d{4} mutants, seed 7\n\d+ paths of 1 systems\n/);
    const [, killed, possible] = /^all: (\d+) of (\d+) killed, /m.exec(stdout) ?? [];
    expect(Number(possible)).toBeGreaterThan(3);
    expect(killed).toBe(possible);
  });

  it("says of what it makes no mutants", () => {
    const { stderr, status } = mutate("pods");
    expect(stderr).toBe("expected machines or modules of functions, got pods\n");
    expect(status).toBe(2);
  });
});
