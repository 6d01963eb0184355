// Lives every path of every shipped system's suite: on the kernel and on XState's own actors, whose traces must
// be the same delivery by delivery; with an observer that reads facts from the objects alone; and with a
// reconciler that does nothing, for which every decision of the world applies. Every object that is written has
// the fields and types of Kubernetes' own schema, or of its definition. `npm test` takes a selection.
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../../../dist/src/", import.meta.url);
const { Lives } = await import(new URL("explore/life.js", dist));
const { decode } = await import(new URL("manifest/decode.js", dist));
const { definedKinds } = await import(new URL("manifest/defined-kinds.js", dist));
const { readYaml } = await import(new URL("yaml/read.js", dist));
const { factsOf } = await import(new URL("explore/step-facts.js", dist));
const { XStateHost } = await import(new URL("system/xstate-host.js", dist));
const { coverTransitions, loadSystem, observePath, reconcilePath } = await import(
  new URL("testkit/index.js", dist)
);
const { traceLine } = await import(new URL("trace/trace-lines.js", dist));

const startMs = Date.parse("2026-01-01T00:00:00Z");
const create = () => undefined;
const observe = (pod, _, { atMs }) => factsOf(pod, startMs + atMs);

function traceOf(system, moves, host) {
  const lives = new Lives(system, host);
  const lines = [];
  let life = lives.begin();
  life.cluster.observe((delivery) => lines.push(traceLine(delivery)));
  for (const move of moves) ({ life } = lives.drive(life, move));
  return lines;
}

/** Where the two hosts part; undefined when they never do. */
function parting(system, { moves }) {
  const [kernel, live] = [undefined, new XStateHost()].map((host) => traceOf(system, moves, host));
  deliveries += kernel.length;
  const at = kernel.findIndex((line, index) => line !== live[index]);
  if (at < 0 && kernel.length === live.length) return undefined;
  return `delivery ${at + 1}\n  kernel ${kernel[at]}\n  XState ${live[at]}`;
}

/** What of an object Kubernetes would not read; each object is asked once. */
function strangeIn(system, { steps }) {
  const others = { defined: definedKinds([], system.objects), isOpaque: false };
  for (const object of steps.flatMap(({ objects }) => objects)) {
    const text = JSON.stringify(object);
    if (read.has(text)) continue;
    read.add(text);
    const [node] = readYaml(text, object.metadata.name, "1.1").documents;
    const { issues } = decode({ file: object.metadata.name, node, path: [] }, undefined, others);
    if (issues.length > 0) return `${object.kind} ${JSON.stringify(issues)}`;
  }
  return undefined;
}
const read = new Set();

async function mistakeIn(system, path) {
  const mistake = parting(system, path.life) ?? strangeIn(system, path.life);
  if (mistake !== undefined) return mistake;
  try {
    await observePath(path, { create, observe });
    const idle = { create, reconcile: () => undefined, obligations: {} };
    const { skipped } = await reconcilePath(system, path, idle);
    return skipped === 0 ? undefined : `${skipped} decisions do not apply`;
  } catch (error) {
    return error.message;
  }
}

const folder = fileURLToPath(new URL("../../../machines/systems", import.meta.url));
const names = readdirSync(folder).map((file) => basename(file, ".yaml"));
let [all, deliveries, wrong] = [0, 0, 0];
for (const name of names) {
  const system = loadSystem(name);
  for (const path of coverTransitions(system).paths) {
    all++;
    const mistake = await mistakeIn(system, path);
    if (mistake === undefined) continue;
    wrong++;
    console.error(`${name} ${path.id}: ${mistake}`);
  }
}
console.log(`${names.length} systems, ${all} paths, ${deliveries} deliveries on both hosts, ${read.size} objects, ${wrong} wrong`);
process.exitCode = wrong === 0 && all > 0 ? 0 : 1;
