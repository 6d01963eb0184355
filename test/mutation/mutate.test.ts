import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `npm run mutate` does after compiling. */
function mutate(...args: readonly string[]) {
  const main = ["--import", "./dist/test/mutation/register.js", "dist/test/mutation/main.js"];
  return spawnSync(process.execPath, [...main, ...args], { cwd: root, encoding: "utf8" });
}

describe("npm run mutate", () => {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const verdicts = join(folder, "verdicts.jsonl");
  const args = ["--systems", "long-pull", "--at-most", "60", "--seed", "7", "--resume", verdicts];

  it("finds that a small suite kills what its system shows", { timeout: 300_000 }, () => {
    const { stdout, stderr, status } = mutate(...args, "--check", "3");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^60 of \d{4} mutants, seed 7\n/);
    const [, killed, possible] = /^all: (\d+) of (\d+) killed, /m.exec(stdout) ?? [];
    expect(Number(possible)).toBeGreaterThan(3);
    expect(killed).toBe(possible);
  });

  it("goes on from what was found out before", { timeout: 300_000 }, () => {
    const known = readFileSync(verdicts, "utf8");
    const [about = "", trial = "{}"] = known.split("\n");
    const told: unknown = JSON.parse(trial);
    writeFileSync(verdicts, `${about}\n${JSON.stringify({ ...Object(told), killed: [] })}\n`);
    expect(mutate(...args).stdout).toMatch(/^all: 0 of 0 killed, /m);
  });

  it("says of what it makes no mutants", () => {
    const { stderr, status } = mutate("pods");
    expect(stderr).toBe("expected machines or modules of functions, got pods\n");
    expect(status).toBe(2);
  });
});
