import type { ApiStatus } from "./api-status.ts";
import { inOrder, pathText } from "./field-set.ts";
import type { Conflicts } from "./field-updater.ts";
import { managerText } from "./managed-fields.ts";

/** Why an apply would take fields of others. managedfields/internal/conflict.go NewConflictError */
export function conflictStatus(conflicts: Conflicts): ApiStatus {
  const sorted = [...conflicts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const all = sorted.map(([manager, set]) => {
    return { manager: managerText(manager), paths: inOrder(set).map(pathText) };
  });
  const causes = all.flatMap(({ manager, paths }) => {
    const told = { reason: "FieldManagerConflict", message: `conflict with ${manager}` };
    return paths.map((field) => ({ ...told, field }));
  });
  const message = `Apply failed with ${conflictsText(all, causes.length)}`;
  return { code: 409, reason: "Conflict", message, details: { causes } };
}

interface OneManager {
  readonly manager: string;
  readonly paths: readonly string[];
}

function conflictsText(all: readonly OneManager[], count: number): string {
  const [first] = all;
  if (count === 1) return `1 conflict: conflict with ${first?.manager}: ${first?.paths[0]}`;
  const lines = all.flatMap(({ manager, paths }) => {
    return [`conflicts with ${manager}:`, ...paths.map((path) => `- ${path}`)];
  });
  return `${count} conflicts: ${lines.join("\n")}`;
}
