import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import { Coverage, coverageOf } from "../../src/explore/coverage.ts";
import { explore } from "../../src/explore/explorer.ts";
import { type Properties, PropertyCheck } from "../../src/explore/properties.ts";
import { equalNamesOf } from "../../src/explore/symmetry.ts";
import { type ExploredSystem, readSystem } from "../../src/explore/system-file.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

function system(objects: readonly string[], rest: string): ExploredSystem {
  const list = objects.map((one) => `  - { apiVersion: v1, ${one} }`).join("\n");
  const text = `apiVersion: kubechart/v1\nkind: System\nobjects:\n${list}\n${rest}\n`;
  const { system: read, issues } = readSystem("equal.yaml", text);
  if (read === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  return read;
}

const node = (name: string) => `kind: Node, metadata: { name: ${name} }`;
const pod = (name: string, ...containers: readonly string[]) => {
  const list = containers.map((one) => `{ name: ${one}, image: "web:1" }`).join(", ");
  const spec = `{ nodeName: node-1, restartPolicy: Never, containers: [${list}] }`;
  return `kind: Pod, metadata: { name: ${name} }, spec: ${spec}`;
};

const pods = [pod("left", "main"), pod("right", "main")];
const systems: Readonly<Record<string, ExploredSystem>> = {
  "pods in any order": system(
    pods,
    "open: { deliveries: any order }\nbounds: { overtakings: 3, horizon: 20s }",
  ),
  "pods that end and are deleted": system(
    pods,
    `open:
  deliveries: in order
  environment: [{ process: [{}, { runs: 3s, exits: 1 }] }]
  steps: [{ kubectl: delete pod left }, { kubectl: delete pod right }]
bounds: { unusual: 2, steps: 2, horizon: 20s }`,
  ),
  "nodes that crash": system(
    [node("east"), node("west")],
    `open:
  deliveries: in order
  steps: [${["crash", "start"].flatMap((what) => ["east", "west"].map((name) => `{ do: node-${what}, node: ${name} }`)).join(", ")}]
bounds: { steps: 4, horizon: 20s }`,
  ),
  "nodes whose leases end": system(
    [node("east"), node("west"), node("middle")],
    `machines: [nodeLifecycle, nodeTaint]
open:
  deliveries: in order
  steps: [${["east", "west", "middle"].map((name) => `{ do: kubelet-stop, node: ${name} }`).join(", ")}]
bounds: { steps: 2, horizon: 1m }`,
  ),
  "containers that are lost": system(
    [pod("web", "first", "second")],
    `open:
  deliveries: in order
  steps: [{ do: record-lost, pod: web, container: first }, { do: record-lost, pod: web, container: second }]
bounds: { steps: 2, horizon: 40s }`,
  ),
};

const anyPod = (holds: (phase: string) => boolean) => (objects: readonly KubeObject[]) =>
  objects.filter(isPod).some(({ status = {} }) => holds(status.phase ?? ""));

const properties: Properties = {
  "no pod fails": { always: (objects) => !anyPod((phase) => phase === "Failed")(objects) },
  "a pod runs": { sometimes: anyPod((phase) => phase === "Running") },
  "a pod runs in the end": { eventually: anyPod((phase) => phase === "Running") },
  "a pod may fail": { possible: anyPod((phase) => phase === "Failed") },
};

function explored(of: ExploredSystem, symmetry: boolean) {
  const coverage = new Coverage();
  const branching = explore(of, { symmetry, onEdge: (edge) => coverage.add(edge) });
  const check = new PropertyCheck(properties);
  const all = explore(of, {
    symmetry,
    states: "all",
    onState: (seen, state) => check.onState(seen, state),
    onEdge: (edge) => check.onEdge(edge),
  });
  const { covered } = coverageOf(branching.machines, coverage, branching);
  const verdicts = check.verdicts(all).map(({ sentence, outcome }) => [sentence, outcome]);
  return { states: branching.states, covered, verdicts };
}

describe.each(Object.entries(systems))("taking equal ones for each other: %s", (_, of) => {
  const [each, one] = [explored(of, false), explored(of, true)];

  it("changes no verdict and no branch that is taken", () => {
    expect(one.covered).toEqual(each.covered);
    expect(one.verdicts).toEqual(each.verdicts);
  });

  it("makes fewer states", () => {
    expect(one.states).toBeLessThan(each.states);
  });
});

describe("what is equal", () => {
  it("is so but for its name", () => {
    expect([...equalNamesOf(system(pods, "")).keys()]).toEqual(["left", "right"]);
    const other = [pod("left", "main"), pod("right", "other")];
    expect(equalNamesOf(system(other, "")).size).toBe(0);
  });

  it("is told apart by nothing else", () => {
    const rule = "environment: [{ when: { pod: left }, process: { runs: 1s } }]";
    expect(equalNamesOf(system(pods, rule)).size).toBe(0);
    const step = "open: { steps: [{ kubectl: delete pod left }] }";
    expect(equalNamesOf(system(pods, step)).size).toBe(0);
  });

  it("is known by its place, too, when it is a container", () => {
    const equal = equalNamesOf(system([pod("web", "first", "second")], ""));
    expect([...equal]).toEqual([
      ["first", "first"],
      ["c0", "first"],
      ["second", "second"],
      ["c1", "second"],
    ]);
  });
});
