import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { kubechart } from "../support/cli.ts";

const recordings = fileURLToPath(new URL("../recordings/", import.meta.url));
const crashLoop = join(recordings, "crash-loop");
const folder = mkdtempSync(join(tmpdir(), "kubechart-"));

/** The marks of a drawn machine, by what is marked. */
async function marks(machine: string, coverage: string): Promise<readonly string[]> {
  const { code, out, err } = await kubechart("diagram", machine, "--coverage", coverage);
  expect([code, err]).toEqual([0, ""]);
  return (
    out.match(/\S+ (?:\[[^\]]*\] )?\((?:.*, )?(?:taken (?:once|\d+ times)|never taken)\)/g) ?? []
  );
}

describe("kubechart diagram --coverage", () => {
  it("counts what the life of a recorded cluster takes", async () => {
    const lines = readFileSync(join(crashLoop, "table.jsonl"), "utf8").trim().split("\n");
    const [, restarts] = /"RESTARTS":"(\d+)/.exec(lines.at(-1) ?? "") ?? [];
    const starts = Number(restarts) + 1;
    const found = await marks("container", crashLoop);
    expect(found).toContain(`container.started (taken ${starts} times)`);
    expect(found).toContain(`container.exited [else] (taken ${starts} times)`);
    expect(found).toContain("container.lost (never taken)");
  });

  it("adds up the lives of a folder of recordings", async () => {
    const both = join(folder, "both");
    mkdirSync(both);
    for (const name of ["one", "two"]) cpSync(crashLoop, join(both, name), { recursive: true });
    const [once, twice] = [await marks("container", crashLoop), await marks("container", both)];
    const doubled = once.map((mark) =>
      mark
        .replace("taken once", "taken 1 times")
        .replace(/taken (\d+) times/, (_, times: string) => `taken ${Number(times) * 2} times`),
    );
    expect(twice).toEqual(doubled);
  });

  it("runs a run again, with the choices that were made in it", async () => {
    const run = join(folder, "run.json");
    const scenario = join(crashLoop, "scenario.yaml");
    const manifest = join(crashLoop, "manifest.yaml");
    const files = [manifest, "--scenario", scenario, "--until", "640s", "--seed", "7"];
    writeFileSync(run, (await kubechart("run", ...files, "-o", "json")).out);
    const [again, recorded] = [await marks("container", run), await marks("container", crashLoop)];
    expect(again).toEqual(recorded);
  });

  it("marks nothing of a machine that nobody had", async () => {
    expect(await marks("evictionManager", crashLoop)).not.toEqual([]);
    expect(await marks("deployment", crashLoop)).toEqual([]);
  });

  it("is in the JSON and in pictures, too", async () => {
    const args = ["diagram", "containerMemory", "--coverage", crashLoop];
    expect((await kubechart(...args, "-o", "json")).out).toContain('"kind": "visited"');
    expect((await kubechart(...args, "-o", "svg")).out).toMatch(/class="(?:event )?good"|good/);
  });
});

const written = {
  "trace.jsonl": '{"seq":1,"at":0,"from":null}\n',
  "half.json": '{"kind":"PathSuite"',
  "none.json": '{"kind":"Run","objects":[]}',
  "wrong.json": JSON.stringify({
    kind: "Run",
    objects: [
      { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { container: [] } },
    ],
    choices: [],
    until: "1m",
  }),
};
for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);

describe("kubechart diagram --coverage refuses", () => {
  it.each([
    ["trace.jsonl", 2, "a trace does not say which branch was taken; kubechart run … -o json"],
    ["half.json", 2, "half.json: expected a PathSuite (kubechart paths … -o json), a Run"],
    ["none.json", 2, "none.json: expected a PathSuite"],
    ["wrong.json", 1, "items[0].spec.container: expected"],
    ["nowhere", 2, "no such file"],
    [".", 2, "expected a recording, which has a manifest.yaml"],
  ])("%s", async (name, code, expected) => {
    const file = join(folder, name);
    const run = await kubechart("diagram", "container", "--coverage", file, "--out", folder);
    expect([run.code, run.out]).toEqual([code, ""]);
    expect(run.err).toContain(expected);
  });
});
