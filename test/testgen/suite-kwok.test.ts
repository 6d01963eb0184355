import { readFileSync } from "node:fs";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import type { Pod } from "../../machines/api/pod.ts";
import { parseTime } from "../../machines/api/time.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { kwokLives } from "../../src/testgen/kwok-lives.ts";
import { lifeLabel, NoLifeError, stageCondition, suiteKwok } from "../../src/testgen/suite-kwok.ts";
import { systemOf } from "../support/systems.ts";
import { evaluated } from "./kwok/go-template.ts";
import { played, type Stage, stagesIn } from "./kwok/fake-node.ts";

const startMs = parseTime("2026-01-01T00:00:00Z");

const open = (processes: string) => `open:
  deliveries: in order
  choices: { image pull outcome: [pulled, not found] }
  environment: [{ process: [{}, ${processes}] }]
  steps: [{ kubectl: delete pod web }]
bounds: { unusual: 2, restarts: 1, pulls: 1, horizon: 2m }`;

const container = (name: string, more = "") =>
  `{ name: ${name}, image: 'registry.example/${name}:1.0'${more} }`;

const systems = {
  crashing: systemOf(open("{ runs: 3s, exits: 1 }")),
  starting: systemOf(
    open("{ runs: 1s, exits: 0 }, { runs: 1s, exits: 1 }"),
    `{ nodeName: node-1, terminationGracePeriodSeconds: 1, initContainers: [${container("setup")}, ` +
      `${container("proxy", ", restartPolicy: Always")}], containers: [${container("app")}] }`,
  ),
  hungry: systemOf(
    `open:
  deliveries: in order
  environment: [{ memory: [[{ at: 0s, uses: 20Mi }], [{ at: 2s, uses: 96Mi }]] }]
  steps: [{ do: node-pressure, signal: nodefs.available, lasts: 20s }]
bounds: { restarts: 1, steps: 1, horizon: 40s }`,
    `{ nodeName: node-1, containers: [${container("app", ", resources: { limits: { memory: 64Mi } }")}] }`,
  ),
};

const suites = Object.entries(systems).map(([name, system]) => {
  const suite = coverTransitions(system, { maxStates: 4_000 });
  const lives = suite.paths.flatMap(({ id, steps }) => {
    return kwokLives(steps).map((life) => ({ label: `${name}-${id}`, ...life }));
  });
  return { name, lives, text: suiteKwok(name, suite) };
});

/** As a pod is when it has just been bound to a fake node. */
function bound({ metadata, spec, status = {} }: Pod, label: string): Pod {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: _grace, ...own } = metadata;
  const labelled = { ...own, generation: 1, labels: { [lifeLabel]: label } };
  return { apiVersion: "v1", kind: "Pod", metadata: labelled, spec, status };
}

describe.each(suites)("the Stages of $name", ({ text, lives }) => {
  const stages = stagesIn(text);
  const all = lives.map((life) => ({ ...life, told: play(stages, life) }));

  it("are as KWOK's own schema says, without a field that it does not know", () => {
    expect(stages.length).toBeGreaterThan(lives.length);
    for (const stage of stages) expect(mistakesOf(stage)).toEqual([]);
    expect(new Set(stages.map(({ metadata }) => metadata.name)).size).toBe(stages.length);
  });

  it("show what the column STATUS of each life shows, as long as there", () => {
    expect(all.length).toBeGreaterThan(1);
    for (const { told, moments } of all) {
      expect(told.map(({ shows }) => shows)).toEqual(moments.map(({ shows }) => shows));
      expect(told.map(({ afterMs }) => afterMs)).toEqual(moments.map(({ afterMs }) => afterMs));
    }
  });

  it("leave the status that the kubelet wrote, what is made up aside", () => {
    for (const { told, moments } of all) {
      for (const [nth, { pod }] of told.entries()) {
        const { status, isDeleting } = moments[nth] ?? {};
        expect(masked(pod?.status, isDeleting)).toEqual(masked(status, isDeleting));
      }
    }
  });
});

