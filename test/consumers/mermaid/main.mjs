// Has Mermaid itself parse every machine and paint it in a page of Chromium: it refuses none, and
// each picture has the name of each state and one line for each arrow and each start and end.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { withPage } from "../browser.mjs";

const root = new URL("../../..", import.meta.url);
const { catalogue } = await import(new URL("dist/machines/index.js", root));
const { bundled } = await import(new URL("dist/src/diagram/composition.js", root));
const { mermaid, outlineOf } = await import(new URL("dist/src/diagram/index.js", root));

await withPage(async (page) => {
  await page.goto("about:blank");
  await page.addScriptTag({ path: fileURLToPath(new URL("node_modules/mermaid/dist/mermaid.min.js", root)) });
  const outlines = [...Object.values(catalogue).map(outlineOf), ...systems()];
  const wrong = [];
  for (const outline of outlines) {
    const painted = await page.evaluate(paint, mermaid(outline)).catch((error) => ({ error }));
    wrong.push(...mistakes(outline, painted).map((line) => `${outline.id}: ${line}`));
  }
  const { error, words = "" } = await page.evaluate(paint, told("sequence")).catch((failed) => ({ error: failed }));
  if (error !== undefined || !words.includes("podWorker/default/steady")) wrong.push(`the sequence of a run: ${error}`);
  const meeting = await page.evaluate(paint, told("composition")).catch((failed) => ({ error: failed }));
  if (meeting.error !== undefined || !meeting.words.includes("statusManager")) wrong.push(`the composition of a run: ${meeting.error}`);
  console.log(`${outlines.length - 2} machines, a composition, a graph, and the sequence and the composition of a run, parsed and painted by Mermaid`);
  return wrong;
});

/** Who tells whom in a system, and which of its states show something of their own; one arrow each way. */
function systems() {
  return [[], ["--graph", "shown"]].map((options) => {
    const args = ["dist/cli/main.js", "diagram", "image-pull", "-o", "json", ...options];
    const outline = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }));
    return options.length === 0 ? bundled(outline) : outline;
  });
}

function told(form) {
  const args = ["run", "docs/examples/lives.yaml", "--until", "20s", "-o", form];
  return execFileSync(process.execPath, ["dist/cli/main.js", ...args], { cwd: root, encoding: "utf8" });
}

/** In the page. */
async function paint(text) {
  const { mermaid: painter } = globalThis;
  painter.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 1e4 });
  await painter.parse(text);
  const { svg } = await painter.render("picture", text);
  document.body.innerHTML = svg;
  const texts = [...document.querySelectorAll(".label, .nodeLabel, .cluster-label, text")];
  const lines = document.querySelectorAll("path.transition");
  return { words: texts.map(({ textContent }) => textContent).join("\n"), lines: lines.length };
}

function mistakes({ root: top }, { error, words, lines }) {
  if (error !== undefined) return [`Mermaid says ${error.message}`];
  const states = allStates(top);
  const keys = states.slice(1).map(({ key }) => key);
  const missing = keys.filter((key) => !words.includes(key)).map((key) => `${key} is not painted`);
  const arrows = states.flatMap(({ transitions }) => transitions.flatMap(({ targets }) => targets));
  return lines >= arrows.length ? missing : [...missing, `${lines} of ${arrows.length} arrows are painted`];
}

function allStates(state) {
  return [state, ...state.states.flatMap(allStates)];
}
