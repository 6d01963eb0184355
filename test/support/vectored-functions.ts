import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** A function of ours that recorded answers are held against. */
export interface VectoredFunction {
  /** The file that exports it, from the project's folder. */
  readonly module: string;
  readonly name: string;
}

/**
 * Every function that a runner of `test/vectors` imports, and those of `machines` that it imports
 * by way of `test/support`, whose other imports are the world that a runner needs.
 */
export function vectoredFunctions(root: string): readonly VectoredFunction[] {
  const vectors = join(root, "test/vectors");
  const found = new Map<string, VectoredFunction>();
  for (const runner of readdirSync(vectors, { recursive: true }).map(String).toSorted()) {
    if (!/\/[^/]+\.ts$/.test(runner)) continue;
    for (const { module, name } of importsOf(join(vectors, runner), root, new Set())) {
      found.set(`${module} ${name}`, { module, name });
    }
  }
  return [...found.values()];
}

/** The functions that a file imports, also by way of other test files. */
function importsOf(file: string, root: string, read: Set<string>): readonly VectoredFunction[] {
  if (read.has(file)) return [];
  read.add(file);
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(importing)].flatMap(([, names = "", from = ""]) => {
    const path = resolve(dirname(file), from);
    const module = relative(root, path);
    if (module.startsWith("test/")) {
      return importsOf(path, root, read).filter((one) => one.module.startsWith("machines/"));
    }
    return functionsIn(names, readFileSync(path, "utf8")).map((name) => ({ module, name }));
  });
}

/** `import { a, type B } from "./c.ts"` and `import * as d from …`; `import type` has no values. */
const importing = /^import (\{[^}]*\}|\* as \w+) from "(\.[^"]+)";/gm;

function functionsIn(names: string, module: string): readonly string[] {
  const exported = [...module.matchAll(/^export function (\w+)/gm)].map(([, name = ""]) => name);
  if (names.startsWith("*")) return exported;
  const each = names.slice(1, -1).split(",");
  const named = each.map((name) => name.trim().split(" as ")[0] ?? "");
  return named.filter((name) => exported.includes(name));
}
