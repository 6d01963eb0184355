import { describe, expect, it } from "vitest";

import { type Choices, createChoices, restoreChoices } from "../../src/choice/choices.ts";

const range = { low: 1, high: 9, usual: 5 };

function told(choices: Choices): Choices {
  return choices.toldBy((name) => (name === "wait" ? 7 : name === "outcome" ? "lost" : undefined));
}

describe("what a scenario says of choices", () => {
  it("answers those that are asked without a word of their own", () => {
    const choices = told(createChoices({ seed: 3, record: true }));
    expect(choices.amount("wait", "pod/default/web", range)).toBe(7);
    expect(choices.pick("outcome", "", ["pulled", "lost"])).toBe("lost");
    expect(choices.records().map(({ by }) => by)).toEqual(["scenario", "scenario"]);
  });

  it("yields to what the asker was given, and to a recorded answer", () => {
    const record = {
      name: "wait",
      about: "",
      alternatives: [1, 9],
      picked: 2,
      by: "usual",
    } as const;
    expect(told(createChoices()).amount("wait", "", range, 8)).toBe(8);
    expect(told(createChoices({ recorded: [record] })).amount("wait", "", range)).toBe(2);
  });

  it("says nothing that is no alternative", () => {
    expect(told(createChoices()).pick("outcome", "", ["pulled", "refused"])).toBe("pulled");
    expect(told(createChoices()).amount("outcome", "", range)).toBe(5);
  });

  it("goes along with a fork, and must be told again to what was saved", () => {
    const choices = told(createChoices());
    expect(choices.fork().amount("wait", "", range)).toBe(7);
    expect(restoreChoices(choices.save()).amount("wait", "", range)).toBe(5);
    expect(told(restoreChoices(choices.save())).amount("wait", "", range)).toBe(7);
  });
});
