import type { ExploredSystem } from "../explore/system-file.ts";
import { findSystem, type SystemRead, systemOfText } from "../testkit/load-system.ts";
import { formatIssue } from "../yaml/issue.ts";
import type { ExitCode } from "./command.ts";

/** A system, and the text that it was read from. */
export interface SystemInput {
  readonly system: ExploredSystem;
  readonly source: NonNullable<ExploredSystem["source"]>;
}

/** A shipped system by its name, a System file, or manifests; mistakes have been told. */
export function systemInput(name: string): SystemInput | ExitCode {
  const found = findSystem(name);
  if (!("unknown" in found)) return told(found);
  console.error(`kubechart: ${found.unknown}`);
  return 2;
}

/** The same for a text that was read. */
export function systemOf({ file, text }: SystemInput["source"]): SystemInput | ExitCode {
  return told(systemOfText(file, text));
}

function told({ system, issues }: SystemRead): SystemInput | ExitCode {
  for (const issue of issues) console.error(formatIssue(issue));
  if (system?.source === undefined) return 1;
  return { system, source: system.source };
}
