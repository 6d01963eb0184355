import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { explore } from "../../src/explore/explorer.ts";
import { Lives } from "../../src/explore/life.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { kubechart } from "../support/cli.ts";
import { systemOf, systemText } from "../support/systems.ts";

const folder = mkdtempSync(join(tmpdir(), "kubechart-"));
const body = "open: { deliveries: in order, steps: [{ kubectl: delete pod web }] }";
const file = join(folder, "small.yaml");
writeFileSync(file, systemText(body));

describe("kubechart diagram of a system", () => {
  it("draws who sends what to whom in any of its lives", async () => {
    const { code, out, err } = await kubechart("diagram", file, "-o", "json");
    expect([code, err]).toEqual([0, ""]);
    const { kind, root } = JSON.parse(out);
    expect(kind).toBe("Outline");
    const drawn = new Set<string>();
    for (const { path, transitions } of root.states) {
      for (const { targets } of transitions) drawn.add(`${path} ${targets[0]}`);
    }
    for (const sent of sentInLives()) expect(drawn).toContain(sent);
    expect(drawn).toContain("containerStart imagePull");
    expect(drawn).toContain("runtime containerStart");
    const names: readonly string[] = root.states.map(({ path }: { readonly path: string }) => path);
    expect(names).not.toContain("schedulingCycle");
    expect(names).not.toContain("probe");
  });

  it("draws what may be sent in every cluster, of which that is a part, without any life", async () => {
    const whole = await arrowsOf("--composition");
    const drawn = await arrowsOf(file);
    expect([...drawn].filter((arrow) => !whole.has(arrow))).toEqual([]);
    expect(whole).toContain("taintEviction apiserver request.calls");
    expect(whole).toContain("podSync podPhase statuses.generated");
  });

  it.each([
    ["mermaid", /^stateDiagram-v2\n[^]*imagePull --> registry : ImageStatus, PullImage\n/],
    ["dot", /^digraph "small" \{/],
    ["plantuml", /^@startuml\n/],
    ["smcat", /"small\.imagePull" => "small\.registry": "ImageStatus/],
    ["svg", /<title>small<\/title>/],
  ])("has it as %s", async (format, expected) => {
    const part = ["--focus", "registry"];
    const { code, out } = await kubechart("diagram", file, "-o", format, ...part);
    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });

  it("has a part of it", async () => {
    const { out } = await kubechart("diagram", file, "--focus", "imagePull", "--hide", "self");
    expect(out).toContain("imagePull --> registry");
    expect(out).not.toContain("podKill");
    expect(out).not.toMatch(/imagePull --> imagePull /);
  });

  it("draws every state with --graph states", async () => {
    const { states } = explore(systemOf(body));
    const run = await kubechart("diagram", file, "--graph", "states", "-o", "json");
    expect([run.code, run.err]).toEqual([0, ""]);
    const { root } = JSON.parse(run.out);
    expect(root.states).toHaveLength(states);
    expect(root.initial).toBe("no pod ~0");
    const few = await kubechart("diagram", file, "--graph", "states", "--max-states", "3");
    expect(few).toEqual({ code: 2, out: "", err: expect.stringMatching(tooLarge) });
  });

  it("draws states that show something else with --graph shown", async () => {
    const { code, out } = await kubechart("diagram", file, "--graph", "shown");
    expect(code).toBe(0);
    expect(out).toContain('state "web Running, app Running"');
    expect(out).toMatch(/ : kubectl delete pod web$/m);
    const names = [...out.matchAll(/state "(.*)" as/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("writes a file named after the system and the picture", async () => {
    const out = join(folder, "drawings");
    await kubechart("diagram", file, "--graph", "shown", "--out", out);
    await kubechart("diagram", file, "-o", "dot", "--out", out);
    expect(readdirSync(out)).toEqual(["small.composition.dot", "small.shown.mmd"]);
  });

  it("reads manifests, too, and tells what is wrong with them", async () => {
    const pod = join(folder, "pod.yaml");
    const manifest = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n";
    writeFileSync(pod, `${manifest}spec: { nodeName: nowhere, containers: [] }\n`);
    const out = join(folder, "nothing");
    const run = await kubechart("diagram", pod, "--out", out);
    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err).toMatch(/pod\.yaml:\d+:\d+: .*containers/);
    expect(existsSync(out)).toBe(false);
  });
});

const tooLarge =
  /^kubechart: small has more than 3 states within its bounds \(horizonMs 3600000, messages 100\): lower/;

describe("kubechart diagram of a system refuses", () => {
  it.each([
    [["preemptio"], "kubechart: no machine preemptio; did you mean "],
    [[file, "-o", "xstate"], "a composition is no machine that -o xstate could run"],
    [[file, "--coverage", "x.json"], "--coverage is of a machine, not of a system"],
    [[file, "--compared-to", "1.34"], "--compared-to is of a machine, not of a system"],
    [["--composition", "--graph", "shown"], "--graph is of a system: name one"],
    [["--composition", "-o", "scxml"], "a composition is no machine that -o scxml could run"],
    [["--composition", "--coverage", "x.json"], "--coverage is of a machine, not of a system"],
    [["podd", "--graph", "shown"], 'no system podd; did you mean "pod"?'],
    [[join(folder, "none.yaml")], "no such file"],
    [[file, "--focus", "podWorkr"], 'small has no state podWorkr; did you mean "podWorker"?'],
  ])("%j", async (args, expected) => {
    const { code, out, err } = await kubechart("diagram", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(expected);
  });
});

/** `from to event` of each arrow. */
async function arrowsOf(...args: readonly string[]): Promise<ReadonlySet<string>> {
  const { code, out, err } = await kubechart("diagram", ...args, "-o", "json");
  expect([code, err]).toEqual([0, ""]);
  const { root } = JSON.parse(out);
  const arrows = new Set<string>();
  for (const { path, transitions } of root.states) {
    for (const { targets, trigger } of transitions) {
      arrows.add(`${path} ${targets[0]} ${trigger.event}`);
    }
  }
  return arrows;
}

/** Machines, by the traces of the lives that together take every branch. */
function sentInLives(): ReadonlySet<string> {
  const system = systemOf(body);
  const sent = new Set<string>();
  const lives = new Lives(system);
  for (const { moves } of coverTransitions(system).paths) {
    let life = lives.begin();
    life.cluster.observe(({ from, to }) => {
      if (from !== null) sent.add(`${from.split("/")[0]} ${to.split("/")[0]}`);
    });
    for (const move of moves) ({ life } = lives.drive(life, move));
  }
  expect(sent.size).toBeGreaterThan(20);
  return sent;
}
