import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { minors, modelledKubernetes } from "../../machines/feature-gates.ts";
import { chartFields, stateFields, transitionFields } from "../../src/chart/shape.ts";
import { chartFiles } from "../../src/cli/chart-files.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const machines = join(project, "machines");
const schema = JSON.parse(readFileSync(join(machines, "chart.schema.json"), "utf8"));
const validate = new Ajv({ allErrors: true }).compile(schema);

const door = readFileSync(join(project, "test/chart/fixtures/door.yaml"), "utf8");

describe("chart.schema.json", () => {
  it.each(chartFiles([machines]).map((file) => relative(project, file)))("accepts %s", (file) => {
    expect(mistakes(readFileSync(join(project, file), "utf8"))).toEqual([]);
  });

  it.each([
    ["tags:", "tagz:", "/states/open must NOT have additional properties"],
    ["target:", "targte:", "door.pushed must NOT have additional properties"],
    ['since: "1.34"', "since: 1.34", "since must be string"],
    ["KEP-1234", "KEP 1234", "source must match pattern"],
    [
      "description: A push opens it.",
      "exit: x",
      "unlocked must have required property 'description'",
    ],
    ["tags: [Passable]", "type: history", "type must be equal to one of the allowed values"],
  ])("refuses %s written as %s", (from, to, expected) => {
    expect(mistakes(door.replace(from, to))).toContainEqual(expect.stringContaining(expected));
  });

  it("knows the fields that the linter knows", () => {
    const { state, transition } = schema.definitions;
    expect(keysOf(schema.properties)).toEqual(keysOf(chartFields));
    expect(keysOf(state.properties)).toEqual(keysOf(stateFields));
    expect(keysOf(transition.properties)).toEqual(keysOf(transitionFields));
  });
});

describe("machines/sources.yaml", () => {
  it("has bases that end in a slash, for every minor", () => {
    const sources = parse(readFileSync(join(machines, "sources.yaml"), "utf8"));
    const bases = { file: expect.stringMatching(/\/$/), page: expect.stringMatching(/\/$/) };
    expect(sources).toEqual({
      kep: expect.stringMatching(/\/$/),
      minors: Object.fromEntries(minors.map((minor) => [minor, bases])),
    });
    expect(JSON.stringify(sources)).toContain(`/blob/${modelledKubernetes}/`);
  });
});

function mistakes(text: string): readonly string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function parse(text: string): unknown {
  const { documents, issues } = readYaml(text, "chart.yaml");
  expect(issues).toEqual([]);
  return documents.map(valueOf)[0];
}

function keysOf(fields: object): readonly string[] {
  return Object.keys(fields).toSorted();
}
