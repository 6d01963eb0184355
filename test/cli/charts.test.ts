import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { kubechart } from "../support/cli.ts";

const fixtures = fileURLToPath(new URL("../chart/fixtures/", import.meta.url));
const door = join(fixtures, "door.yaml");
const machine = join(fixtures, "door.machine.ts");
const folder = mkdtempSync(join(tmpdir(), "kubechart-"));

/** The good chart with one piece of text replaced, in a folder of its own. */
function chart(name: string, from: string, to: string): string {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(door, "utf8").replace(from, to));
  return file;
}

describe("kubechart lint", () => {
  it("prints nothing but a count for good charts", async () => {
    const run = await kubechart("lint", door, "--implementation", machine);
    expect(run).toEqual({ code: 0, out: "1 chart, no mistakes", err: "" });
  });

  it("prints the mistakes of all files and exits 1", async () => {
    const files = [chart("a.yaml", "tags:", "tagz:"), chart("b.yaml", "closer:", "closr:")];
    const { code, out } = await kubechart("lint", ...files, "--implementation", machine);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      expect.stringContaining("a.yaml:34:5: states.open.tagz: expected one of the fields"),
      expect.stringContaining(
        "b.yaml:36:7: states.open.after.closr: expected an implemented delay",
      ),
      "2 charts, 2 mistakes",
    ]);
  });

  it("says that names were not checked when it finds no implementation", async () => {
    const { code, out } = await kubechart("lint", chart("c.yaml", "", ""));
    expect(code).toBe(0);
    expect(out).toContain("names were not checked, because there is no built c.machine.js");
  });

  it("says so too when the implementation is of another machine, or cannot be loaded", async () => {
    const other = chart("d.yaml", "id: door", "id: gate");
    const { out } = await kubechart("lint", other, "--implementation", machine);
    expect(out).toContain("names were not checked, because");
    expect(out).toContain("exports no machine gate");
    const broken = await kubechart("lint", door, "--implementation", door);
    expect(broken.out).toContain("cannot be loaded");
  });

  it("finds the charts of a folder, but not systems and sources", async () => {
    mkdirSync(join(folder, "all/systems"), { recursive: true });
    mkdirSync(join(folder, "all/kubelet"));
    for (const name of ["kubelet/x.yaml", "kubelet/y.yaml", "systems/s.yaml", "sources.yaml"]) {
      chart(join("all", name), "", "");
    }
    const { out } = await kubechart("lint", join(folder, "all"), "--implementation", machine);
    expect(out).toBe("2 charts, no mistakes");
  });

  it("refuses a bomb of aliases before it is expanded", async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    const file = chart("bomb.yaml", readFileSync(door, "utf8"), `a0: &a0 1\n${rows.join("\n")}`);
    const { code, out } = await kubechart("lint", file);
    expect(code).toBe(1);
    expect(out).toContain("aliases within the limit of 100, counted as expanded");
  });
});

describe("kubechart generate", () => {
  it("writes a constant beside the chart, and again only when it has changed", async () => {
    const file = chart("front-door.yaml", "", "");
    const target = file.replace(".yaml", ".chart.ts");
    expect(await kubechart("generate", file)).toEqual({ code: 0, out: target, err: "" });
    expect(readFileSync(target, "utf8")).toContain("export const doorChart = {");
    expect(await kubechart("generate", file)).toEqual({ code: 0, out: "", err: "" });
  });

  it("writes into a folder that is asked for", async () => {
    const out = join(folder, "generated");
    const run = await kubechart("generate", door, "--out", out);
    expect(run).toEqual({ code: 0, out: join(out, "door.chart.ts"), err: "" });
  });

  it("tells the mistakes of a chart and exits 1", async () => {
    const { code, out, err } = await kubechart("generate", chart("e.yaml", "id: door", "id: 3"));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("e.yaml:2:5: id: expected a word");
  });
});

