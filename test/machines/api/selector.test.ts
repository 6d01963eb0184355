import { describe, expect, it } from "vitest";

import {
  isEmptySelector,
  labelSelectorAsSelector,
  selectorMatches,
} from "../../../machines/api/selector.ts";

function matches(selector: Parameters<typeof labelSelectorAsSelector>[0], labels: object) {
  const parsed = labelSelectorAsSelector(selector);
  return "error" in parsed ? parsed.error : selectorMatches(parsed, { ...labels });
}

describe("a label selector", () => {
  it("that is absent selects nothing, an empty one everything", () => {
    expect([matches(undefined, {}), matches({}, { a: "1" })]).toEqual([false, true]);
  });

  it("that is absent is not empty", () => {
    const [absent, empty] = [undefined, {}].map(labelSelectorAsSelector);
    expect(
      [absent, empty].map((one) => one && "requirements" in one && isEmptySelector(one)),
    ).toEqual([false, true]);
  });

  it.each([
    ["In", ["1"], { a: "1" }, true],
    ["In", ["1"], {}, false],
    ["NotIn", ["1"], {}, true],
    ["NotIn", ["1"], { a: "1" }, false],
    ["Exists", [], { a: "" }, true],
    ["DoesNotExist", [], {}, true],
  ] as const)("with %s %j of %j is %s", (operator, values, labels, expected) => {
    expect(matches({ matchExpressions: [{ key: "a", operator, values }] }, labels)).toBe(expected);
  });

  it("says what is wrong with it as Kubernetes does", () => {
    expect(
      matches({ matchExpressions: [{ key: "a", operator: "Exists", values: ["1"] }] }, {}),
    ).toBe('values: Invalid value: ["1"]: values set must be empty for exists and does not exist');
    expect(matches({ matchExpressions: [{ key: "a", operator: "In" }] }, {})).toBe(
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    );
  });
});
