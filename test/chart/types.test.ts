import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, expectTypeOf, it } from "vitest";
import { createActor, type SnapshotFrom, setup } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import { generateChart } from "../../src/chart/generate.ts";
import { doorChart } from "./fixtures/door.chart.ts";
import { doorMachine } from "./fixtures/door.machine.ts";

const file = "test/chart/fixtures/door.yaml";

describe("a machine made of a generated chart", () => {
  it("is made of the chart as it is now", () => {
    const project = new URL("../../", import.meta.url);
    const read = (path: string) => readFileSync(fileURLToPath(new URL(path, project)), "utf8");
    const { text } = generateChart(read(file), file, "kubechart generate");
    expect(read(file.replace(".yaml", ".chart.ts"))).toBe(text);
  });

  it("knows its states exactly", () => {
    expectTypeOf<SnapshotFrom<typeof doorMachine>["value"]>().toEqualTypeOf<
      { closed: "locked" | "unlocked" } | "open"
    >();
  });

  it("does not compile with a guard or an action that the chart does not know", () => {
    const { createMachine } = setup({ guards: { isArmd: () => true }, delays: { closer: 1 } });
    // @ts-expect-error isArmed, announce and report are missing
    expect(createMachine(doorChart).id).toBe("door");
  });

  it.each([
    ["1.33", false],
    ["1.34", true],
  ] as const)("does in %s what the chart says of it", (version, loudly) => {
    const actor = createActor(forVersion(doorMachine, { version }));
    const sent: unknown[] = [];
    actor.on("*", (event) => sent.push(event));
    actor.start().send({ type: "door.locked" });
    actor.send({ type: "door.pushed" });
    expect(sent).toEqual([{ type: "alarm.raised", loudly }]);
  });
});