function play(stages: readonly Stage[], { label, pod, moments }: (typeof suites)[0]["lives"][0]) {
  const own = stages.filter(({ metadata }) => metadata.name.startsWith(`${label}-`));
  const [first] = moments;
  const boundMs = startMs + (first === undefined ? 0 : first.atMs - first.afterMs);
  return played(own, bound(pod, label), boundMs);
}

it("together show what pods on fake nodes lack", () => {
  const shown = suites.flatMap(({ text }) => text.match(/^# kubechart\/life: .*/gm) ?? []).join();
  const words = "CrashLoopBackOff OOMKilled Error Completed ErrImagePull ImagePullBackOff".split(
    " ",
  );
  for (const word of [...words, "Init:0/2", "Init:1/2", "Init:Error", "PodInitializing"]) {
    expect(shown).toContain(word);
  }
  const evicted = suites.flatMap(({ lives }) => lives.flatMap(({ moments }) => moments));
  expect(evicted.map(({ status }) => status?.reason)).toContain("Evicted");
});

it("a life is that of another pod, too: with its own names, containers and images", () => {
  const { text, lives } = suites[0] ?? {};
  const [life] = lives ?? [];
  if (life === undefined) throw new Error("no life");
  const pod = bound(life.pod, life.label);
  const metadata = { ...pod.metadata, name: "mine", namespace: "shop", uid: "1-2-3" };
  const containers = [{ name: "till", image: "registry.example/till:2" }];
  const other: Pod = { ...pod, metadata, spec: { ...pod.spec, containers } };
  const told = JSON.stringify(play(stagesIn(text ?? ""), { ...life, pod: other }));
  expect(told).toMatch(/"name":"till"/);
  expect(told).not.toMatch(/"web|registry\.example\/web|web_default/);
});

it("who has no pod on a node is told so", () => {
  expect(() => suiteKwok("request", { paths: [] })).toThrow(NoLifeError);
});

it.each([
  ['{{ env "HOME" }}', "KWOK has no function env here"],
  ["{{ .status.podIP }}", "a template prints undefined"],
  ["{{ .nothing.there }}", "nil has no there"],
])("%s is no template of a Stage", (template, expected) => {
  expect(() => evaluated(template, { status: {} }, 0)).toThrow(expected);
});

/** Ids are made up, and after a deletion that comes at another moment times are others. */
function masked(value: unknown, isDeleting = false): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === "conditions" && Array.isArray(inner)) return byType(inner);
    if (key === "imageID" || key === "containerID") return key;
    return isDeleting && /(?:At|Time)$/.test(key) ? "a time" : inner;
  });
  return text === undefined ? undefined : withoutClass(JSON.parse(text));
}

function byType(conditions: readonly { readonly type?: string }[]): object {
  const entries = conditions.map((one) => [one.type ?? "", one] as const);
  return Object.fromEntries(entries.filter(([type]) => type !== stageCondition));
}

/** Other than the API server's own, which it writes beside them. */
function withoutClass(whole: Readonly<Record<string, unknown>>): object {
  const { qosClass: _, ...status } = whole;
  return status;
}

const crd = parse(readFileSync(new URL("kwok/stages-crd.yaml", import.meta.url), "utf8"));
const schema: unknown = crd.spec.versions[0].schema.openAPIV3Schema;
const validate = new Ajv({
  allErrors: true,
  strict: false,
  formats: { int64: true, "date-time": true },
}).compile(closed(schema));

/** The API server prunes what the schema does not name; a Stage has no such field. */
function closed(value: unknown): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(value, (key, one: unknown) => {
    const isMap = typeof one === "object" && one !== null && "properties" in one;
    const isMetadata = key === "metadata";
    return isMap && !isMetadata ? { ...one, additionalProperties: false } : one;
  });
  return JSON.parse(text);
}

function mistakesOf(stage: Stage): readonly string[] {
  if (validate(stage)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
