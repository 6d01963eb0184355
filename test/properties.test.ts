import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { properties } from "./properties/all.ts";
import { premises } from "./properties/premises.ts";
import type { History, Property } from "./properties/property.ts";
import { modelHistory, recordedHistory } from "./support/histories.ts";
import { randomScript } from "./support/random-scripts.ts";
import { playing } from "./support/scripts.ts";
import { startsOf } from "./support/starts.ts";

const recordings = fileURLToPath(new URL("recordings", import.meta.url));
const names = readdirSync(recordings).filter((name) => !name.endsWith(".ts"));
const recorded = names.map((name) => recordedHistory(join(recordings, name)));
const starts = [...startsOf(fileURLToPath(new URL("..", import.meta.url)))];

/** Which properties a history breaks, and where. */
function broken(history: History): readonly string[] {
  return properties.flatMap(({ says, broken: find }) => {
    return find(history).map((where) => `${says}: ${where}`);
  });
}

describe("every property holds", () => {
  it.each(names.map((name, index) => [name, recorded[index] ?? []] as const))(
    "in the life that was recorded as %s",
    (_, history) => expect(broken(history)).toEqual([]),
  );

  it.each(starts)("in our life of %s", (_, start) => {
    const { cluster, untilMs } = start();
    expect(broken(modelHistory(cluster, untilMs))).toEqual([]);
  });

  it("in 200 random lives", { timeout: 120_000 }, () => {
    const scripts = randomScript({ min: 40_000, max: 90_000 });
    const property = fc.property(scripts, fc.nat(), (script, seed) => {
      expect(broken(modelHistory(playing(script, { seed }), script.untilMs))).toEqual([]);
    });
    fc.assert(property, { numRuns: 200, seed: 1, endOnFailure: true });
  });
});

describe("a cluster that does something else is caught, where", () => {
  it.each(properties)("$says", (property) => {
    const run = premises[property.says] ?? "";
    expect(names).toContain(run);
    expect(isCaught(property, recorded[names.indexOf(run)] ?? [])).toBe(true);
  });
});

it("every property names a life in which its premise holds", () => {
  expect(Object.keys(premises)).toEqual(properties.map(({ says }) => says));
});

/** The property holds in the life, but not in what the mutant makes of it. */
function isCaught({ broken: find, mutant }: Property, history: History): boolean {
  return find(history).length === 0 && find(mutant(history)).length > 0;
}
