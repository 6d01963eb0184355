import { readdirSync, statSync } from "node:fs";
import { basename, join, sep } from "node:path";

/** The charts that files and folders name, in order; a folder stands for every chart below it. */
export function chartFiles(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path];
    const entries = readdirSync(path, { recursive: true }).map(String).toSorted();
    return entries.filter(isChart).map((entry) => join(path, entry));
  });
}

/** `replica-set` of `machines/controller/replica-set/replica-set.yaml`. */
export function nounOf(chartFile: string): string {
  return basename(chartFile).replace(/\.ya?ml$/, "");
}

/** YAML in a folder of charts that is none: systems to explore, and the bases of source links. */
function isChart(entry: string): boolean {
  const folders = entry.split(sep).slice(0, -1);
  return /\.ya?ml$/.test(entry) && !folders.some(isOther) && nounOf(entry) !== "sources";
}

function isOther(folder: string): boolean {
  return folder === "systems" || folder === "node_modules" || folder.startsWith(".");
}
