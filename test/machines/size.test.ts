import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { describe, expect, it } from "vitest";

import * as index from "../../machines/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = Object.keys(index).filter((name) => name.endsWith("Machine"));

/** What an app gets that imports it from `kubechart/machines`, but for XState. */
async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from "./machines/index.ts";`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["xstate"],
  });
  return outputFiles[0]?.text ?? "";
}

describe("an app that imports one machine", () => {
  it.each(names)("gets less than 40 kB with %s, and nothing of Node", async (name) => {
    const text = await bundled(name);
    expect(text.length).toBeGreaterThan(500);
    expect(new TextEncoder().encode(text).length).toBeLessThan(40_000);
    expect(text).not.toMatch(/["']node:/);
  });
});
