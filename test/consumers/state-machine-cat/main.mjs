// Has state-machine-cat itself read and paint every machine: it must understand each state, its
// kind and each arrow as they are in the outline, and show each name in its SVG.
const root = new URL("../../..", import.meta.url);
const { catalogue } = await import(new URL("dist/machines/index.js", root));
const { outlineOf, smcat } = await import(new URL("dist/src/index.js", root));
const { transitionLabel: labelOf } = await import(new URL("dist/src/diagram/label.js", root));

const consumer = await import("state-machine-cat").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.log("skipped, because state-machine-cat is not installed; npm ci installs it");
});
if (consumer !== undefined) {
  const outlines = Object.values(catalogue).map(outlineOf);
  const wrong = (await Promise.all(outlines.map(mistakes))).flat();
  for (const line of wrong) console.error(line);
  console.log(`${outlines.length} machines read and painted by state-machine-cat`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

async function mistakes(outline) {
  const text = smcat(outline);
  const read = parts(await consumer.render(text, { outputType: "json" })).flatMap(partLines);
  const svg = await consumer.render(text, { outputType: "svg" });
  const expected = stateLines(outline);
  const leaves = allStates(outline.root).filter(({ states, type }) => states.length === 0 && type !== "final");
  return [
    ...lost(expected, read).map((line) => `${outline.id}: not understood: ${line}`),
    ...lost(read, expected).map((line) => `${outline.id}: not ours: ${line}`),
    ...leaves.filter(({ key }) => !svg.includes(`>${key}<`)).map(({ key }) => `${outline.id}: no ${key} in the SVG`),
  ];
}

/** As often as there are fewer of it in `found`. */
function lost(wanted, found) {
  const left = [...found];
  return wanted.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What state-machine-cat understood. */
function partLines({ states, transitions = [] }) {
  return [
    ...states.map(({ name, type, label = name }) => `${name} is ${type}: ${label}`),
    ...transitions.map(({ from, to, label = "" }) => `${from} => ${to}: ${label}`),
  ];
}

function parts(machine) {
  return [machine, ...machine.states.flatMap(({ statemachine }) => (statemachine ? parts(statemachine) : []))];
}

/** What it should have understood. */
function stateLines({ id, root: top }) {
  const nameOf = (path) => (path === "" ? id : `${id}.${path}`);
  return allStates(top).flatMap(({ path, key, type, initial, transitions }) => {
    const kind = ["parallel", "final"].includes(type) ? type : "regular";
    const dot = nameOf(`${path}#initial`);
    const first = initial === undefined ? [] : [`${dot} is initial: ${dot}`, `${dot} => ${nameOf(initial)}: `];
    const arrows = transitions.flatMap((one) =>
      one.targets.map((to) => `${nameOf(path)} => ${nameOf(to)}: ${labelOf(one)}`),
    );
    return [`${nameOf(path)} is ${kind}: ${key}`, ...first, ...arrows];
  });
}

function allStates(state) {
  return [state, ...state.states.flatMap(allStates)];
}
