import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { runDocument, type RunParts } from "../../src/trace/run-document.ts";

const web: KubeObject = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } };
const ended: KubeObject = { ...web, metadata: { name: "web", resourceVersion: "7" } };
const parts: RunParts = {
  objects: [web],
  scenario: undefined,
  files: {},
  choices: [],
  nodes: undefined,
  untilMs: 600_000,
  endMs: 2_500,
  endedBy: "quiet",
  endObjects: [ended],
};

describe("the document of a run", () => {
  it("holds what went in apart from what came out", () => {
    const { objects, end, until } = runDocument(parts);
    expect({ objects, end, until }).toEqual({
      objects: [web],
      until: "10m0s",
      end: { at: "2.5s", endedBy: "quiet", objects: [ended] },
    });
  });

  it("has no key for a scenario or for nodes that nobody gave", () => {
    expect(Object.keys(runDocument(parts))).toEqual(
      "apiVersion kind objects choices until end".split(" "),
    );
    expect(runDocument({ ...parts, scenario: {}, nodes: 2 })).toMatchObject({
      scenario: {},
      nodes: 2,
    });
  });
});
