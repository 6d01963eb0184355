import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { docBlocks } from "./support/doc-blocks.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const page = fileURLToPath(new URL("../docs/testing.md", import.meta.url));

describe("docs/testing.md", () => {
  it.each(docBlocks(page, "js"))("has a test for node --test that passes", (code) => {
    const args = ["--input-type=module", "--eval", code];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# pass [1-9]\d*\n# fail 0$/m);
  });

  it("has tests for Vitest, which follow", () => {
    expect(docBlocks(page, "ts").length).toBeGreaterThan(2);
  });
});

for (const nth of docBlocks(page, "ts").keys()) {
  const block: string = `/docs/testing.md?block=${nth}.ts`;
  await import(block);
}
