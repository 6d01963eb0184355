import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { Plugin } from "vitest/config";

import { blocksOf } from "../docs/blocks.ts";

/** The code blocks of a page in one language, in order. */
export function docBlocks(file: string, language: string): readonly string[] {
  const blocks = blocksOf(readFileSync(file, "utf8"));
  return blocks.filter((one) => one.language === language).map(({ text }) => text);
}

const block = /^(.*\.md)\?block=(\d+)\.ts$/;

/** Lets a test import the nth block of a page: `/docs/testing.md?block=0.ts`. */
export function runningDocBlocks(root: string): Plugin {
  return {
    name: "doc blocks",
    enforce: "pre",
    resolveId: (id, importer = "") => {
      const [, page] = block.exec(id) ?? [];
      if (page !== undefined) return page.startsWith(root) ? id : join(root, id);
      const [, from] = block.exec(importer) ?? [];
      return from !== undefined && id.startsWith(".") ? resolve(dirname(from), id) : undefined;
    },
    load: (id) => {
      const [, page = "", nth] = block.exec(id) ?? [];
      return page === "" ? undefined : docBlocks(page, "ts")[Number(nth)];
    },
  };
}
