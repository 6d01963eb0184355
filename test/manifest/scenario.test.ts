import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { readScenario, type Scenario, scenarioSchema } from "../../src/manifest/scenario.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";

const head = "apiVersion: kubechart/v1\nkind: Scenario\n";

function read(text: string): Scenario {
  const { scenario, issues } = readScenario("a.yaml", text);
  expect(issues).toEqual([]);
  if (scenario === undefined) throw new Error("a text without issues is a scenario");
  return scenario;
}

function issuesOf(text: string): readonly string[] {
  const { scenario, issues } = readScenario("a.yaml", text);
  expect(scenario).toBeUndefined();
  return issues.map(formatIssue);
}

describe("a scenario", () => {
  it("has durations in milliseconds, sizes in bytes, and a line for every answer", () => {
    const text = `environment:
  - when: { image: "registry.example/slow:*" }
    pull: { takes: 3s, sizeBytes: 1Mi }
  - when: { pod: crasher, run: "1..2" }
    process: { runs: 1m30s, exits: 3 }
`;
    expect(read(head + text).environment).toEqual([
      {
        line: 4,
        when: { image: "registry.example/slow:*" },
        pull: { line: 5, takesMs: 3_000, sizeBytes: 1_048_576 },
      },
      {
        line: 6,
        when: { pod: "crasher", run: { first: 1, last: 2 } },
        process: { line: 7, runsMs: 90_000, exitCode: 3 },
      },
    ]);
  });

  it("has its steps in the order of time, those of one time as they are written", () => {
    const text = `steps:
  - { atSeconds: 14.1, do: kill, pod: web, sandbox: true }
  - { atSeconds: -3, kubectl: create -f nodes.yaml }
  - { atSeconds: 14.1, do: kubelet-start }
`;
    expect(read(head + text).steps).toMatchObject([
      { atMs: -3_000, line: 5, do: "kubectl", text: "create -f nodes.yaml" },
      { atMs: 14_100, line: 4, do: "kill", pod: "web", signal: "KILL" },
      { atMs: 14_100, line: 6, do: "kubelet-start" },
    ]);
  });

  it("may say nothing", () => {
    expect(read(head)).toEqual({ file: "a.yaml", environment: [], steps: [] });
    expect(read(`${head}steps: []\n`).steps).toEqual([]);
  });

  it.each([
    ["runs: 5s", { runsMs: 5_000, exitCode: 0 }],
    ["exits: 1", { runsMs: 0, exitCode: 1 }],
    ["runs: 3s, signal: SEGV", { runsMs: 3_000, exitCode: 139 }],
    ["runs: forever", { runsMs: null }],
    ["onStop: ignored", { onStop: "ignored" }],
    ["onStop: { takes: 5s }", { onStop: { takesMs: 5_000, exitCode: 0 } }],
    ["message: the disk is full", { message: "the disk is full" }],
  ])("reads the process { %s }", (text, process) => {
    const { environment } = read(`${head}environment: [{ process: { ${text} } }]\n`);
    expect(environment[0]?.process).toEqual({ line: 3, ...process });
  });
});

