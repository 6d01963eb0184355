import { describe, expect, it } from "vitest";

import { traceLine } from "../../src/trace/trace-lines.ts";

const delivery = {
  handled: "taken",
  facts: [{ type: "container.started" }],
  after: "Running",
  before: "Waiting",
  detail: null,
  event: { type: "StartContainer.succeeded" },
  cause: 6,
  to: "container/default/web/app",
  from: null,
  at: 1_250,
  seq: 7,
};

describe("a line of a trace", () => {
  it("has its keys in the order of the trace, whatever the order of the object", () => {
    expect(Object.keys(JSON.parse(traceLine(delivery)))).toEqual(
      "seq at from to cause event detail before after facts handled".split(" "),
    );
  });

  it("is one line of JSON that says all of it", () => {
    expect(traceLine(delivery)).not.toContain("\n");
    expect(JSON.parse(traceLine(delivery))).toEqual(delivery);
  });
});
