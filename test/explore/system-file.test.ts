import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { readSystem, systemSchema } from "../../src/explore/system-file.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { systemText } from "../support/systems.ts";

function issuesOf(text: string): readonly string[] {
  return readSystem("my.yaml", text).issues.map(formatIssue);
}

const schemaFile = new URL("../../src/explore/system.schema.json", import.meta.url);
const systems = new URL("../../machines/systems/", import.meta.url);

describe("a System file", () => {
  it("says what is open, by name, by rule and by step", () => {
    const { system } = readSystem(
      "folder/my.yaml",
      systemText(`open:
  deliveries: in order
  choices: { image pull outcome: [pulled, not found] }
  environment: [{ when: { container: app }, process: [{}, { runs: 3s, exits: 1 }] }]
  steps: [{ kubectl: delete pod web, atMost: 2 }, { do: node-crash }]
bounds: { restarts: 2, horizon: 1m }`),
    );
    expect(system).toMatchObject({ name: "my", bounds: { restarts: 2, horizonMs: 60_000 } });
    expect(system?.open.choices).toEqual({ "image pull outcome": ["pulled", "not found"] });
    const [rule] = system?.open.environment ?? [];
    expect(rule?.process?.map(({ label }) => label)).toEqual(["{}", "{ runs: 3s, exits: 1 }"]);
    const steps = system?.open.steps.map(({ label, atMost }) => `${label} ${atMost}`);
    expect(steps).toEqual(["kubectl delete pod web 2", "node-crash 1"]);
  });

  it("has nodes whose clocks are right, by which its states are told apart", () => {
    expect(issuesOf(systemText("environment: [{ node: { clock: 5s } }]"))).toEqual([
      expect.stringMatching(/: environment\.node\.clock: expected a node whose clock is right/),
    ]);
  });

  it("tells every mistake with its place, those of its manifests too", () => {
    expect(
      issuesOf(systemText("bounds: { restarts: 0, horizn: 1m }", "{ containers: [] }")),
    ).toEqual([
      expect.stringMatching(/^my\.yaml:7:25: objects\[0\]\.spec\.containers: expected/),
      "my.yaml:8:21: bounds.restarts: expected a whole number from 1 on, got 0",
      expect.stringMatching(/^my\.yaml:8:24: bounds\.horizn: expected one of .*did you mean/),
    ]);
  });

  it("refuses a rule that leaves nothing open, and an empty list of alternatives", () => {
    expect(issuesOf(systemText("open: { environment: [{ when: { container: app } }] }"))).toEqual([
      expect.stringMatching(/expected what is open: inspect, pull, .*, got none$/),
    ]);
    expect(issuesOf(systemText("open: { environment: [{ process: [] }] }"))).toEqual([
      expect.stringMatching(/process: expected a list of alternatives, got an empty list$/),
    ]);
  });

  it("refuses a selector that its answers do not know", () => {
    const rule = "{ when: { container: app }, pull: [{}] }";
    expect(issuesOf(systemText(`open: { environment: [${rule}] }`))).toEqual([
      expect.stringMatching(/when: expected only image, pod, namespace, attempt beside pull/),
    ]);
  });
});

describe("system.schema.json", () => {
  const schema: unknown = JSON.parse(readFileSync(fileURLToPath(schemaFile), "utf8"));
  const isRight = new Ajv({ allowUnionTypes: true, strict: false }).compile(systemSchema());

  it("is what systemSchema says", () => expect(schema).toEqual(systemSchema()));

  it.each(readdirSync(systems))("accepts the shipped %s", (name) => {
    const text = readFileSync(new URL(name, systems), "utf8");
    expect(issuesOf(text)).toEqual([]);
    isRight(parse(text));
    expect(isRight.errors ?? []).toEqual([]);
  });

  it("refuses what the reader refuses", () => {
    expect(isRight({ apiVersion: "kubechart/v1", kind: "System", objects: [], open: 1 })).toBe(
      false,
    );
  });
});
