import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "./fidelity.ts";

/** A TypeScript file of the project, read for what it imports and how it is written. */
export interface SourceFile {
  /** From the top of the project, with slashes. */
  readonly path: string;
  readonly lines: readonly string[];
  /** Without comments and without the text of strings, so that words in it are code. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path of the project, or the name of a package. */
  readonly target: string;
  readonly isReexport: boolean;
}

/** All files below a folder but the generated ones, in order. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  const top = join(fileURLToPath(projectRoot()), folder);
  const entries = readdirSync(top, { recursive: true }).map(String).toSorted();
  return entries
    .filter((entry) => entry.endsWith(".ts") && !entry.startsWith("generated"))
    .map((entry) => readSource(join(top, entry), join(folder, entry)));
}

function readSource(file: string, path: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const found = [...text.matchAll(importForm)];
  return {
    path,
    lines: text.replace(/\n$/, "").split("\n"),
    code: text.replace(commentsAndStrings, blank).replace(importsAndExports, blank),
    imports: found.map(({ groups = {} }) => ({
      target: resolveImport(path, groups["from"] ?? groups["dynamic"] ?? ""),
      isReexport: groups["export"] !== undefined,
    })),
  };
}

/** `import … from "x"`, `import "x"`, `export … from "x"` and `import("x")`. */
const importForm =
  /^(?:import|(?<export>export))\s(?:[^;"'(]*?\sfrom\s+)?"(?<from>[^"]+)"|\bimport\(\s*"(?<dynamic>[^"]+)"/gm;

const commentsAndStrings =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** After strings are gone; words in them, as `as`, are no code of the file. */
const importsAndExports = /^(?:import\b[^;]*;|export\s[^;=(]*?\sfrom\b[^;]*;)/gm;

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function resolveImport(from: string, target: string): string {
  return target.startsWith(".") ? join(dirname(from), target) : target;
}

/** Files that import each other in a circle, each circle once. */
export function importCircles(files: readonly SourceFile[]): readonly string[] {
  const next = new Map(files.map(({ path, imports }) => [path, imports.map((one) => one.target)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return circles;
}

/** The lines in which a word is used as code. */
export function uses({ path, code }: SourceFile, word: RegExp): readonly string[] {
  return code.split("\n").flatMap((line, index) => {
    const found = line.match(word);
    return found === null ? [] : [`${path}:${index + 1} ${found.join(" ").trim()}`];
  });
}

/** The lines of a form, comments and strings included. */
export function linesWith({ path, lines }: SourceFile, form: RegExp): readonly string[] {
  return lines.flatMap((line, index) => (form.test(line) ? [`${path}:${index + 1}`] : []));
}

/** Lines of more than 100 columns, unless one text or pattern in them is to blame. */
export function longLines({ path, lines }: SourceFile): readonly string[] {
  return lines.flatMap((line, index) => {
    const longest = Math.max(0, ...[...line.matchAll(unbreakable)].map(([text]) => text.length));
    const isComment = /^\s*(?:\/?\*|\/\/)/.test(line);
    const isLong = line.length > 100 && (isComment || line.length - longest > 100 || longest < 40);
    return isLong ? [`${path}:${index + 1} has ${line.length} columns`] : [];
  });
}

const unbreakable = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/(?:\\.|[^/\\])+\/\w*/g;

/** Functions with the number of lines that they take. */
export function functionLengths({ path, lines }: SourceFile) {
  return lines.flatMap((line, index) => {
    const start = functionStart.exec(line);
    if (start === null) return [];
    const [indent = "", name = ""] = start.slice(1).filter((part) => part !== undefined);
    const end = lines.findIndex((other, at) => at > index && other.startsWith(`${indent}}`));
    return [{ name: `${path} ${name}`, length: end - index + 1 }];
  });
}

/** As biome formats functions and methods that do not fit into one line. */
const functionStart = new RegExp(
  [
    /^(\s*)(?:export )?(?:async )?function\*? (\w+)/,
    /^(\s*)(?:export )?const (\w+) = (?:async )?\(?[^=]*=> \{$/,
    /^(\s+)(?!(?:if|for|while|switch|catch)\b)(?:(?:static|async|get) )*(#?\w+)\(.*\)(?:: [^=]+)? \{$/,
  ]
    .map(({ source }) => source)
    .join("|"),
);