describe("kubechart diagram", () => {
  it("draws a chart", async () => {
    const { code, out } = await kubechart("diagram", door);
    expect(code).toBe(0);
    expect(out).toContain("stateDiagram-v2\n  [*] --> closed\n");
    expect(out).toContain("unlocked --> open : door.pushed / announce");
  });

  it.each([
    ["dot", 'digraph "door" {'],
    ["plantuml", "door_closed_unlocked --> door_open : door.pushed"],
    ["scxml", '<transition event="door.pushed" target="door.open">'],
    ["json", '"kind": "Outline"'],
    ["xstate", '"target": "#door.open"'],
    ["smcat", '"door.closed.unlocked" => "door.open": "door.pushed / announce";'],
    ["svg", "<title>door</title>"],
  ])("draws a chart as %s", async (format, text) => {
    const { code, out } = await kubechart("diagram", door, "-o", format);
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it("writes a file named after the machine", async () => {
    const out = join(folder, "drawings");
    const run = await kubechart("diagram", door, "-o", "xstate", "--out", out);
    const file = join(out, "door.xstate.json");
    expect(run).toEqual({ code: 0, out: file, err: "" });
    const printed = await kubechart("diagram", door, "-o", "xstate");
    expect(readFileSync(file, "utf8")).toBe(`${printed.out}\n`);
  });

  it("writes a picture in pixels, whole or not at all", async () => {
    const out = join(folder, "pictures");
    const file = join(out, "door.png");
    const run = await kubechart("diagram", door, "-o", "png", "--out", out, "--theme", "dark");
    expect(run).toEqual({ code: 0, out: file, err: "" });
    expect(readFileSync(file).subarray(1, 4).toString()).toBe("PNG");
    mkdirSync(join(out, "door.mmd"));
    const { code, err } = await kubechart("diagram", door, "--out", out);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("cannot write into") });
    expect(readdirSync(out)).toEqual(["door.mmd", "door.png"]);
  });

  it("draws a part, without what is hidden", async () => {
    const shown = ["--focus", "unlocked", "--hide", "actions,self"];
    const { code, out } = await kubechart("diagram", door, ...shown);
    expect(code).toBe(0);
    expect(out).toMatch(/unlocked --> open : door.pushed$/m);
    const folded = await kubechart("diagram", door, "--depth", "1");
    expect(folded.out).toContain("closed --> open : door.pushed / announce");
    expect(folded.out).not.toContain("unlocked");
  });

  it("marks what a version or a gate changes", async () => {
    const gates = "RestartAllContainersOnContainerExits=true";
    const gated = ["container", "--feature-gates", gates];
    const { code, out } = await kubechart("diagram", ...gated, "--compared-to", "1.35");
    expect(code).toBe(0);
    expect(out).toContain("(RestartAllContainersOnContainerExits, new)");
    expect((await kubechart("diagram", ...gated)).out).not.toContain("new)");
    expect((await kubechart("diagram", "container")).out).not.toContain("RestartingAll");
  });

  it("marks what the paths of a suite take, and what they miss", async () => {
    const file = join(folder, "suite.json");
    const universe = ["podPhase (any) statuses.generated#0", "podPhase (any) statuses.generated#1"];
    const paths = [{ covers: universe.slice(1) }];
    writeFileSync(file, JSON.stringify({ kind: "PathSuite", universe, paths }));
    const { code, out } = await kubechart("diagram", "podPhase", "--coverage", file);
    expect(code).toBe(0);
    expect(out.match(/taken by 1|never taken/g)).toEqual(["never taken", "taken by 1"]);
  });

  it("lists the machines as kubechart machines does", async () => {
    expect(await kubechart("diagram", "--list")).toEqual(await kubechart("machines"));
  });

  it("tells the mistakes of a chart instead", async () => {
    const { code, out, err } = await kubechart(
      "diagram",
      chart("f.yaml", "#door.open", "#door.opne"),
    );
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain('did you mean "#door.open"?');
  });

  it.each(Object.keys(catalogue))("draws %s", async (id) => {
    const { code, out } = await kubechart("diagram", id);
    expect(code).toBe(0);
    expect(out).toMatch(/^stateDiagram-v2\n {2}\[\*\] --> /);
  });
});

describe("kubechart machines", () => {
  it("lists the catalogue, one a line, id first", async () => {
    const { code, out } = await kubechart("machines");
    const ids = out.split("\n").map((line) => /^(\w+) +\S.*\.$/.exec(line)?.[1]);
    expect({ code, ids }).toEqual({ code: 0, ids: Object.keys(catalogue) });
  });
});
