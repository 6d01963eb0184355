import { isPod } from "../../machines/api/objects.ts";
import { isWorkload } from "../explore/pod-specs.ts";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { standardSystem } from "../explore/standard-system.ts";
import { type ExploredSystem, isSystem, readSystem } from "../explore/system-file.ts";
import { readManifests } from "../manifest/read.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { packageRoot } from "./package-root.ts";

/** What a text says of a system, with its mistakes. */
export type SystemRead = ReturnType<typeof readSystem>;

/**
 * A shipped system by its name, a System file, or manifests, for which what is usually open is
 * open. Throws with every mistake of the file and its place.
 */
export function loadSystem(name: string): ExploredSystem {
  const found = findSystem(name);
  if ("unknown" in found) throw new Error(found.unknown);
  const { system, issues } = found;
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  return system;
}

/** The same for one who tells mistakes in another way; `-` is standard input. */
export function findSystem(name: string): SystemRead | { readonly unknown: string } {
  const shipped = shippedSystems();
  const file = shipped.get(name) ?? name;
  if (!existsSync(file) && !/^-$|[./\\]/.test(name)) {
    const near = didYouMean(name, [...shipped.keys()]);
    const known = `one of ${[...shipped.keys()].join(", ")}, or a file`;
    return { unknown: `no system ${name}; ${near ?? known}` };
  }
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  const { system, issues } = systemOfText(file, text);
  return system === undefined
    ? { issues }
    : { system: { ...system, source: { file: name, text } }, issues };
}

/** A System file's text, or manifests. */
export function systemOfText(file: string, text: string): SystemRead {
  if (isSystem(text)) return readSystem(file, text);
  const { objects, kubelets, issues } = readManifests([{ file, text }]);
  if (issues.length > 0) return { issues };
  if (!objects.some((object) => isPod(object) || isWorkload(object))) {
    const [expected, got] = ["a Pod to explore, or what makes Pods", "none"];
    return { issues: [{ file, line: 1, column: 1, path: "", expected, got }] };
  }
  const system = standardSystem(file, objects, kubelets);
  return { system: { ...system, source: { file, text } }, issues };
}

/** Of those that are shipped. */
export function systemNames(): readonly string[] {
  return [...shippedSystems().keys()];
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
