// Has PlantUML itself paint every machine as SVG: it refuses none, and each picture has the name of
// each state and the label of each arrow, as often as the outline has it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../../..", import.meta.url);
const { catalogue } = await import(new URL("dist/machines/index.js", root));
const { outlineOf, plantuml } = await import(new URL("dist/src/index.js", root));
const { transitionLabel } = await import(new URL("dist/src/diagram/label.js", root));

const { error } = spawnSync("plantuml", ["-headless", "-version"]);
if (error === undefined) paintAll();
else console.log(`skipped, because there is no PlantUML: ${error.message}; Debian has it as plantuml`);

function paintAll() {
  const folder = mkdtempSync(join(tmpdir(), "kubechart-plantuml-"));
  try {
    const outlines = [...Object.values(catalogue).map(outlineOf), ...systems()];
    const files = outlines.map(({ id }) => join(folder, `${id}.puml`));
    for (const [index, file] of files.entries()) writeFileSync(file, plantuml(outlines[index]));
    const run = ["run", "docs/examples/lives.yaml", "--until", "20s", "-o", "sequence-plantuml"];
    const sequence = spawnSync(process.execPath, ["dist/cli/main.js", ...run], { cwd: root, encoding: "utf8" });
    files.push(join(folder, "sequence.puml"));
    writeFileSync(files.at(-1), sequence.stdout);
    const options = { encoding: "utf8" };
    const { status, stdout, stderr } = spawnSync("plantuml", ["-headless", "-tsvg", ...files], options);
    if (status !== 0) console.error(`PlantUML ended with ${status}: ${stdout}${stderr}`);
    const wrong = outlines.flatMap((outline) => missing(outline, readFileSync(join(folder, `${outline.id}.svg`), "utf8")));
    const painted = readFileSync(join(folder, "sequence.svg"), "utf8");
    if (!painted.includes("podWorker/default/steady")) wrong.push("the sequence of a run is not painted");
    for (const line of wrong) console.error(line);
    console.log(`${outlines.length - 2} machines, a composition, a graph and the sequence of a run, painted by PlantUML`);
    process.exitCode = status === 0 && wrong.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Who tells whom in a system, and which of its states show something of their own. */
function systems() {
  return [[], ["--graph", "shown"]].map((options, nth) => {
    const args = ["dist/cli/main.js", "diagram", "image-pull", "-o", "json", ...options];
    const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    return { ...JSON.parse(stdout), id: `system-${nth}` };
  });
}

function missing({ id, root: top }, svg) {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => unescaped(text)).join("\n");
  const states = allStates(top);
  const arrows = states.flatMap(({ transitions }) =>
    transitions.flatMap((one) => one.targets.map(() => transitionLabel(one).split(/ (?=[[(/])/).join("\n"))),
  );
  const wanted = [...states.map(({ key }) => key), ...arrows];
  return [...new Set(wanted)].flatMap((text) => {
    const [found, count] = [`\n${texts}\n`.split(text).length - 1, wanted.filter((one) => one === text).length];
    return found >= count ? [] : [`${id}: ${JSON.stringify(text)} is painted ${found} of ${count} times`];
  });
}

function unescaped(text) {
  const signs = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#160;": " " };
  return text.replace(/&(?:lt|gt|amp|quot|#160);/g, (sign) => signs[sign]);
}

function allStates(state) {
  return [state, ...state.states.flatMap(allStates)];
}
