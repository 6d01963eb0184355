import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { arrowsOf } from "../../src/diagram/arrows.ts";
import { layout } from "../../src/diagram/layout.ts";
import { allStates, outlineOf } from "../../src/diagram/outline.ts";
import type { Picture } from "../../src/diagram/picture.ts";
import { sourceLink } from "../../src/diagram/source-link.ts";
import { paint, svg } from "../../src/diagram/svg.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { crossings } from "../support/crossings.ts";

const machines = Object.values(catalogue);
const pictures = new Map<string, Promise<Picture>>();

function pictureOf(machine: AnyStateMachine): Promise<Picture> {
  const picture = pictures.get(machine.id) ?? layout(outlineOf(machine));
  pictures.set(machine.id, picture);
  return picture;
}

describe("a picture", () => {
  it.each(machines)("of $id has no word that something else is painted over", async (machine) => {
    expect(crossings(await pictureOf(machine))).toEqual([]);
  });

  it.each(machines)("of $id shows every state and every transition", async (machine) => {
    const { boxes, lines } = await pictureOf(machine);
    const states = allStates(outlineOf(machine).root);
    const shown = boxes.filter(({ name }) => name !== "").map(({ id }) => id);
    expect(shown.toSorted()).toEqual(states.map(({ path }) => path).toSorted());
    const told = lines.flatMap(({ from, to, label }) => {
      const sign = boxes.find(({ id, shape }) => shape === "sign" && id === from)?.texts ?? [];
      return (label?.blocks ?? [[]]).map((block) => {
        const texts = [...sign, ...block].filter(({ kind }) => kind !== "formula");
        const words = texts.map(({ text }) => text).join(" ");
        return `${from.replace(/#.*/, "")} → ${to}: ${words}`;
      });
    });
    const arrows = arrowsOf(outlineOf(machine).root).filter(({ from, to, label }) => {
      return !told.includes(`${from} → ${to}: ${label}`);
    });
    expect(arrows).toEqual([]);
  });

  it("is told from one that cannot be read", async () => {
    const picture = await pictureOf(catalogueAt("podPhase"));
    const labelled = picture.lines.filter(({ label }) => label !== undefined);
    const [first, second] = labelled;
    if (first?.label === undefined || second?.label === undefined) throw new Error("no labels");
    const { x, y } = first.label;
    const moved = { ...second, label: { ...second.label, x, y } };
    const lines = picture.lines.map((line) => (line === second ? moved : line));
    expect(crossings({ ...picture, lines }).join()).toMatch(/labels of .* meet/);
    const boxes = picture.boxes.map((box) => ({ ...box, x: box.x + 40 }));
    expect(crossings({ ...picture, boxes }).join()).toMatch(/runs through|stands on/);
  });

  it("puts the regions of a parallel state beside each other", async () => {
    const states = { a: { on: { go: "b" } }, b: { on: { go: "c" } }, c: {} };
    const region = { initial: "a", states };
    const machine = createMachine({
      id: "m",
      type: "parallel",
      states: { one: region, two: region },
    });
    const { boxes } = await layout(outlineOf(machine));
    const regions = boxes.filter(({ shape }) => shape === "region");
    const [one, two] = regions;
    expect(regions.map(({ id }) => id)).toEqual(["one", "two"]);
    expect(one?.y).toBe(two?.y);
    expect((one?.x ?? 0) + (one?.width ?? 0)).toBeLessThan(two?.x ?? 0);
  });

  it("lets what a state does wherever it is inside start at a sign in it", async () => {
    const on = { stop: ".b", leave: "c", again: "a" };
    const a = { initial: "b", on, states: { b: {} } };
    const machine = createMachine({ id: "m", initial: "a", states: { a, c: {} } });
    const { boxes, lines } = await layout(outlineOf(machine));
    expect(boxes.filter(({ shape }) => shape === "sign").map(({ id }) => id)).toEqual([
      "a#on stop",
    ]);
    const ends = lines.map(({ from, to }) => `${from} → ${to}`);
    expect(ends).toEqual(expect.arrayContaining(["a#on stop → a.b", "a → c", "a → a"]));
  });

  it("has one arrow for all transitions of one way", async () => {
    const states = { a: { on: { go: "b", run: "b" } }, b: {} };
    const { lines } = await layout(outlineOf(createMachine({ id: "m", initial: "a", states })));
    const arrow = lines.find(({ from }) => from === "a");
    expect(arrow?.label?.blocks.map((block) => block.map(({ text }) => text))).toEqual([
      ["go"],
      ["run"],
    ]);
  });
});

describe("an SVG", () => {
  it("is the same each time", async () => {
    const outline = outlineOf(catalogueAt("podSync"));
    expect(await svg(outline)).toBe(await svg(outline));
  });

  it("says what it shows to those who do not see it", async () => {
    const text = await svg(outlineOf(catalogueAt("podPhase")));
    expect(text).toContain("<title>podPhase</title>");
    expect(text).toMatch(/<desc>.+ A statechart of 6 states and \d+ transitions\.<\/desc>/);
  });

  it("takes the colours that its reader prefers, unless a theme is asked for", async () => {
    const picture = await pictureOf(catalogueAt("podPhase"));
    expect(paint(picture, {})).toContain("@media (prefers-color-scheme: dark)");
    const [light, dark] = [paint(picture, { theme: "light" }), paint(picture, { theme: "dark" })];
    expect(light).not.toContain("@media");
    expect(dark).not.toContain("@media");
    expect(light).not.toBe(dark);
  });

  it("writes signs of XML as such", async () => {
    const machine = createMachine({
      id: "m",
      description: `<a> & "b"`,
      initial: "a",
      states: { a: {} },
    });
    expect(await svg(outlineOf(machine))).toContain("&lt;a&gt; &amp; &quot;b&quot;");
  });

  it("leads from a state to where Kubernetes does it", async () => {
    const source = "pkg/kubelet/pod_workers.go SyncTerminatingPod";
    const machine = createMachine({ id: "m", initial: "a", states: { a: { meta: { source } } } });
    expect(await svg(outlineOf(machine))).toMatch(
      /<a href="https:\/\/github\.com\/kubernetes\/kubernetes\/blob\/v[\d.]+\/pkg\/kubelet\/pod_workers\.go">/,
    );
  });
});

describe("the link of a source", () => {
  const file = new URL("../../machines/sources.yaml", import.meta.url);
  const { documents } = readYaml(readFileSync(file, "utf8"), "sources.yaml");
  const sources = documents.map(valueOf)[0];

  it.each([
    ["pkg/kubelet/kubelet.go syncPod", "file", "pkg/kubelet/kubelet.go"],
    ["https://kubernetes.io/docs/concepts/", "page", "docs/concepts/"],
    ["KEP-753", "kep", "753"],
  ])("of %s is where machines/sources.yaml has it", (source, kind, rest) => {
    const { kep, minors } = JSON.parse(JSON.stringify(sources));
    const base = kind === "kep" ? kep : minors["1.35"][kind];
    expect(sourceLink(source)).toBe(`${base}${rest}`);
  });

  it("of something else there is none", () => {
    expect(sourceLink("somewhere")).toBeUndefined();
  });
});

function catalogueAt(id: string): AnyStateMachine {
  const machine = catalogue[id];
  if (machine === undefined) throw new Error(`no machine ${id}`);
  return machine;
}
