// Bundles every machine of `kubechart/machines` for a browser, and lets each live through its samples
// in Chromium: it needs nothing of Node, and comes to the same states as here.
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { withPage } from "../browser.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const app = `
import { createActor } from "xstate";
import { catalogue, forVersion, samples } from "./dist/machines/index.js";

const minors = ["1.32", "1.33", "1.34", "1.35", "1.36"];

/** Where each machine is after each of its samples, in each version. */
export function lived() {
  return Object.entries(catalogue).flatMap(([id, machine]) =>
    minors.flatMap((version) =>
      samples[id].inputs.map((input) => {
        const actor = createActor(forVersion(machine, { version }), { input }).start();
        const values = samples[id].events.map((event) => {
          actor.send(event);
          return actor.getSnapshot().value;
        });
        const { status } = actor.getSnapshot();
        actor.stop();
        return JSON.stringify({ id, version, status, values });
      }),
    ),
  );
}
`;

const bundled = async (platform, globalName) => {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    platform,
    ...(globalName === undefined ? { format: "esm" } : { format: "iife", globalName }),
  });
  return outputFiles[0].text;
};

const here = await import(`data:text/javascript;base64,${Buffer.from(await bundled("node")).toString("base64")}`);
const expected = here.lived();
const failed = expected.filter((life) => JSON.parse(life).status === "error");
if (expected.length < 100 || failed.length > 0) throw new Error(`lives in Node: ${failed.join("\n")}`);

const script = await bundled("browser", "machines");
await withPage(async (page) => {
  await page.addScriptTag({ content: script });
  const there = await page.evaluate("machines.lived()");
  console.log(`${there.length} lives of machines in Chromium, ${Math.ceil(script.length / 1_000)} kB with XState`);
  return expected.flatMap((life, nth) => (there[nth] === life ? [] : [`${there[nth]} instead of ${life}`]));
});
