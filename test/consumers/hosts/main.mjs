// Lives every path of every shipped system's suite twice, on the kernel and on XState's own actors, and
// compares the traces delivery by delivery. `npm test` does the same with a selection.
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../../../dist/src/", import.meta.url);
const { Lives } = await import(new URL("explore/life.js", dist));
const { coverTransitions } = await import(new URL("explore/suite.js", dist));
const { XStateHost } = await import(new URL("system/xstate-host.js", dist));
const { loadSystem } = await import(new URL("testkit/load-system.js", dist));
const { traceLine } = await import(new URL("trace/trace-lines.js", dist));

function traceOf(system, moves, host) {
  const lives = new Lives(system, host);
  const lines = [];
  let life = lives.begin();
  life.cluster.observe((delivery) => lines.push(traceLine(delivery)));
  for (const move of moves) ({ life } = lives.drive(life, move));
  return lines;
}

const folder = fileURLToPath(new URL("../../../machines/systems", import.meta.url));
const names = readdirSync(folder).map((file) => basename(file, ".yaml"));
let [all, deliveries, parted] = [0, 0, 0];
for (const name of names) {
  const system = loadSystem(name);
  for (const { id, moves } of coverTransitions(system).paths) {
    const [kernel, live] = [undefined, new XStateHost()].map((host) => traceOf(system, moves, host));
    const at = kernel.findIndex((line, index) => line !== live[index]);
    all++;
    deliveries += kernel.length;
    if (at < 0 && kernel.length === live.length) continue;
    parted++;
    console.error(`${name} ${id}: delivery ${at + 1}\n  kernel ${kernel[at]}\n  XState ${live[at]}`);
  }
}
console.log(`${names.length} systems, ${all} paths, ${deliveries} deliveries on both hosts, ${parted} part`);
process.exitCode = parted === 0 && all > 0 ? 0 : 1;
