import { describe, expect, it } from "vitest";

import { pathText } from "../../src/yaml/issue.ts";
import { didYouMean, nearest } from "../../src/yaml/nearest.ts";

describe("the nearest known name", () => {
  it.each([
    ["entyr", ["entry", "exit"], "entry"],
    ["puling", ["idle", "pulling"], "pulling"],
    ["Pulling", ["idle", "pulling"], "pulling"],
    ["image.puled", ["image.pullFailed", "image.pulled"], "image.pulled"],
    ["on", ["states"], undefined],
    ["elephant", ["exit", "entry"], undefined],
  ])("of %s among %j is %s", (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });

  it("is offered as a question", () => {
    expect(didYouMean("inital", ["initial"])).toBe('did you mean "initial"?');
    expect(didYouMean("x", [])).toBeUndefined();
  });
});

describe("the path of a field", () => {
  it("quotes keys that are not plain words", () => {
    expect(pathText(["states", "idle", "on", "image.pulled", 0])).toBe(
      'states.idle.on["image.pulled"][0]',
    );
  });
});
