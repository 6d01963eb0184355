import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createActor } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import * as index from "../../machines/index.ts";
import { chartConfig } from "../../src/chart/config.ts";
import { lintChart } from "../../src/chart/lint.ts";
import { chartFiles, nounOf } from "../../src/cli/chart-files.ts";
import { allStates, outlineOf, type OutlineState } from "../../src/diagram/outline.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { valueAt, valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { type WalkedStep, walk } from "../support/walk.ts";

const { catalogue, samples } = index;
const project = fileURLToPath(new URL("../..", import.meta.url));
const charts = chartFiles([join(project, "machines")]);

/** Enough to meet each state and transition; the explorer, not this suite, is complete. */
const walkBound = 400;

describe("the catalogue", () => {
  it("has a machine for every chart, and a chart for every machine", () => {
    expect(Object.keys(catalogue).toSorted()).toEqual(charts.map(idOfFile).toSorted());
  });

  it("has samples of every machine", () => {
    expect(Object.keys(samples)).toEqual(Object.keys(catalogue));
  });

  it("exports every machine by its name, and its samples", () => {
    const exported = new Map<string, unknown>(Object.entries(index));
    for (const [id, machine] of Object.entries(catalogue)) {
      expect(exported.get(`${id}Machine`)).toBe(machine);
      expect(exported.get(`${id}Samples`)).toBe(samples[id]);
    }
  });
});

describe.each(Object.entries(catalogue))("%s", (id, machine) => {
  const chartFile = charts.find((file) => idOfFile(file) === id) ?? "";
  const text = existsSync(chartFile) ? readFileSync(chartFile, "utf8") : "";
  const chart = readYaml(text, chartFile).documents[0];
  const { inputs, events } = samples[id] ?? { inputs: [], events: [] };
  const states = allStates(outlineOf(machine).root);
  let steps: readonly WalkedStep[] | undefined;
  const walked = () => (steps ??= walk(machine, { inputs, events }, walkBound));

  it("has one name: of chart, file, export and machine", async () => {
    const file = join(dirname(chartFile), `${nounOf(chartFile)}.machine.ts`);
    const module: Record<string, unknown> = await import(pathToFileURL(file).href);
    expect(machine.id).toBe(id);
    expect(module[`${id}Machine`]).toBe(machine);
  });

  it("is its chart and a context, and nothing inline", () => {
    const config = configOfEveryVersion(machine);
    const written = Object(chart === undefined ? {} : chartConfig(valueOf(chart)));
    expect(config).toMatchObject(written);
    const others = Object.keys(config).filter((key) => !Object.hasOwn(written, key));
    expect(others.toSorted()).toEqual(["context", "schemas"]);
  });

  it("has a chart without mistakes, and implements its names and no others", () => {
    const { guards, actions, delays } = machine.implementations;
    const names = {
      file: "setup",
      guards: Object.keys(guards),
      actions: Object.keys(actions),
      delays: Object.keys(delays),
    };
    const issues = lintChart(text, relative(project, chartFile), names);
    expect(issues.map(formatIssue)).toEqual([]);
  });

  it("is described, with a source", () => {
    const { root } = outlineOf(machine);
    expect(root.description).toMatch(/\.$/);
    expect(root.sources).not.toEqual([]);
  });

  it("shows 1.35 with default gates", () => {
    expect(outlineOf(machine)).toEqual(outlineOf(forVersion(machine)));
  });

  it("handles every event of its chart, and has a sample of each", () => {
    const declared = wordsAt(chart, "events");
    const keys = states.flatMap(({ transitions }) =>
      transitions.flatMap(({ trigger }) => (trigger.kind === "on" ? [trigger.event] : [])),
    );
    expect(declared.filter((event) => !keys.some((key) => handles(key, event)))).toEqual([]);
    expect([...new Set(events.map(({ type }) => type))].toSorted()).toEqual(declared.toSorted());
  });

  it("can leave or re-enter every state that is not final", () => {
    expect(dead(outlineOf(machine).root).map(({ path }) => path)).toEqual([]);
  });

  it("keeps a context of plain JSON, and gets and sends plain JSON", () => {
    for (const { after, emitted } of walked()) {
      expect(JSON.parse(JSON.stringify(after.context))).toStrictEqual(after.context);
      expect(JSON.parse(JSON.stringify(emitted))).toStrictEqual(emitted);
    }
    expect(JSON.parse(JSON.stringify({ inputs, events }))).toStrictEqual({ inputs, events });
  });

  it("sends only what its chart says", () => {
    const sent = new Set(walked().flatMap(({ emitted }) => emitted.map(({ type }) => type)));
    const declared = wordsAt(chart, "emits");
    expect([...sent].filter((type) => !declared.includes(type))).toEqual([]);
  });

  it("sets timers of a known duration", () => {
    const delays = walked().flatMap((step) => step.delaysMs);
    expect(delays.filter((ms) => !(Number.isFinite(ms) && ms >= 0))).toEqual([]);
  });

  it("works alone", () => {
    for (const input of inputs) {
      const actor = createActor(machine, { input }).start();
      for (const event of events) actor.send(event);
      expect(actor.getSnapshot().status).not.toBe("error");
      actor.stop();
    }
    expect(inputs.length).toBeGreaterThan(0);
  });
});

/** `podWorker` of `machines/kubelet/pod-worker.yaml`. */
function idOfFile(file: string): string {
  return nounOf(file).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function configOfEveryVersion({ config }: AnyStateMachine): object {
  return "everyVersion" in config ? Object(config.everyVersion) : config;
}

function handles(key: string, event: string): boolean {
  return key === event || (key.endsWith(".*") && event.startsWith(key.slice(0, -1)));
}

/** The innermost states in which, and around which, no transition has a target; regions stay. */
function dead({ type, states, transitions }: OutlineState): readonly OutlineState[] {
  if (transitions.some(({ targets }) => targets.length > 0)) return [];
  return states.flatMap((child) => {
    const isLeft = child.transitions.some(({ targets }) => targets.length > 0);
    if (child.states.length > 0) return dead(child);
    return isLeft || child.type === "final" || type === "parallel" ? [] : [child];
  });
}

function wordsAt(chart: Parameters<typeof valueAt>[0], key: string): readonly string[] {
  const list = valueAt(chart, key);
  const value = list === undefined ? [] : valueOf(list);
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}
