// Has SCION, an interpreter of W3C's SCXML, run every machine beside XState: with the same events, and
// the guards that held for XState, it is in the same states after each of them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createActor, SimulatedClock } from "xstate";

const root = new URL("../../..", import.meta.url);
const { catalogue, samples } = await import(new URL("dist/machines/index.js", root));
const { outlineOf, scxml } = await import(new URL("dist/src/diagram/index.js", root));
const { nameLabel } = await import(new URL("dist/src/diagram/label.js", root));

/** Enough to take most branches of each machine. */
const mostSteps = 400;

const scion = installed();
if (scion !== undefined) {
  const results = [];
  for (const machine of Object.values(catalogue)) results.push(await runBoth(machine));
  const wrong = results.flatMap(({ mistakes }) => mistakes);
  for (const line of wrong) console.error(line);
  const steps = results.reduce((sum, one) => sum + one.steps, 0);
  const idle = results.filter((one) => one.moves < 2).map(({ id }) => `${id} was never moved`);
  for (const line of idle) console.error(line);
  console.log(`${results.length} machines run by SCION, ${steps} steps, the same states as XState's after each`);
  // Timers of an interpreter that is thrown away would keep the process.
  process.exit(wrong.length + idle.length === 0 ? 0 : 1);
}

/** In a folder of its own: it is old, and nothing else here needs it. */
function installed() {
  const folder = mkdtempSync(join(tmpdir(), "kubechart-scxml-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "@scion-scxml/scxml@4.3.27"], {
      cwd: folder,
      stdio: "ignore",
    });
  } catch (error) {
    console.log(`skipped, because SCION cannot be installed: ${error.message}`);
    return undefined;
  }
  return createRequire(join(folder, "package.json"))("@scion-scxml/scxml");
}

async function runBoth(machine) {
  const results = [];
  for (const input of samples[machine.id].inputs) {
    const sent = new Map();
    // One that ends lives again, so that every event is its last one once.
    for (const _ of samples[machine.id].events) {
      const result = await runWith(machine, input, sent);
      results.push(result);
      if (!result.hasEnded || result.mistakes.length > 0) break;
    }
  }
  return {
    id: machine.id,
    mistakes: results.flatMap(({ mistakes }) => mistakes).slice(0, 3),
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
    moves: results.reduce((sum, { moves }) => sum + moves, 0),
  };
}

/** One life: again and again the event that was sent least in this state. */
async function runWith(machine, input, sent) {
  const live = liveOf(machine, input);
  const events = [...samples[machine.id].events, ...timers(machine)];
  const { holds } = live;
  live.actor.start();
  const chart = await interpreter(scxml(outlineOf(machine), { holds }));
  const now = () => live.actor.getSnapshot();
  const mistakes = differences(machine, "start", now(), chart);
  let moves = 0;
  let steps = 0;
  for (; steps < mostSteps && now().status === "active" && mistakes.length === 0; steps++) {
    const place = JSON.stringify(now().value);
    const count = (event) => sent.get(place + JSON.stringify(event)) ?? 0;
    const open = events.filter(({ type }) => !type.startsWith("xstate.") || isSet(type, now()));
    const event = open.reduce((least, one) => (count(one) < count(least) ? one : least), open[0]);
    sent.set(place + JSON.stringify(event), count(event) + 1);
    for (const { type, holds: data } of live.heard(() => live.actor.send(event), event)) {
      chart.gen({ name: type.replace(/^xstate\.(?=after\.)/, ""), data: { holds: data } });
    }
    if (JSON.stringify(now().value) !== place) moves++;
    mistakes.push(...differences(machine, `${place} ${event.type}`, now(), chart));
  }
  const hasEnded = now().status === "done";
  live.actor.stop();
  return { mistakes, steps, moves, hasEnded };
}

/** An actor that says which guards held, and which events came of the one it was sent. */
function liveOf(machine, input) {
  const asked = [];
  const seen = [];
  const guards = Object.entries(machine.implementations.guards).map(([name, guard]) => [
    name,
    (args, params) => {
      const isTrue = guard(args, params);
      if (isTrue) asked.push({ event: args.event, label: nameLabel(params === undefined ? { name } : { name, params }) });
      return isTrue;
    },
  ]);
  const actor = createActor(machine.provide({ guards: Object.fromEntries(guards) }), {
    input,
    clock: new SimulatedClock(),
    inspect: ({ type, event }) => type === "@xstate.microstep" && seen.push(event),
  });
  return {
    actor,
    /** Before the first event: XState has begun when the actor was made. */
    holds: asked.map(({ label }) => label),
    /** What an action has raised is an event of its own for an interpreter that knows no actions. */
    heard: (run, first) => {
      asked.length = 0;
      seen.length = 0;
      run();
      const all = [...new Set([first, ...seen])];
      const holdsWith = (event) => asked.filter((one) => one.event === event).map(({ label }) => label);
      return all.map((event) => ({ type: event.type, holds: holdsWith(event) }));
    },
  };
}

function timers(machine) {
  return machine.events.filter((type) => type.startsWith("xstate.after.")).map((type) => ({ type }));
}

function isSet(type, snapshot) {
  return activeNodes(snapshot).some((node) => node.after.some(({ eventType }) => eventType === type));
}

function activeNodes(snapshot) {
  const all = (node) => [node, ...Object.values(node.states).flatMap(all)];
  return all(snapshot.machine.root).filter(({ path }) => path.length === 0 || snapshot.matches(path.join(".")));
}

function interpreter(text) {
  return new Promise((resolve, reject) => {
    scion.documentStringToModel("machine.scxml", text, (error, model) => {
      if (error) return reject(error);
      model.prepare((failed, prepared) => {
        if (failed) return reject(failed);
        const chart = new scion.core.Statechart(prepared, { console: { log: () => {} } });
        chart.start();
        resolve(chart);
      }, { console: { log: () => {} } });
    });
  });
}

function differences(machine, after, snapshot, chart) {
  const leaves = activeNodes(snapshot).filter(({ states }) => Object.keys(states).length === 0);
  const ours = leaves.map(({ id }) => id).toSorted().join(" ");
  const theirs = [...chart.getConfiguration()].toSorted().join(" ");
  return ours === theirs ? [] : [`${machine.id} after ${after}: ${theirs} instead of ${ours}`];
}
