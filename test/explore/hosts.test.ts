import { describe, expect, it } from "vitest";

import { Lives, type Move } from "../../src/explore/life.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import type { Executor } from "../../src/system/executor.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";
import { traceLine } from "../../src/trace/trace-lines.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

/** All deliveries of a life, one a line. */
function traceOf(system: ExploredSystem, moves: readonly Move[], host?: Executor): string {
  const lives = new Lives(system, host);
  const lines: string[] = [];
  let life = lives.begin();
  life.cluster.observe((delivery) => lines.push(traceLine(delivery)));
  for (const move of moves) ({ life } = lives.drive(life, move));
  return lines.join("\n");
}

const systems: Readonly<Record<string, () => ExploredSystem>> = {
  ...smallSystems,
  "image-pull": () => shippedSystem("image-pull"),
  "pod-never": () => shippedSystem("pod-never"),
  admission: () => shippedSystem("admission"),
};

describe("every path of a suite", () => {
  it.each(Object.entries(systems))("is the same on XState's own actors: %s", (_, make) => {
    const system = make();
    const { paths } = coverTransitions(system);
    expect(paths.length).toBeGreaterThan(0);
    for (const { moves } of paths) {
      expect(traceOf(system, moves, new XStateHost())).toBe(traceOf(system, moves));
    }
  });
});
