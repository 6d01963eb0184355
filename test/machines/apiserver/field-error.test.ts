import { describe, expect, it } from "vitest";

import {
  duplicate,
  errorBody,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  toAggregate,
  tooLong,
} from "../../../machines/apiserver/field-error.ts";

describe("the body of a field error", () => {
  it.each([
    [required("f"), "Required value"],
    [required("f", "must specify a handler type"), "Required value: must specify a handler type"],
    [invalid("f", "a\tb", "no tabs"), 'Invalid value: "a\\tb": no tabs'],
    [invalid("f", -1, "too small"), "Invalid value: -1: too small"],
    [invalid("f", { a: "<b>" }, "no"), 'Invalid value: {"a":"\\u003cb\\u003e"}: no'],
    [notSupported("f", "x", ["a", "b"]), 'Unsupported value: "x": supported values: "a", "b"'],
    [duplicate("f", "a"), 'Duplicate value: "a"'],
    [notFound("f", "a"), 'Not found: "a"'],
    [forbidden("f", "not now"), "Forbidden: not now"],
    [tooLong("f", 63), "Too long: may not be more than 63 bytes"],
    [tooLong("f", 1), "Too long: may not be more than 1 byte"],
  ])("is worded as Kubernetes does: %s", (error, text) => {
    expect(errorBody(error)).toBe(text);
  });
});

describe("toAggregate", () => {
  it("shows one error as it is, several in brackets, and equal ones once", () => {
    const [a, b] = [required("a"), required("b")];
    expect(toAggregate([a])).toBe("a: Required value");
    expect(toAggregate([a, b, a])).toBe("[a: Required value, b: Required value]");
  });
});
