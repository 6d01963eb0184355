import { assert, integer, nat, property } from "fast-check";
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

const outcomes = ["pulled", "failed", "lost"] as const;

/** The answers to one question, asked so often. */
function asked(choices: Choices, times: number, about = "web"): readonly string[] {
  return Array.from({ length: times }, () => choices.pick("outcome", about, outcomes));
}

describe("a choice", () => {
  it("takes its usual course without a seed", () => {
    const choices = createChoices();
    expect(asked(choices, 50)).toEqual(Array.from({ length: 50 }, () => "pulled"));
    expect(choices.amount("wait", "", range)).toBe(5);
  });

  it("is what a scenario gives, whatever the seed", () => {
    const choices = createChoices({ seed: 1 });
    expect(choices.pick("outcome", "", outcomes, "lost")).toBe("lost");
    expect(choices.amount("wait", "", range, 70)).toBe(70);
  });

  it("has an alternative", () => {
    expect(() => createChoices().pick("outcome", "", [])).toThrow(
      "choice outcome has no alternative",
    );
  });
});

describe("a seed", () => {
  it("gives the same answers again, and another one gives others", () => {
    const answers = [7, 7, 8].map((seed) => asked(createChoices({ seed }), 60).join());
    expect(answers[1]).toBe(answers[0]);
    expect(answers[2]).not.toBe(answers[0]);
  });

  it("mostly takes the usual course, and each of the others at times", () => {
    const answers = asked(createChoices({ seed: 1 }), 2_000);
    const shares = outcomes.map((one) => answers.filter((answer) => answer === one).length / 2_000);
    expect(shares[0]).toBeGreaterThan(0.8);
    expect(Math.min(...shares)).toBeGreaterThan(0.05);
  });

  it("gives whole amounts of the range, its ends included", () => {
    assert(
      property(integer(), integer({ min: -5, max: 5 }), nat({ max: 3 }), (seed, low, width) => {
        const choices = createChoices({ seed });
        const high = low + width;
        const amounts = Array.from({ length: 200 }, () =>
          choices.amount("wait", "", { low, high, usual: low }),
        );
        const all = Array.from({ length: width + 1 }, (_, at) => low + at);
        expect([...new Set(amounts)].toSorted((a, b) => a - b)).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  it("changes nobody's luck when one more pod asks", () => {
    const alone = asked(createChoices({ seed: 3 }), 50);
    const choices = createChoices({ seed: 3 });
    const beside = alone.map(() => {
      asked(choices, 2, "other");
      return choices.pick("outcome", "web", outcomes);
    });
    expect(beside).toEqual(alone);
  });
});

describe("a recorded run", () => {
  it("is answered as it was, by name, subject and order", () => {
    const first = createChoices({ seed: 9, record: true });
    const answers = [asked(first, 20), asked(first, 20, "other")];
    const again = createChoices({ recorded: first.records() });
    expect([asked(again, 20, "other"), asked(again, 20)]).toEqual(answers.toReversed());
  });

  it("goes on as without a record where the record ends, or names no alternative", () => {
    const recorded = ["lost", "stolen"].map((picked) => ({
      name: "outcome",
      about: "web",
      alternatives: outcomes,
      picked,
      by: "seed" as const,
    }));
    expect(asked(createChoices({ recorded }), 3)).toEqual(["lost", "pulled", "pulled"]);
  });

  it("is kept only when it is wanted, with who answered", () => {
    const kept = createChoices({ record: true, seed: 1 });
    kept.pick("outcome", "web", outcomes, "lost");
    kept.amount("wait", "web", range);
    expect(kept.records()).toMatchObject([
      { name: "outcome", about: "web", alternatives: outcomes, picked: "lost", by: "scenario" },
      { name: "wait", alternatives: [1, 9], by: "seed" },
    ]);
    const silent = createChoices({ seed: 1 });
    asked(silent, 3);
    expect(silent.records()).toEqual([]);
  });
});

describe("a copy of choices", () => {
  it("goes on as the original would, and leaves it alone", () => {
    const choices = createChoices({ seed: 4, record: true });
    asked(choices, 5);
    const copies = [choices.fork(), restoreChoices(JSON.parse(JSON.stringify(choices.save())))];
    const answers = copies.map((copy) => asked(copy, 30));
    expect(choices.records()).toHaveLength(5);
    expect(answers).toEqual([asked(choices, 30), answers[0]]);
  });

  it("that was saved or listed stays as it was", () => {
    const choices = createChoices({ seed: 4, record: true });
    const [saved, records] = [choices.save(), choices.records()];
    asked(choices, 5);
    expect([saved.records, saved.asked, records]).toEqual([[], [], []]);
  });
});
