import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { kubechart } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "kubechart-run-"));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const schema = fileURLToPath(new URL("../../src/trace/run.schema.json", import.meta.url));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  containers:
    - { name: app, image: "registry.example/${name}:1.0" }
`;
const scenario = (body: string) => `apiVersion: kubechart/v1\nkind: Scenario\n${body}\n`;

const web = file("web.yaml", pod("web"));
const crashes = file(
  "crashes.scenario.yaml",
  scenario(`environment: [{ process: { runs: 5s, exits: 3 } }]`),
);
file("late.yaml", pod("late"));
const later = file(
  "later.scenario.yaml",
  scenario(`steps: [{ atSeconds: 1, kubectl: "apply -f late.yaml" }]`),
);
const crashing = [web, "--scenario", crashes, "--until", "2m"] as const;

/** The lines of one part of what was printed; parts have a blank line between them. */
function part(out: string, index: number): readonly string[] {
  return out.split(/\n\n+/)[index]?.trim().split("\n") ?? [];
}

function column(lines: readonly string[], index: number): readonly string[] {
  return lines.slice(1).map((line) => line.split(/ {2,}/)[index] ?? "");
}

/** Words of the time line, however wide its columns are; every write began a line of its own. */
function rowsOf(out: string): readonly (readonly string[])[] {
  const lines = part(out.replaceAll(/\n+(?=\d+(?:m\d+)?\.)/g, "\n"), 0);
  return lines.map((line) => line.split(/ {2,}/));
}

async function printed(form: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await kubechart("run", ...args, "-o", form);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

describe("kubechart run", () => {
  it("tells a pod's life, and where it stands at the end", async () => {
    const { code, out } = await kubechart("run", ...crashing);
    expect(code).toBe(0);
    const statuses = column(part(out, 0), 2);
    expect(statuses.slice(0, 4)).toEqual(["Pending", "ContainerCreating", "Running", "Error"]);
    expect(statuses).toContain("CrashLoopBackOff");
    expect(part(out, 1)[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/);
    expect(part(out, 2).slice(0, 2)).toEqual(["Name:  web", "Events:"]);
  });

  it("ends when only periodic work is due, else at --until", async () => {
    const quiet = await printed("json", web);
    const loop = await printed("json", ...crashing);
    expect([quiet, loop].map((text) => JSON.parse(text).end.endedBy)).toEqual(["quiet", "until"]);
    expect(JSON.parse(loop).until).toBe("2m0s");
  });

  it("prints the same rows with --watch, each at its moment", async () => {
    const whole = await kubechart("run", ...crashing);
    const watched = await kubechart("run", ...crashing, "--watch");
    expect(rowsOf(watched.out)).toEqual(rowsOf(whole.out));
  });

  it("shows what a user did", async () => {
    const steps = scenario(`steps: [{ atSeconds: 20, kubectl: "delete pod web --wait=false" }]`);
    const { out } = await kubechart("run", web, "--scenario", file("delete.yaml", steps));
    const row = part(out, 0).find((line) => line.startsWith("20.0s"));
    expect(row).toMatch(/ Terminating .* kubectl delete pod web --wait=false$/);
    expect(part(out, 0).at(-1)).toMatch(/ deleted$/);
    expect(part(out, 1)).toEqual(["No resources found"]);
  });

  it("reads standard input and prints no colours where there is no terminal", () => {
    const { stdout, status } = spawnSync(process.execPath, [main, "run", "-"], {
      input: pod("piped"),
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^TIME +POD +STATUS/);
    expect(stdout).not.toContain("\u001b");
  });
});

describe("kubechart run with docs/examples/lives.yaml, which npm start runs", () => {
  const lives = fileURLToPath(new URL("../../docs/examples/lives", import.meta.url));
  const args = ["run", `${lives}.yaml`, "--scenario", `${lives}.scenario.yaml`];

  it.each([
    ["crasher", "CrashLoopBackOff Error Running"],
    ["hungry", "OOMKilled CrashLoopBackOff Running"],
    ["scribbler", "Running Error:Evicted"],
    ["latecomer", "Evicted:Evicted"],
    ["absent", "ErrImagePull ImagePullBackOff"],
    ["batch", "Init:0/2 PodInitializing Running Completed"],
  ])("tells that %s is %s", async (name, words) => {
    const { out } = await kubechart(...args);
    const rows = rowsOf(out).filter(([, one]) => one === name);
    const seen = rows.flatMap(([, , status, , , reason]) => [status, `${status}:${reason}`]);
    expect(seen).toEqual(expect.arrayContaining(words.split(" ")));
  });
});

describe("kubechart run -o", () => {
  it("table is kubectl get pods at the end", async () => {
    const lines = (await printed("table", web)).trim().split("\n");
    expect(lines.map((line) => line.split(/ +/).slice(0, 4))).toEqual([
      ["NAME", "READY", "STATUS", "RESTARTS"],
      ["web", "1/1", "Running", "0"],
    ]);
  });

  it("tables is kubectl get of every kind at the end", async () => {
    const lines = (await printed("tables", web)).trim().split("\n");
    expect(lines.map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ["NAME", "STATUS", "ROLES"],
      ["node/node-1", "Ready", "<none>"],
      [""],
      ["NAME", "READY", "STATUS"],
      ["pod/web", "1/1", "Running"],
    ]);
  });

  it("events and describe tell the same Events", async () => {
    const [events, described] = [await printed("events", web), await printed("describe", web)];
    const list = events.slice(events.indexOf("Events:"));
    expect(list).toContain("Container started");
    expect(described.slice(described.indexOf("Events:"))).toBe(list);
    expect(described).toMatch(/^Status: +Running$/m);
  });

  it("json holds all that it takes to run again", async () => {
    const run = JSON.parse(await printed("json", ...crashing));
    expect(run).toMatchObject({ apiVersion: "kubechart/v1", kind: "Run", until: "2m0s" });
    expect(run.objects).toMatchObject([{ kind: "Pod", metadata: { name: "web" } }]);
    expect(run.scenario).toEqual(
      parse(scenario("environment: [{ process: { runs: 5s, exits: 3 } }]")),
    );
    expect(run.choices.length).toBeGreaterThan(0);
    expect(run.end.objects.map(({ kind }: { kind: string }) => kind)).toEqual(["Node", "Pod"]);
  });

  it("json has each kubelet's configuration where it can be read again", async () => {
    const kubelet = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
    const node = "apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\n";
    const texts = [`${node}---\n${kubelet}maxPods: 5\n`, pod("web"), `${kubelet}maxPods: 7\n`];
    const { objects } = JSON.parse(await printed("json", file("nodes.yaml", texts.join("---\n"))));
    const read = objects.map((one: { kind: string; maxPods?: number }) => one.maxPods ?? one.kind);
    expect(read).toEqual([7, "Node", 5, "Pod"]);
  });

  it("json is what its schema says, whatever the run was", async () => {
    const runs = [
      await printed("json", web),
      await printed("json", ...crashing, "--nodes", "2", "--seed", "3"),
      await printed("json", web, "--scenario", later),
    ];
    const validate = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")));
    for (const run of runs) {
      validate(JSON.parse(run));
      expect(validate.errors).toBeNull();
    }
  });

  it("yaml is a list of the objects as they stand", async () => {
    const list = parse(await printed("yaml", web));
    expect(list.kind).toBe("List");
    expect(list.items.at(-1)).toMatchObject({ kind: "Pod", status: { phase: "Running" } });
  });

  it("trace is every delivery in order, with its keys in order", async () => {
    const text = await printed("trace", web);
    const deliveries = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(deliveries.map(({ seq }) => seq)).toEqual(deliveries.map((_, index) => index + 1));
    const keys = "seq at from to cause event detail before after facts handled".split(" ");
    for (const delivery of deliveries) expect(Object.keys(delivery)).toEqual(keys);
  });

  it.each([
    ["sequence", "sequenceDiagram"],
    ["sequence-plantuml", "@startuml"],
    ["composition", "stateDiagram-v2"],
  ])("writes who told whom as %s", async (form, head) => {
    const text = await printed(form, web);
    expect(text.startsWith(`${head}\n`)).toBe(true);
    expect(text).toContain("podWorker");
    expect(text).toMatch(/container\.started\b/);
  });

  it("paints the time line", async () => {
    const text = await printed("svg", web);
    expect(text).toContain("</svg>");
    expect(text).toMatch(/<title>Running from [\d.]+s to /);
  });

  it("choices names what was open and how a scenario answers it", async () => {
    const text = await printed("choices", web);
    expect(text).toMatch(
      /^image pull outcome: pod\/default\/web image\/registry\.example\/web:1\.0/m,
    );
    expect(text).toMatch(/^ {2}alternatives {2}pulled, /m);
    expect(text).toMatch(/^ {2}scenario {6}- \{ when: \{ pod: web, /m);
  });

  it("tells ages by the API server's clock, of times that a node wrote by its own", async () => {
    const clock = file("clock.yaml", scenario("environment: [{ node: { clock: 5m } }]"));
    const [table, events] = [
      await printed("table", web, "--scenario", clock),
      await printed("events", web, "--scenario", clock),
    ];
    expect(table).toMatch(/^web .* Running /m);
    expect(table).not.toContain("<invalid>");
    expect(events).toMatch(/^ +Normal +Started +<invalid> +kubelet +.*Container started$/m);
  });

  it("is the same for the same seed, and another for another", async () => {
    const traces = [];
    for (const seed of ["1", "1", "2"]) traces.push(await printed("trace", web, "--seed", seed));
    expect(traces[1]).toBe(traces[0]);
    expect(traces[2]).not.toBe(traces[0]);
  });
});

describe("kubechart run with a mistake", () => {
  it("prints every mistake of all files with its place, runs nothing and exits 1", async () => {
    const bad = file("bad.yaml", pod("web").replace("image:", "imag:"));
    const odd = file("odd.yaml", scenario("environment: [{ proces: {} }]"));
    const { code, out, err } = await kubechart("run", bad, "--scenario", odd);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/bad\.yaml:6:\d+: spec\.containers\[0\]\.imag: expected/);
    expect(err).toMatch(/odd\.yaml:3:\d+: environment\[0\]\.proces: expected/);
  });

  it("misses a file that a step names", async () => {
    const step = scenario(`steps: [{ atSeconds: 1, kubectl: "apply -f nowhere.yaml" }]`);
    const { code, err } = await kubechart("run", web, "--scenario", file("step.yaml", step));
    expect(code).toBe(1);
    expect(err).toMatch(/step\.yaml:3:1: steps: expected a file beside the scenario, got "nowhere/);
  });

  it.each([
    ["an unknown flag", [web, "--sede", "1"], "unknown option '--sede'"],
    ["an unknown form", [web, "-o", "xml"], "Allowed choices are timeline, table"],
    ["a seed that is no number", [web, "--seed", "x"], "whole number"],
    ["no node at all", [web, "--nodes", "0"], "at least one node"],
    ["a time without a unit", [web, "--until", "10"], "a time such as 90s"],
    ["a watched table", [web, "-o", "table", "--watch"], "--watch goes with -o timeline"],
    ["no file", [], "missing required argument 'files'"],
    ["a file that does not exist", [join(folder, "none.yaml")], "no such file"],
  ])("exits 2 for %s", async (_, args, message) => {
    const { code, out, err } = await kubechart("run", ...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
