import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { everyVersionOf } from "../../machines/for-version.ts";
import { catalogue, samples } from "../../machines/index.ts";
import { branchesOfMachine } from "../../src/explore/universe.ts";
import { internEvent } from "../../src/system/kernel-event.ts";
import { Stepper } from "../../src/system/stepper.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../docs/coverage.md", import.meta.url)),
  "utf8",
);
const hidden = [...page.matchAll(/^- `(\w+) ([^`]+)`: .+$/gm)].map(([, machine = "", rest]) => {
  return [machine, `${machine} ${rest}`] as const;
});

const statesMost = 2_000;

/** The branches that a machine takes by itself, whatever samples and timers come in any order. */
function takenAlone(id: string): ReadonlySet<string> {
  const [chart, sample] = [catalogue[id], samples[id]];
  if (chart === undefined || sample === undefined) return new Set();
  const machine = everyVersionOf(chart);
  const names = new Map(branchesOfMachine(machine).map((one) => [one.definition, one.name]));
  const stepper = new Stepper(machine);
  const events = new Set(sample.events.map((event) => internEvent({ ...event })));
  const known = new Set(sample.inputs.map((input) => stepper.initial(input).local));
  const taken = new Set<string>();
  for (let before = 0; before < events.size; ) {
    before = events.size;
    for (const local of known) {
      for (const event of events) {
        const step = stepper.step(local, event);
        for (const branch of step.taken ?? []) taken.add(names.get(branch) ?? "");
        if (known.size < statesMost) known.add(step.local);
        for (const timer of step.timers) if ("fires" in timer) events.add(timer.fires);
      }
    }
  }
  return taken;
}

describe("a branch that no shipped system takes", () => {
  it.each(hidden)("of %s is one that its machine takes by itself: %s", (machine, name) => {
    expect([...takenAlone(machine)]).toContain(name);
  });
});
