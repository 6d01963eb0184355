import { describe, expect, it } from "vitest";

import { coverTransitions } from "../../src/explore/suite.ts";
import { properties } from "../properties/all.ts";
import { evictionProperties } from "../properties/evictions.ts";
import type { History } from "../properties/property.ts";
import { workloadProperties } from "../properties/workloads.ts";
import { pathHistory } from "../support/histories.ts";
import { shippedSystem } from "../support/systems.ts";

const names = ["node-failure", "taint-eviction", "replica-set", "deployment-rollout"];

/** Of every path with one open step: more take longer than tests may. */
function historiesOf(name: string): readonly History[] {
  const system = shippedSystem(name);
  const { paths } = coverTransitions({ ...system, bounds: { ...system.bounds, steps: 1 } });
  return paths.map((path) => pathHistory(system, path));
}

describe("on the paths of shipped systems", () => {
  const histories = names.map((name) => [name, historiesOf(name)] as const);

  it.each(histories)("every property of lives holds: %s", (_, all) => {
    const broken = all.flatMap((history) => {
      return properties.flatMap(({ says, broken: find }) => {
        return find(history).map((where) => `${says}: ${where}`);
      });
    });
    expect(broken).toEqual([]);
  });

  it.each([...workloadProperties, ...evictionProperties])(
    "there is one on which its mutant is caught: $says",
    ({ broken, mutant }) => {
      const caught = histories.flatMap(([, all]) =>
        all.filter((one) => broken(mutant(one)).length),
      );
      expect(caught.length).toBeGreaterThan(0);
    },
  );
});
