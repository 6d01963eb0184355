import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

import { runningDocBlocks } from "./support/doc-blocks.ts";
import { tapping } from "./support/tapping.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tapped = "test/vectored-functions.test.ts";

function testkit(entry: string): string {
  return `${root}src/testkit/${entry}.ts`;
}

export default defineConfig({
  test: {
    root,
    testTimeout: 60_000,
    // No test measures time, so they may share every core.
    maxWorkers: "100%",
    projects: [
      {
        plugins: [runningDocBlocks(root)],
        resolve: {
          alias: { "kubechart/test": testkit("index"), "kubechart/vitest": testkit("vitest") },
        },
        test: {
          name: "kubechart",
          root,
          include: ["test/**/*.test.ts", "docs/examples/**/*.test.ts"],
          exclude: ["test/consumers/**", tapped],
          testTimeout: 60_000,
          // Modules hold no state but what they remember, so a worker loads each of them once.
          pool: "threads",
          isolate: false,
        },
      },
      {
        plugins: [tapping(root)],
        test: { name: "tapped", root, include: [tapped], testTimeout: 60_000 },
      },
    ],
  },
});
