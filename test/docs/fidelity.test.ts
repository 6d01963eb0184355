import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { commands } from "../../src/cli/commands.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { sourceFiles } from "../support/source-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${root}docs/fidelity.md`, "utf8");
const code = [...sourceFiles("machines"), ...sourceFiles("src")]
  .map((file) => file.code)
  .join("\n");

/** The rows of a table, cell by cell. */
function rowsOf(section: string): readonly (readonly string[])[] {
  const [, text = ""] = page.split(`## ${section}\n`);
  const [own = ""] = text.split("\n## ");
  const lines = own.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
}

const simplified = rowsOf("Simplified");
const spans = [...page.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

describe("docs/fidelity.md", () => {
  it("names files of the project that exist", () => {
    const paths = spans.filter((text) => /^(?:src|machines|test|docs)\/[\w./-]+$/.test(text));
    expect(paths.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });

  it.each(simplified)("names a machine or function that there is: %s", (where) => {
    const [, name] = /^`([A-Za-z]\w*)`/.exec(where) ?? [];
    if (name === undefined) return;
    const isKnown = name in catalogue || new RegExp(`\\b${name}\\b`).test(code);
    expect({ name, isKnown }).toEqual({ name, isKnown: true });
  });

  it("says of each simplification where, upstream, what differs, and how to see it", () => {
    const short = simplified.filter((cells) => cells.length !== 4 || cells.includes(""));
    expect(short).toEqual([]);
  });

  it("shows it with commands that there are", () => {
    const names = commands.map(({ name }) => name);
    const shown = spans.filter((text) => text.startsWith("kubechart "));
    expect(shown.filter((text) => !names.includes(text.split(" ")[1] ?? ""))).toEqual([]);
    const drawn = shown.flatMap((text) => /^kubechart diagram (\w+)/.exec(text)?.[1] ?? []);
    expect(drawn.filter((id) => !(id in catalogue))).toEqual([]);
  });

  it("lists the kinds that a manifest may have", () => {
    const text = "{ apiVersion: v1, kind: Nothing, metadata: { name: web } }";
    const { issues } = readManifests([{ file: "web.yaml", text }]);
    const [, known = ""] = /one of the kinds (.*)$/.exec(issues[0]?.expected ?? "") ?? [];
    const [, listed = ""] =
      /^kinds other than (.*)$/.exec(rowsOf("Left out").at(-1)?.[0] ?? "") ?? [];
    expect(listed.replace(" and ", ", ")).toBe(known);
  });
});
