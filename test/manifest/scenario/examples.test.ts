import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { readManifests } from "../../../src/manifest/read.ts";
import { readScenario } from "../../../src/manifest/scenario.ts";
import { formatIssue } from "../../../src/yaml/issue.ts";

const folder = fileURLToPath(new URL("../../../docs/examples/", import.meta.url));
const files = readdirSync(folder);
const scenarios = files.filter((file) => file.endsWith(".scenario.yaml"));
const manifests = files.filter((file) => file.endsWith(".yaml") && !scenarios.includes(file));

function read(file: string) {
  return { file, text: readFileSync(`${folder}${file}`, "utf8") };
}

describe("docs/examples", () => {
  it.each(scenarios)("%s is a scenario", (name) => {
    const { file, text } = read(name);
    expect(readScenario(file, text).issues.map(formatIssue)).toEqual([]);
  });

  it.each(manifests)("%s is accepted by the API server", (name) => {
    const { objects, issues } = readManifests([read(name)]);
    expect(issues.map(formatIssue)).toEqual([]);
    expect(objects.length).toBeGreaterThan(0);
  });

  it("the lives answer for pods that lives.yaml has", () => {
    const { objects } = readManifests([read("lives.yaml")]);
    const names = objects.map(({ metadata }) => metadata.name);
    const { file, text } = read("lives.scenario.yaml");
    const pods = readScenario(file, text).scenario?.environment.flatMap(
      ({ when }) => when.pod ?? [],
    );
    expect(pods?.filter((pod) => !names.includes(pod))).toEqual([]);
  });
});
