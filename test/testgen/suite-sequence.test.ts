import { describe, expect, it } from "vitest";

import { coverTransitions } from "../../src/explore/suite.ts";
import { sequence, suiteComposition, suiteSequences } from "../../src/testgen/suite-sequence.ts";
import { systemOf } from "../support/systems.ts";

const deletion = coverTransitions(
  systemOf("open: { deliveries: in order, steps: [{ kubectl: delete pod web }] }"),
);
const failingPulls =
  "open: { deliveries: in order, choices: { image pull outcome: [pulled, not found] } }\n" +
  "bounds: { pulls: 2 }";
const pulls = coverTransitions(systemOf(failingPulls));

/** The participants' names by their ids, and the other lines. */
function read(text: string) {
  const [head, ...lines] = text.split("\n").map((line) => line.trim());
  const names = lines.filter(isName).map((line) => line.replace(/^\w+ (\w+) as .*/, "$1"));
  return { head, names, lines: lines.filter((line) => !isName(line)), text };
}

function isName(line: string): boolean {
  return /^(?:participant|actor) /.test(line);
}

/** An arrow or a note, in whose text a semicolon only ends a sign's number. */
const statement = /^(?:(p\d+)->>(p\d+)|Note over (p\d+)): (?:#\d+;|[^#;])+$/;

const diagrams = [...deletion.paths, ...pulls.paths].map((path) => read(sequence(path)));

describe("a sequence diagram of a path", () => {
  it("is Mermaid's, and has nothing but arrows and notes between participants that it names", () => {
    expect(diagrams.length).toBeGreaterThan(2);
    for (const { head, names, lines } of diagrams) {
      expect([head, new Set(names).size]).toEqual(["sequenceDiagram", names.length]);
      for (const line of lines) {
        const [, ...ids] = statement.exec(line) ?? [line, "no statement"];
        expect(names, line).toEqual(expect.arrayContaining(ids.filter((id) => id !== undefined)));
      }
    }
  });

  it("has an arrow for each step, in the order of their times", () => {
    for (const { steps } of pulls.paths) {
      const arrows = read(sequence({ steps })).lines.filter((line) => line.includes("->>"));
      expect(arrows).toHaveLength(steps.length);
      for (const [at, { event = "" }] of steps.entries()) {
        expect(arrows[at]).toMatch(new RegExp(`: \\S+s ${event}$`));
      }
    }
  });

  it("says who sent what to whom, what was picked and what came of it", () => {
    const { text } = diagrams.find(({ text: one }) => one.includes("not found")) ?? { text: "" };
    const idOf = (name: string) => new RegExp(`(p\\d+) as ${name}\\b`).exec(text)?.[1] ?? name;
    const [pull, registry] = [idOf("imagePull"), idOf("registry")];
    expect(text).toContain(`${pull}->>${registry}: 0.5s PullImage\n`);
    expect(text).toMatch(
      new RegExp(`Note over ${registry}: image pull outcome of .*#58; not found`),
    );
    expect(text).toContain(`${registry}->>${pull}: 0.5s PullImage.failed\n`);
    expect(text).toContain(`Note over ${pull}: Event Failed\n`);
    expect(text).toMatch(/Note over p\d+: Pod web is written<br\/>ErrImagePull\n/);
  });

  it("shows what a user does as a step of their own", () => {
    const { text } = diagrams.find(({ text: one }) => one.includes("kubectl delete")) ?? {
      text: "",
    };
    expect(text).toMatch(/actor (p\d+) as outside\n[^]*\1->>\1: \S+ kubectl delete pod web\n/);
    expect(text).toContain("Pod default/web is gone");
  });

  it("stands under its path's id and description", () => {
    const page = suiteSequences("pulls", pulls);
    expect(page).toMatch(/^# pulls\n\npulls: \d+ states/);
    for (const path of pulls.paths) {
      expect(page).toContain(
        `## ${path.id}\n\n${path.description}\n\n\`\`\`mermaid\n${sequence(path)}\n\`\`\`\n`,
      );
    }
  });

  it("is the same for the same system", () => {
    const [one, other] = [1, 2].map(() => coverTransitions(systemOf(failingPulls)));
    expect(one && suiteSequences("a", one)).toBe(other && suiteSequences("a", other));
  });
});

it("the composition of a suite has what its paths' machines send", () => {
  const lines = suiteComposition(pulls).split("\n");
  expect(lines[0]).toBe("stateDiagram-v2");
  expect(lines).toContain("  imagePull --> registry : PullImage");
});
