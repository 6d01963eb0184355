import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "../support/fidelity.ts";
import {
  type Block,
  blocksOf,
  exchangesOf,
  isPrinted,
  type Picture,
  picturesOf,
  wordsOf,
} from "./blocks.ts";
import type { Job, Printed, Visit } from "./session.ts";

const root = fileURLToPath(projectRoot());

/** Lists without sessions, written by a command or by hand. */
const lists = ["changelog", "cli", "coverage", "fidelity", "statuses"].map((name) => {
  return `docs/${name}.md`;
});

/** Their blocks are run by tests of their own. */
const others = ["docs/add-a-machine.md", "docs/testing.md"];

/** The pages that are written by hand and whose blocks are run, README first. */
export function writtenPages(): readonly string[] {
  const entries = readdirSync(join(root, "docs"), { recursive: true }).map(String).toSorted();
  const pages = entries.filter((entry) => /^(?!machines|schemas|examples).*\.md$/.test(entry));
  const all = ["README.md", ...pages.map((entry) => `docs/${entry}`)];
  return all.filter((path) => ![...lists, ...others].includes(path));
}

/** One thing that a page claims to happen. */
export interface Claim {
  readonly name: string;
  readonly job: Job;
  /** What a page shows of it: all that is printed, or what its comments say, or nothing. */
  readonly shows: "all" | "part" | "picture" | "comments" | "something";
  readonly text: string;
  readonly code: number;
  /** Of a picture: the file, from the top of the project. */
  readonly file?: string;
}

/** A page with all that is to be checked of it. */
export interface RunPage {
  readonly path: string;
  readonly text: string;
  /** Where its files are; below `dist`, from where packages are found as from the project. */
  readonly folder: string;
  readonly blocks: readonly Block[];
  readonly claims: readonly Claim[];
  /** Test files of the page, for Vitest. */
  readonly tests: readonly string[];
}

/** Writes the files of a page into a folder of its own. */
export function laidOut(path: string): RunPage {
  const text = readFileSync(join(root, path), "utf8");
  const folder = join(root, "dist/pages", path.replace(/\W/g, "-"));
  const blocks = blocksOf(text);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(folder, "docs"));
  symlinkSync(join(root, "docs/examples"), join(folder, "docs/examples"));
  for (const block of blocks) {
    const file = fileOf(block);
    if (file === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), block.text);
  }
  const painted = picturesOf(text).map((picture) => pictureClaim(picture, dirname(path)));
  const claims = [...blocks.flatMap((block) => claimsOf(block, folder)), ...painted];
  const tests = blocks.flatMap(({ file = "" }) => (file.endsWith(".test.ts") ? [file] : []));
  return { path, text, folder, blocks, claims, tests: tests.map((file) => join(folder, file)) };
}

/** Code without a name is a module of its own. */
function fileOf({ file, language, line }: Block): string | undefined {
  if (file !== undefined) return file;
  if (language === "js") return `line-${line}.mjs`;
  return language === "ts" ? `line-${line}.mts` : undefined;
}

function claimsOf(block: Block, folder: string): readonly Claim[] {
  const { language, text, file, intro, line } = block;
  const name = `line ${line}`;
  switch (language) {
    case "console":
      return exchangesOf(block).flatMap(({ command, printed, code }) => {
        if (!command.startsWith("kubechart ")) return [];
        return [{ ...commandClaim(command), shows: "all" as const, text: printed, code }];
      });
    case "sh": {
      const commands = text.match(/^kubechart .*$/gm) ?? [];
      return commands.map((command) => commandClaim(command));
    }
    case "mermaid": {
      const [, command] = /`(kubechart [^`]+)`/.exec(intro) ?? [];
      return command === undefined ? [] : [{ ...commandClaim(command), shows: "part", text }];
    }
    case "js":
    case "ts": {
      if (file !== undefined) return [];
      const module = join(folder, `line-${line}.mjs`);
      const job: Job = { kind: "module", file: module };
      return [{ name, job, shows: "comments", text: saidIn(text), code: 0 }];
    }
    default:
      return [];
  }
}

function commandClaim(command: string): Claim {
  const [words = [], ...pipe] = command.split(" | ").map(wordsOf);
  const job: Job = { kind: "kubechart", words: words.slice(1), pipe };
  return { name: command, job, shows: "something", text: "", code: 0 };
}

function pictureClaim({ command, file: link }: Picture, folder: string): Claim {
  const file = join(folder, link);
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";
  return { ...commandClaim(command), shows: "picture", text, file };
}

/** `console.log(…); // Running`: what the comments say is printed. */
function saidIn(code: string): string {
  const said = code.match(/(?<=^\s*console\.log\(.*\); \/\/ ).*$/gm) ?? [];
  return said.join("\n");
}

/** The page with the sessions and drawings that did not show what happens now. */
export function withSessions({ text, claims }: RunPage, printed: readonly Printed[]): string {
  return claims.reduce((page, claim, nth) => {
    const { out = "", err = "" } = printed[nth] ?? {};
    if (claim.shows === "part") {
      const isDrawn = claim.text !== "" && out.includes(claim.text);
      const at = page.indexOf("```mermaid\n", page.indexOf(claim.name)) + "```mermaid\n".length;
      const [, drawn = out] = /^```mermaid\n(.*?)^```$/ms.exec(out) ?? [];
      return isDrawn ? page : page.slice(0, at) + drawn + page.slice(at + claim.text.length);
    }
    if (claim.shows !== "all" || isPrinted(claim.text, `${out}${err}`)) return page;
    const line = `$ ${claim.name}${claim.code === 0 ? "" : ` # exits ${claim.code}`}\n`;
    return page.replace(`${line}${claim.text}`, () => `${line}${out}${err}`);
  }, text);
}

/** The pictures of a page that are not as they are painted now, by file. */
export function oldPictures(
  { claims }: RunPage,
  printed: readonly Printed[],
): readonly (readonly [file: string, text: string])[] {
  return claims.flatMap(({ file, text }, nth) => {
    const { out = "" } = printed[nth] ?? {};
    return file === undefined || text === out ? [] : [[file, out] as const];
  });
}

/** What the claims of pages print, all by one process. */
export function printedBy(pages: readonly RunPage[]): readonly (readonly Printed[])[] {
  return printedIn(
    pages.map(({ folder, claims }) => ({ folder, jobs: claims.map(({ job }) => job) })),
  );
}

export function printedIn(visits: readonly Visit[]): readonly (readonly Printed[])[] {
  const session = join(root, "dist/test/docs/session.js");
  const { stdout, stderr } = spawnSync(process.execPath, [session], {
    input: JSON.stringify(visits),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Compiles the TypeScript of all pages; returns what the compiler says of it. */
export function compiled(pages: readonly RunPage[]): readonly string[] {
  const folder = join(root, "dist/pages");
  const files = pages.flatMap((page) => {
    const names = page.blocks.flatMap((block) => fileOf(block) ?? []);
    return names.filter((name) => /\.m?ts$/.test(name)).map((name) => join(page.folder, name));
  });
  if (files.length === 0) return [];
  const options = { rootDir: "..", noEmit: false, declaration: false, skipLibCheck: true };
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { ...options, rootDir: folder, outDir: folder, incremental: false },
    include: [],
    files,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const args = [tsc, "-p", folder];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}
