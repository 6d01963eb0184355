import { readFileSync } from "node:fs";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { catalogue, samples } from "../../machines/index.ts";
import { type Outline, outlineOf } from "../../src/diagram/outline.ts";
import { outlineJson } from "../../src/diagram/outline-json.ts";
import { xstateJson } from "../../src/diagram/xstate-json.ts";
import { walk } from "../support/walk.ts";

const machines = Object.values(catalogue);

describe("an outline as JSON", () => {
  const schema = new URL("../../src/diagram/outline.schema.json", import.meta.url);
  const keeps = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")));

  it.each(machines)("keeps its schema and holds the whole outline of $id", (machine) => {
    const { apiVersion, kind, ...outline } = JSON.parse(outlineJson(outlineOf(machine)));
    keeps({ apiVersion, kind, ...outline });
    expect(keeps.errors ?? []).toEqual([]);
    expect({ apiVersion, kind }).toEqual({ apiVersion: "kubechart/v1", kind: "Outline" });
    expect(outline).toEqual(withoutUndefined(outlineOf(machine)));
  });

  it("has a schema that knows each field and each kind of trigger", () => {
    expect(keeps(document({ kind: "on", event: "go" }))).toBe(true);
    expect(keeps(document({ kind: "on", delay: "go" }))).toBe(false);
    expect(keeps(document({ kind: "on", event: "go" }, { colour: "red" }))).toBe(false);
    expect(keeps(document({ kind: "on", event: "go" }, { type: "history" }))).toBe(false);
  });
});

describe("an outline as XState's configuration", () => {
  it.each(machines)("makes a machine of the same states and branches as $id", (machine) => {
    const { delays: _, ...outline } = outlineOf(machine);
    expect(outlineOf(createMachine(configOf(machine)))).toEqual({ ...outline, delays: [] });
  });

  it.each(machines)("makes a machine that takes the same steps as $id", (machine) => {
    const { config, implementations } = machine;
    const { context } = config;
    const { guards, actions, delays } = implementations;
    const twin = createMachine({ ...configOf(machine), ...(context !== undefined && { context }) });
    const sample = samples[machine.id];
    if (sample === undefined) throw new Error(`${machine.id} has no samples`);
    const [ours, theirs] = [machine, twin.provide({ guards, actions, delays })].map((one) =>
      walk(one, sample, 50).map(({ event, after, emitted }) => [event, after.value, emitted]),
    );
    expect(ours?.length).toBeGreaterThan(1);
    expect(theirs).toEqual(ours);
  });

  it("keeps reentry, constants, and targets that cross borders", () => {
    const machine = createMachine({
      id: "m",
      initial: "a",
      states: {
        a: { on: { go: { target: "#m.b.c", guard: { type: "isFit", params: { age: 3 } } } } },
        b: {
          initial: "c",
          after: { backOff: { target: ".c", reenter: true, meta: { source: ["x", "y"] } } },
          states: { c: { type: "final" } },
        },
      },
      on: { stop: "#m" },
    });
    expect(JSON.parse(xstateJson(outlineOf(machine)))).toEqual({
      id: "m",
      initial: "a",
      on: { stop: [{ target: "#m" }] },
      states: {
        a: { on: { go: [{ target: "#m.b.c", guard: { type: "isFit", params: { age: 3 } } }] } },
        b: {
          initial: "c",
          after: { backOff: [{ target: "#m.b.c", reenter: true, meta: { source: ["x", "y"] } }] },
          states: { c: { type: "final" } },
        },
      },
    });
  });
});

/** The document of one transition, with another trigger and more in its state. */
function document(trigger: object, more: object = {}): unknown {
  const text = outlineJson(outlineOf(createMachine({ id: "m", on: { go: {} } })));
  const { root, ...rest } = JSON.parse(text);
  return {
    ...rest,
    root: { ...root, transitions: [{ ...root.transitions[0], trigger }], ...more },
  };
}

function configOf(machine: AnyStateMachine): AnyStateMachine["config"] {
  return JSON.parse(xstateJson(outlineOf(machine)));
}

function withoutUndefined(outline: Outline): unknown {
  return JSON.parse(JSON.stringify(outline));
}
