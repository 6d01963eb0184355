import { describe, expect, it } from "vitest";

import { Pace } from "../../src/cli/pace.ts";

function after(...elapsedMs: readonly number[]): number {
  const pace = new Pace();
  for (const one of elapsedMs) pace.took(one);
  return pace.states;
}

describe("properties are asked", () => {
  it("in one state at first, and in twice as many while they are quick, up to 64", () => {
    expect([after(), after(2), after(2, 3), after(...Array.from({ length: 20 }, () => 1))]).toEqual(
      [1, 2, 4, 64],
    );
  });

  it("in fewer states at once when they are slow, and always in one", () => {
    expect(after(1, 1, 1, 1, 700)).toBe(4);
    expect(after(900, 900)).toBe(1);
  });

  it("in as many as before when they are neither", () => {
    expect(after(1, 1, 300)).toBe(4);
  });
});