describe("mistakes of a scenario", () => {
  it.each([
    ["", "1:1: expected a scenario, got nothing"],
    ["- a\n", "1:1: expected a scenario, got a list"],
    [`${head}---\n${head}`, "4:1: expected one scenario, got 2 documents"],
    [
      "kind: Scenario\n",
      "1:1: apiVersion: expected the field apiVersion of a scenario, got nothing",
    ],
    ["apiVersion: v1\nkind: Scenario\n", "1:13: apiVersion: expected one of kubechart/v1, got"],
    [
      `${head}stesp: []\n`,
      '3:1: stesp: expected one of the fields apiVersion, kind, environment, steps, controlPlane, got "stesp"; did you mean "steps"?',
    ],
  ])("%j", (text, issue) => {
    expect(issuesOf(text)).toEqual([expect.stringContaining(`a.yaml:${issue}`)]);
  });

  it.each([
    [
      "pull: { takes: 3 }",
      '3:32: environment[0].pull.takes: expected a duration as "5s" or "1m30s", got 3',
    ],
    ["pull: { takes: -3s }", "3:32: environment[0].pull.takes: expected a duration"],
    ["pull: { outcome: pullde }", 'got "pullde"; did you mean "pulled"?'],
    ["pull: { outcome: pulled, message: lost }", 'expected no error of a good pull, got "lost"'],
    ["pull: { outcome: not found, sizeBytes: 5 }", "expected no size of what never arrives, got 5"],
    ["process: { exits: 256 }", "expected an exit code from 0 to 255, got 256"],
    ["process: { runs: forever, exits: 1 }", "expected a duration, as the process ends by itself"],
    ["process: { exits: 1, signal: KILL }", "expected either exits or signal"],
    [
      "process: { onStop: ignore }",
      'expected one of ignored, got "ignore"; did you mean "ignored"?',
    ],
    [
      "memory: []",
      "3:25: environment[0].memory: expected a list of { at, uses }, got an empty list",
    ],
    [
      "memory: [{ at: 3s }]",
      "expected the field uses of the memory in use from a moment on, got nothing",
    ],
    [
      "memory: [{ at: 3s, uses: 1Mi }, { at: 3s, uses: 2Mi }]",
      "whose times rise, got its entry 2 that is no later than 1",
    ],
    ["memory: [{ at: 3s, uses: 1Mb }]", 'expected a quantity as "64Mi" or 1000, got "1Mb"'],
    ["disk: [{ at: 3s }]", "environment[0].disk[0].uses: expected uses or inodes, got a map"],
    [
      "disk: [{ at: 3s, uses: 1, of: a/b }]",
      "expected writable layer, container log, or the name of a volume",
    ],
    ["create: { cause: config }", "expected the field fails beside cause"],
    ["mount: { until: 3s }", "expected the field fails beside until"],
    ["when: { pod: web }", "expected an answer: image, inspect, pull, sandbox,"],
    [
      "when: { run: 0 }, process: { runs: 1s }",
      'expected a number from 1 on, or a range of them as "1..3" or "2.."',
    ],
    ["when: { run: 3..2 }, process: { runs: 1s }", "expected a number from 1 on, or a range"],
    [
      "when: { volume: a }, process: { runs: 1s }",
      "expected only image, pod, namespace, container, node, run beside process, got volume",
    ],
    ["when: { pods: a }, process: { runs: 1s }", 'got "pods"; did you mean "pod"?'],
    [
      "probes: { liveness: [{ from: 0s, result: unhealthy }] }",
      "expected one of success, warning, failure, no result",
    ],
  ])("environment: [{ %s }]", (rule, issue) => {
    expect(issuesOf(`${head}environment: [{ ${rule} }]\n`)).toEqual([
      expect.stringContaining(issue),
    ]);
  });

  it("are all told at once, in the order of the text", () => {
    const text = `environment:
  - when: { pod: web, run: none }
    process: { runs: 5, exits: 3.5 }
steps:
  - { do: kubelet-stop }
  - { atSeconds: soon, kubectl: eat web }
`;
    expect(issuesOf(head + text).map((issue) => issue.split(": ")[1])).toEqual([
      "environment[0].when.run",
      "environment[0].process.runs",
      "environment[0].process.exits",
      "steps[0].atSeconds",
      "steps[1].atSeconds",
      "steps[1].kubectl",
    ]);
  });
});

