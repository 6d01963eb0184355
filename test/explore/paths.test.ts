import { describe, expect, it } from "vitest";

import { Lives, type Move } from "../../src/explore/life.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import type { Executor } from "../../src/system/executor.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";
import { traceLine } from "../../src/trace/trace-lines.ts";
import { properties } from "../properties/all.ts";
import type { History, Observed } from "../properties/property.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

/** All deliveries of a life, one a line, and all that is written in it. */
function lived(
  system: ExploredSystem,
  moves: readonly Move[],
  host?: Executor,
): { readonly trace: string; readonly history: History } {
  const lives = new Lives(system, host);
  const lines: string[] = [];
  const history: Observed[] = [];
  let life = lives.begin();
  life.cluster.observe((delivery) => lines.push(traceLine(delivery)));
  life.cluster.watch(({ atMs, type, object }) => history.push({ atMs, type, object }));
  for (const move of moves) ({ life } = lives.drive(life, move));
  return { trace: lines.join("\n"), history };
}

const shipped = ["image-pull", "pod-never", "admission", "pod-memory-v1"];

/** None in which somebody writes a status that is not so. */
const systems: readonly (readonly [string, () => ExploredSystem])[] = [
  ...Object.entries(smallSystems),
  ...shipped.map((name) => [name, () => shippedSystem(name)] as const),
];

describe.each(systems)("every path of the suite of %s", (_, make) => {
  const system = make();
  const { paths } = coverTransitions(system);

  it("is the same on XState's own actors", () => {
    expect(paths.length).toBeGreaterThan(0);
    for (const { moves } of paths) {
      expect(lived(system, moves, new XStateHost()).trace).toBe(lived(system, moves).trace);
    }
  });

  it("keeps every property that holds in a real cluster", () => {
    const broken = paths.flatMap(({ id, moves }) => {
      const { history } = lived(system, moves);
      return properties.flatMap(({ says, broken: find }) =>
        find(history).map((where) => `${id} ${says}: ${where}`),
      );
    });
    expect(broken).toEqual([]);
  });
});
