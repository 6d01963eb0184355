import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "../support/fidelity.ts";
import { type Block, blocksOf } from "./blocks.ts";

const root = fileURLToPath(projectRoot());

/** Copies the project, and does to the copy what the blocks of a page say; returns its folder. */
export function copyWith(page: string): string {
  const copy = mkdtempSync(join(tmpdir(), "kubechart-copy-"));
  for (const part of ["machines", "src", "package.json", "tsconfig.json"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const block of blocksOf(readFileSync(join(root, page), "utf8"))) change(copy, block);
  node(copy, join(root, "dist/src/cli/generate-machines.js"));
  return copy;
}

function change(copy: string, { language, text, file }: Block): void {
  if (file !== undefined) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
  if (language !== "diff") return;
  const [, path = "", hunks = ""] = /^--- (\S+)\n(.*)$/s.exec(text) ?? [];
  const before = readFileSync(join(copy, path), "utf8");
  writeFileSync(join(copy, path), hunks.split(/^@@\n/m).reduce(patched, before));
}

/** A hunk without line numbers: what it is about occurs once. */
function patched(text: string, hunk: string): string {
  const lines = hunk.replace(/\n$/, "").split("\n");
  const [old, made] = ["+", "-"].map((sign) => {
    return lines.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join("");
  });
  const parts = text.split(old ?? "");
  if (parts.length !== 2) throw new Error(`found ${parts.length - 1} times:\n${old}`);
  return parts.join(made);
}

/** What the compiler says of the machines and sources of a copy, which it also writes to `dist`. */
export function compiledCopy(copy: string): string {
  const file = join(copy, "tsconfig.json");
  const config: object = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...config, include: ["machines", "src"] }));
  return node(copy, join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json").out;
}

/** Runs a command of the copy in it. */
export function kubechartOf(copy: string, words: readonly string[]) {
  return node(copy, join(copy, "dist/src/cli/main.js"), ...words);
}

function node(cwd: string, ...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { out: stdout, err: stderr, code: status };
}
