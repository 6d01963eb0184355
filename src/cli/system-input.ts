import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { standardSystem } from "../explore/standard-system.ts";
import { type ExploredSystem, isSystem, readSystem } from "../explore/system-file.ts";
import { readManifests } from "../manifest/read.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import type { ExitCode } from "./command.ts";
import { packageRoot } from "./package-root.ts";

/** A system, and the text that it was read from. */
export interface SystemInput {
  readonly system: ExploredSystem;
  readonly source: { readonly file: string; readonly text: string };
}

/** A shipped system by its name, a System file, or manifests; mistakes have been told. */
export function systemInput(name: string): SystemInput | ExitCode {
  const shipped = shippedSystems();
  const file = shipped.get(name) ?? name;
  if (!existsSync(file) && !/[./\\]/.test(name)) return unknownSystem(name, [...shipped.keys()]);
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  return systemOf({ file, text });
}

/** The same for a text that was read. */
export function systemOf(source: SystemInput["source"]): SystemInput | ExitCode {
  const { file, text } = source;
  const { system, issues } = isSystem(text) ? readSystem(file, text) : readPods(file, text);
  for (const issue of issues) console.error(formatIssue(issue));
  return system === undefined ? 1 : { system, source };
}

function unknownSystem(name: string, known: readonly string[]): ExitCode {
  const near = didYouMean(name, known) ?? `one of ${known.join(", ")}, or a file`;
  console.error(`kubechart: no system ${name}; ${near}`);
  return 2;
}

function readPods(file: string, text: string): ReturnType<typeof readSystem> {
  const { objects, kubelets, issues } = readManifests([{ file, text }]);
  if (issues.length > 0) return { issues };
  if (!objects.some(({ kind }) => kind === "Pod")) {
    const got = "none";
    return { issues: [{ file, line: 1, column: 1, path: "", expected: "a Pod to explore", got }] };
  }
  return { system: standardSystem(file, objects, kubelets), issues };
}

/** Files by name. */
function shippedSystems(): ReadonlyMap<string, string> {
  const folder = new URL("machines/systems/", packageRoot());
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return new Map(
    files.toSorted().map((file) => {
      return [file.replace(/\.yaml$/, ""), fileURLToPath(new URL(file, folder))];
    }),
  );
}
