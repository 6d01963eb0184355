import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { ChoiceRecord } from "../../src/choice/choices.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { traceLine } from "../../src/trace/trace-lines.ts";
import { randomScript } from "../support/random-scripts.ts";
import { playing, type Script, scriptOf } from "../support/scripts.ts";

const folder = fileURLToPath(new URL("../scenarios", import.meta.url));
const lengthMs = 13_000;
const names = [
  "sidecar-and-probes",
  "memory-and-hooks",
  "created-again",
  "restarted-node",
  "clocks-apart",
];
const scripts = names.map((name) => ({ ...scriptOf(`${folder}/${name}`), untilMs: lengthMs }));
const seeds = Array.from({ length: 1_000 }, (_, index) => index + 1);

/** A run told to its end: each delivery as a line of its trace, and each choice. */
interface Told {
  readonly lines: readonly string[];
  readonly choices: readonly ChoiceRecord[];
  /** How the world stands then, as text. */
  readonly world: string;
}

function scriptFor(seed: number): Script {
  const script = scripts[seed % scripts.length];
  if (script === undefined) throw new Error("there are scripts");
  return script;
}

/** Goes on to the end of the script. */
function told(cluster: Cluster, { untilMs }: Script): Told {
  const lines: string[] = [];
  const end = cluster.observe((delivery) => lines.push(traceLine(delivery)));
  cluster.run(untilMs);
  end();
  return { lines, choices: cluster.choices(), world: JSON.stringify(cluster.system.world.save()) };
}

/** The same run, written to JSON text after so many deliveries and resumed from that text. */
function toldInTwo(script: Script, seed: number, deliveries: number): Told {
  const cluster = playing(script, { seed, record: true });
  const lines: string[] = [];
  cluster.observe((delivery) => lines.push(traceLine(delivery)));
  for (let left = deliveries; left > 0; left--) cluster.system.step();
  const text = JSON.stringify(cluster.save());
  const rest = told(Cluster.load(JSON.parse(text), script.scenario, script.kubelets), script);
  return { ...rest, lines: [...lines, ...rest.lines] };
}

/** Where two runs part; undefined when they never do. */
function parting(one: Told, other: Told): string | undefined {
  const at = one.lines.findIndex((line, index) => line !== other.lines[index]);
  if (at >= 0) return `${one.lines[at]}\n${other.lines[at]}`;
  if (one.lines.length !== other.lines.length) return other.lines[one.lines.length];
  const [asked, askedAgain] = [one, other].map(({ choices }) => JSON.stringify(choices));
  if (asked !== askedAgain) return `other choices: ${asked}\n${askedAgain}`;
  return one.world === other.world ? undefined : `another world: ${one.world}\n${other.world}`;
}

it("runs 1000 seeds to the same bytes, written to text on the way and resumed from it", {
  timeout: 180_000,
}, () => {
  for (const seed of seeds) {
    const script = scriptFor(seed);
    const whole = told(playing(script, { seed, record: true }), script);
    const middle = (seed * 7_919) % whole.lines.length;
    const parted = parting(whole, toldInTwo(script, seed, middle));
    expect(parted, `seed ${seed}, saved after ${middle}`).toBeUndefined();
  }
});

it("runs random manifests, faults and seeds to the same bytes, too", { timeout: 60_000 }, () => {
  const property = fc.property(randomScript(), fc.nat(), fc.nat(), (script, seed, at) => {
    const whole = told(playing(script, { seed, record: true }), script);
    expect(parting(whole, toldInTwo(script, seed, at % whole.lines.length))).toBeUndefined();
  });
  fc.assert(property, { numRuns: 60, seed: 9, endOnFailure: true });
});

it("repeats a seeded run from its recorded choices alone", () => {
  for (const seed of seeds.slice(0, 100)) {
    const script = scriptFor(seed);
    const first = told(playing(script, { seed, record: true }), script);
    const again = told(playing(script, { recorded: first.choices, record: true }), script);
    expect(parting(withoutTellers(first), withoutTellers(again)), `seed ${seed}`).toBeUndefined();
  }
});

/** Who answered a choice is all that a replay changes. */
function withoutTellers({ choices, ...others }: Told): Told {
  return { ...others, choices: choices.map((choice) => ({ ...choice, by: "recorded" })) };
}
