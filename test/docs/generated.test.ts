import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it, vi } from "vitest";

import { everyVersionOf } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { coverablesOf } from "../../src/explore/coverable.ts";
import { branchesOf } from "../../src/explore/universe.ts";
import { routes } from "../../src/system/routes.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { runCli } from "../../src/cli/shell.ts";
import { helpNames } from "./cli-page.ts";
import { generatedPages } from "./pages.ts";
import { pictureKeys, pictureKeysPath, sampledPictures } from "./pictures.ts";
import { printedIn } from "./running.ts";
import type { Job } from "./session.ts";
import { statuses, statusForm } from "./statuses.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const helps = new Map<string, string>();
for (const name of helpNames) helps.set(name, await helpOf(name));
const pages = generatedPages(helps);
const observed: ObservedFile = JSON.parse(readFileSync(`${root}docs/coverage.json`, "utf8"));
const coveragePage = readFileSync(`${root}docs/coverage.md`, "utf8");

describe("a generated page", () => {
  it.each([...pages])("is what `npm run docs` writes now: %s", (path, text) => {
    expect(existsSync(`${root}${path}`)).toBe(true);
    expect(readFileSync(`${root}${path}`, "utf8")).toBe(text);
  });

  it("has the picture of each machine, painted from its chart as it is now", () => {
    expect(readFileSync(`${root}${pictureKeysPath}`, "utf8")).toBe(pictureKeys());
    const files = readdirSync(`${root}docs/machines`).filter((file) => file.endsWith(".svg"));
    expect(files.toSorted()).toEqual(
      Object.keys(catalogue)
        .map((id) => `${id}.svg`)
        .toSorted(),
    );
  });

  it("has pictures as the command line paints them", () => {
    const jobs = sampledPictures.map((id): Job => {
      return { kind: "kubechart", words: ["diagram", id, "-o", "svg"], pipe: [] };
    });
    const [painted = []] = printedIn([{ folder: root, jobs }]);
    for (const [nth, id] of sampledPictures.entries()) {
      expect(readFileSync(`${root}docs/machines/${id}.svg`, "utf8")).toBe(painted[nth]?.out);
    }
  });

  it("is of a machine, form or command that there is", () => {
    for (const folder of ["machines", "schemas"]) {
      const files = readdirSync(`${root}docs/${folder}`).filter((file) => file.endsWith(".md"));
      expect(files.filter((file) => !pages.has(`docs/${folder}/${file}`))).toEqual([]);
    }
  });

  it("links to files that there are", () => {
    for (const [path, text] of pages) {
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = ""]) => to);
      const folder = new URL(path, `file://${root}`);
      const broken = links.filter((link) => !existsSync(fileURLToPath(new URL(link, folder))));
      expect(broken).toEqual([]);
    }
  });
});

describe("docs/coverage.json", () => {
  const whole = new Map(Object.entries(catalogue).map(([id, one]) => [id, everyVersionOf(one)]));
  const branches = branchesOf(whole).map(({ name }) => name);

  it("has a path for each branch but those that the coverage page says nobody takes", () => {
    const [, missing = ""] = coveragePage.split("## Branches that no shipped system takes\n");
    const known = branches.filter((name) => !missing.includes(`\`${name}\``));
    expect(Object.keys(observed.branches)).toEqual(known.toSorted());
  });

  it("shows no STATUS that docs/statuses.md does not explain", () => {
    const explained = new Set(statuses.map(({ text }) => text));
    const shown = Object.keys(observed.shown).map(statusForm);
    expect(shown.filter((text) => !explained.has(text))).toEqual([]);
  });

  it("tells of states that there are", () => {
    const states = new Set(coverablesOf(whole, "states").map(({ name }) => name));
    expect(Object.keys(observed.statuses).filter((name) => !states.has(name))).toEqual([]);
  });

  it("tells of each route that has a receiver", () => {
    const names = Object.entries(routes).flatMap(([machine, facts]) =>
      Object.entries(facts).flatMap(([fact, all]) =>
        all.flatMap(({ to }, nth) => (to === undefined ? [] : [`${machine} ${fact}#${nth}`])),
      ),
    );
    expect(Object.keys(observed.receivers)).toEqual(names.toSorted());
  });
});

/** What `kubechart <name> --help` prints. */
async function helpOf(name: string): Promise<string> {
  let out = "";
  const spies = [
    vi.spyOn(console, "log").mockImplementation((line) => void (out += `${line}\n`)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => (out += text) !== ""),
  ];
  const words = name === "" ? ["--help"] : [name, "--help"];
  await runCli(words).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return out;
}
