// Draws every machine as SVG with Graphviz' own `dot`: nothing is refused or warned about, and the
// picture has each state, each border and each arrow.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = new URL("../../..", import.meta.url);
const { catalogue } = await import(new URL("dist/machines/index.js", root));
const { dot, outlineOf } = await import(new URL("dist/src/index.js", root));

const { error, stderr: version } = spawnSync("dot", ["-V"], { encoding: "utf8" });
if (error === undefined) drawAll();
else console.log(`skipped, because there is no Graphviz: ${error.message}; Debian has it as graphviz`);

function drawAll() {
  const outlines = [...Object.values(catalogue).map(outlineOf), ...systems()];
  const wrong = outlines.flatMap(mistakes);
  for (const line of wrong) console.error(line);
  console.log(`${Object.keys(catalogue).length} machines, a composition and a graph drawn by ${version.trim()}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

/** Who tells whom in a system, and which of its states show something of their own. */
function systems() {
  return [[], ["--graph", "shown"]].map((options) => {
    const args = ["dist/cli/main.js", "diagram", "image-pull", "-o", "json", ...options];
    return JSON.parse(spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" }).stdout);
  });
}

function mistakes(outline) {
  const { status, stdout, stderr } = spawnSync("dot", ["-Tsvg"], {
    input: dot(outline),
    encoding: "utf8",
    cwd: fileURLToPath(root),
  });
  if (status !== 0 || stderr !== "") return [`${outline.id}: dot says ${stderr}`];
  const states = allStates(outline.root);
  const composites = states.filter((state) => state.states.length > 0);
  const initials = states.filter(({ initial }) => initial !== undefined);
  const arrows = states.flatMap(({ transitions }) => transitions.flatMap(({ targets }) => targets));
  const expected = { cluster: composites.length, edge: arrows.length + initials.length };
  return Object.entries(expected).flatMap(([kind, count]) => {
    const drawn = stdout.split(`class="${kind}"`).length - 1;
    return drawn === count ? [] : [`${outline.id}: ${drawn} of ${count} ${kind}s are drawn`];
  });
}

function allStates(state) {
  return [state, ...state.states.flatMap(allStates)];
}