describe("scenario.schema.json", () => {
  const schemaFile = new URL("../../src/manifest/scenario.schema.json", import.meta.url);
  const schema: unknown = JSON.parse(readFileSync(fileURLToPath(schemaFile), "utf8"));
  const isRight = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(scenarioSchema());

  it("is what scenarioSchema says", () => {
    expect(schema).toEqual(scenarioSchema());
  });

  it("gives a reason for every choice and every word", () => {
    for (const { name, schema: property } of propertiesOf(schema)) {
      expect({ name, reason: descriptionOf(property) }).toEqual({
        name,
        reason: expect.stringMatching(/^.{10,}$/),
      });
    }
  });

  it("has nothing that Kubernetes decides", () => {
    const text = JSON.stringify(schema);
    expect(decided.filter((word) => new RegExp(`\\b${word}\\b`).test(text))).toEqual([]);
    const words = wordsOf(schema).map((word) => word.toLowerCase());
    expect(words.filter((word) => decided.some((one) => one.toLowerCase() === word))).toEqual([]);
  });

  it.each([
    "environment: [{ pull: { takes: 3s, outcome: not found, message: x } }]",
    'environment: [{ when: { run: "2..", pod: "w*" }, process: { runs: forever } }]',
    "environment: [{ node: { cgroup: v1, clock: -2s, memory: 8Gi } }]",
    "environment: [{ process: { onStop: { takes: 5s, exits: 0 } } }]",
    "environment: [{ disk: [{ at: 0s, uses: 1Ki, of: cache }] }]",
    "steps: [{ atSeconds: 1, kubectl: delete pod web }]",
    "steps: [{ atSeconds: 1.5, do: node-pressure, signal: memory.available, available: 3% }]",
    "steps: [{ atSeconds: 1, do: kubelet-config, set: { maxPods: now+1 } }]",
  ])("allows %s, as the reader does", (text) => {
    read(head + text);
    expect(isRight(jsonOf(head + text))).toBe(true);
  });

  it.each([
    "environment: [{ pull: { takes: 3 } }]",
    "environment: [{ pull: { outcome: lost } }]",
    "environment: [{ process: { runs: always } }]",
    "environment: [{ when: { run: 0 }, process: { runs: 1s } }]",
    "environment: [{ memory: [] }]",
    "environment: [{ memory: [{ at: 1s }] }]",
    "environment: [{ node: { cgroup: v3 } }]",
    "environment: [{ probes: { liveness: [{ from: 1s }] } }]",
    "environment: [{ pods: {} }]",
    "steps: [{ kubectl: delete pod web }]",
    "steps: [{ atSeconds: 1, do: kubelet-crash }]",
    "steps: [{ atSeconds: 1, do: static-pod }]",
    "steps: [{ atSeconds: 1, do: kubelet-stop, kubectl: get pods }]",
    "stops: []",
  ])("refuses %s, as the reader does", (text) => {
    expect(issuesOf(head + text).length).toBeGreaterThan(0);
    expect(isRight(jsonOf(head + text))).toBe(false);
  });
});

/** Phases, words of the STATUS column, and reasons that kubelet, scheduler or controllers give. */
const decided = `
  Pending Running Succeeded Failed Unknown Completed Error Terminating CrashLoopBackOff
  ErrImagePull ImagePullBackOff ErrImageNeverPull InvalidImageName CreateContainerConfigError
  CreateContainerError RunContainerError StartError ContainerStatusUnknown ContainerCreating
  PodInitializing OOMKilled OOM Evicted Evict Eviction Preempting DeadlineExceeded OutOfcpu
  OutOfpods NodeAffinity NodeLost Unschedulable SchedulingGated Ready NotReady Waiting Terminated
  MemoryPressure DiskPressure PIDPressure`
  .trim()
  .split(/\s+/);

function jsonOf(text: string): unknown {
  return readYaml(text, "a.yaml").documents.map(valueOf)[0];
}

interface Property {
  readonly name: string;
  readonly schema: unknown;
}

/** Every property and every alternative that a schema names, however deep. */
function propertiesOf(schema: unknown): readonly Property[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const isNamed = key === "properties" && typeof value === "object" && value !== null;
    const own = isNamed ? Object.entries(value).map(([name, one]) => ({ name, schema: one })) : [];
    const word = key === "const" && value !== "forever" ? [{ name: String(value), schema }] : [];
    return [...own, ...word, ...propertiesOf(value)];
  });
}

function descriptionOf(schema: unknown): unknown {
  return typeof schema === "object" && schema !== null && "description" in schema
    ? schema.description
    : undefined;
}

/** What somebody may write: keys, words and alternatives. */
function wordsOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === "properties" && typeof value === "object" ? Object.keys(value ?? {}) : []),
    ...(key === "const" || key === "enum" ? [value].flat().map(String) : []),
    ...wordsOf(value),
  ]);
}
