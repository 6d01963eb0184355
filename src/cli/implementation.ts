import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Implementation } from "../chart/names.ts";
import { readChart } from "../chart/read.ts";
import { nounOf } from "./chart-files.ts";

/** The names that a chart's machine implements, or why nobody knows them. */
export type LoadedImplementation =
  | { readonly names: Implementation }
  | { readonly names?: never; readonly missing: string };

/** Looks into the given file, else into `<noun>.machine.js` beside the chart or in `dist`. */
export async function loadImplementation(
  chartFile: string,
  given: string | undefined,
): Promise<LoadedImplementation> {
  if (given !== undefined) statSync(given);
  const file = given ?? builtFiles(chartFile).find((candidate) => existsSync(candidate));
  if (file === undefined) return { missing: `there is no built ${nounOf(chartFile)}.machine.js` };
  const { chart } = readChart(readFileSync(chartFile, "utf8"), chartFile);
  if (chart === undefined) return { missing: "it is no chart" };
  try {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    const names = namesIn(module, chart.id, file);
    return names === undefined ? { missing: `${file} exports no machine ${chart.id}` } : { names };
  } catch (error) {
    return { missing: `${file} cannot be loaded: ${String(error)}` };
  }
}

/** `tsc` keeps the folders of the project below `dist`. */
function builtFiles(chartFile: string): readonly string[] {
  const folder = resolve(dirname(chartFile));
  const name = `${nounOf(chartFile)}.machine.js`;
  const project = projectOf(folder);
  const beside = join(folder, name);
  if (project === undefined) return [beside];
  return [beside, join(project, "dist", relative(project, folder), name)];
}

function projectOf(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) return folder;
  return dirname(folder) === folder ? undefined : projectOf(dirname(folder));
}

function namesIn(module: unknown, id: string, file: string): Implementation | undefined {
  const machine = valuesOf(module).find((value) => fieldOf(value, "id") === id);
  const implementations = fieldOf(machine, "implementations");
  if (implementations === undefined) return undefined;
  const names = (kind: string) => keysOf(fieldOf(implementations, kind));
  return { file, guards: names("guards"), actions: names("actions"), delays: names("delays") };
}

function valuesOf(module: unknown): readonly unknown[] {
  return typeof module === "object" && module !== null ? Object.values(module) : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
