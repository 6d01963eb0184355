import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isPrinted } from "./blocks.ts";
import { compiled, laidOut, printedBy, writtenPages } from "./running.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const all = writtenPages().map(laidOut);
const mistakes = compiled(all);
const results = printedBy(all);

describe("the TypeScript of the pages", () => {
  it("compiles", () => {
    expect(mistakes).toEqual([]);
  });
});

describe.each(all.map((page, nth) => ({ ...page, printed: results[nth] ?? [] })))(
  "$path",
  async ({ path, text, blocks, claims, printed, tests }) => {
    for (const [nth, claim] of claims.entries()) {
      it(`shows what happens: ${claim.name}`, () => {
        const { out = "", err = "", code } = printed[nth] ?? {};
        expect({ code, err: claim.code === 0 ? err : "" }).toEqual({ code: claim.code, err: "" });
        if (claim.shows === "something") return expect(out).not.toBe("");
        if (claim.shows === "picture") return expect(claim.text).toBe(out);
        if (claim.shows === "part") return expect(out).toContain(claim.text);
        const shown = `${out}${err}`;
        if (!isPrinted(claim.text, shown)) expect(claim.text).toBe(shown);
      });
    }

    it("has blocks of languages that are run or are plain text", () => {
      expect(blocks.filter(({ language }) => !languages.includes(language))).toEqual([]);
    });

    it("draws only what a command draws", () => {
      const drawn = blocks.filter(({ language }) => language === "mermaid");
      expect(drawn.filter(({ intro }) => !/`kubechart [^`]+`/.test(intro))).toEqual([]);
    });

    it("names files that exist", () => {
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = ""]) => to);
      const broken = links.filter((link) => !existsSync(join(root, dirname(path), link)));
      expect(broken).toEqual([]);
    });

    for (const file of tests) await import(file);
  },
);

const languages = ["console", "sh", "js", "ts", "yaml", "json", "mermaid", "text", "go"];

describe("docs/README.md", () => {
  it("leads to every page that is written by hand", () => {
    const index = readFileSync(join(root, "docs/README.md"), "utf8");
    const pages = writtenPages().filter((path) => !path.endsWith("README.md"));
    expect(pages.filter((path) => !index.includes(`(${path.replace("docs/", "")})`))).toEqual([]);
  });
});

describe("README", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");

  it("shows twelve lines of a manifest and one of a scenario", () => {
    const files = all[0]?.blocks.filter(({ file, language }) => file && language === "yaml") ?? [];
    expect(files.slice(0, 2).map((one) => one.text.trimEnd().split("\n").length)).toEqual([12, 1]);
    expect(readme).toContain("npm ci && npm start");
  });
});
