import { describe, expect, it } from "vitest";

import { formatIssue } from "../../src/yaml/issue.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";

function issuesOf(text: string): readonly string[] {
  return readYaml(text, "a.yaml").issues.map(formatIssue);
}

function valuesOf(text: string, version?: "1.1" | "1.2"): readonly unknown[] {
  const { documents, issues } = readYaml(text, "a.yaml", version);
  expect(issues).toEqual([]);
  return documents.map(valueOf);
}

describe("reading YAML", () => {
  it("gives every document as a JSON value", () => {
    expect(valuesOf("a: 1\nb: [x, null, true]\n---\n- 2.5\n")).toEqual([
      { a: 1, b: ["x", null, true] },
      [2.5],
    ]);
  });

  it("reads JSON that is indented with tabs", () => {
    expect(valuesOf('{\n\t"a": {\n\t\t"b": [\n\t\t\t1\n\t\t]\n\t}\n}\n')).toEqual([
      { a: { b: [1] } },
    ]);
  });

  it("knows the place of every key and value", () => {
    const [root] = readYaml("a:\n  - b: x\n", "a.yaml").documents;
    expect(root).toMatchObject({
      entries: [
        {
          key: "a",
          keyAt: { line: 1, column: 1 },
          value: {
            line: 2,
            column: 3,
            items: [
              { entries: [{ keyAt: { line: 2, column: 5 }, value: { line: 2, column: 8 } }] },
            ],
          },
        },
      ],
    });
  });

  it("resolves an alias to the anchored node", () => {
    expect(valuesOf("a: &x { b: 1 }\nc: *x\n")).toEqual([{ a: { b: 1 }, c: { b: 1 } }]);
  });

  it.each([
    ["yes", true, "yes"],
    ["0644", 420, 644],
    ["1.35", 1.35, 1.35],
    ["2025-01-01", "2025-01-01", "2025-01-01"],
    ["1:30", "1:30", "1:30"],
    [".inf", ".inf", ".inf"],
  ])("takes %s as %j in version 1.1 and as %j in version 1.2", (text, old, now) => {
    expect(valuesOf(`a: ${text}`, "1.1")).toEqual([{ a: old }]);
    expect(valuesOf(`a: ${text}`, "1.2")).toEqual([{ a: now }]);
  });

  it("merges maps in version 1.1, where the map's own entries win", () => {
    const text = "a: &x { b: 1, c: 1 }\nd: { <<: *x, c: 2 }\n";
    expect(valuesOf(text, "1.1")).toEqual([{ a: { b: 1, c: 1 }, d: { b: 1, c: 2 } }]);
  });

  it("finds all mistakes of a text at once", () => {
    expect(issuesOf('a: 1\na: 2\nb: *nobody\nc: "x" y\n')).toEqual([
      'a.yaml:2:1: expected each key once, got a second "a", the first is in line 1',
      "a.yaml:3:4: expected an alias of an anchor that is complete before it, got *nobody",
      "a.yaml:4:8: expected valid YAML, got unexpected scalar at node end",
    ]);
  });

  it("refuses an alias inside its own anchor", () => {
    expect(issuesOf("a: &x [*x]")).toEqual([
      "a.yaml:1:8: expected an alias of an anchor that is complete before it, got *x",
    ]);
  });
});

describe("the limits of a YAML input", () => {
  it.each([
    ["5 MB", "a: 1 # ".padEnd(5_000_000, "x")],
    ["100 levels of depth", levels(100)],
    ["100 aliases", `a: &x 1\nb: ${list(100)}`],
    ["100 aliases counted as expanded", `a: &x 1\nb: &y ${list(9)}\nc: [${"*y, ".repeat(9)} *x]`],
    ["stars that are no aliases", `a: |\n${"  *x\n".repeat(200)}`],
  ])("allow %s", (_, text) => {
    expect(issuesOf(text)).toEqual([]);
  });

  it.each([
    ["more than 5 MB", "a: 1 # ".padEnd(5_000_001, "x"), "1:1", "a text within the limit of 5 MB"],
    ["101 levels", levels(101), "1:101", "lists and maps within the depth limit of 100"],
    ["a million levels", levels(1_000_000), "1:101", "within the depth limit of 100"],
    ["deep block lists", "- ".repeat(1_000_000), "1:201", "within the depth limit of 100"],
    ["101 aliases", `a: &x 1\nb: ${list(101)}`, "2:405", "aliases within the limit of 100"],
    ["a bomb of aliases", bomb(), "1:1", "aliases within the limit of 100, counted as expanded"],
  ])("refuse %s before it is read, naming the limit", (_, text, place, limit) => {
    const issues = issuesOf(text);
    expect(issues).toEqual([expect.stringContaining(`a.yaml:${place}: expected `)]);
    expect(issues[0]).toContain(limit);
  });
});

function levels(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

function list(aliases: number): string {
  return `[${"*x, ".repeat(aliases)}]`;
}

/** Ten aliases of ten aliases, nine levels up: a thousand million nodes if expanded. */
function bomb(): string {
  const rows = Array.from(
    { length: 9 },
    (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}]`,
  );
  return ["a0: &a0 lol", ...rows].join("\n");
}
