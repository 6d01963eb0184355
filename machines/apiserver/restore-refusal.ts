import type { ApiStatus } from "./api-status.ts";
import { errorBody, invalid } from "./field-error.ts";
import { goText } from "./patch-value.ts";

/**
 * A strategic patch that makes a field another thing than it is.
 * apiserver/pkg/endpoints/handlers/patch.go applyPatchToObject
 */
export function restoreRefusal(patchBody: unknown, mistake: string): ApiStatus | undefined {
  const [, wanted, got = ""] = /: expected (list|map), got (.*)$/s.exec(mistake) ?? [];
  if (wanted === undefined) return undefined;
  const kind = goKind(got);
  const detail = wanted === "list" ? `slice from ${kind}` : `struct from: ${kind}`;
  const wrong = invalid("patch", goText(patchBody), `cannot restore ${detail}`);
  const message = errorBody(wrong);
  const causes = [{ reason: wrong.type, message, field: wrong.field }];
  const told = ` "" is invalid: ${wrong.field}: ${message}`;
  return { code: 422, reason: "Invalid", message: told, details: { causes } };
}

/** reflect.Kind of what structured-merge-diff has shown. */
function goKind(shown: string): string {
  if (shown.startsWith("&{map[")) return "map";
  if (shown.startsWith("&{[")) return "slice";
  const inner = /^&\{(.*)\}$/s.exec(shown)?.[1] ?? shown;
  if (inner === "true" || inner === "false") return "bool";
  if (/^-?\d+$/.test(inner)) return "int64";
  return /^-?\d+\.\d+/.test(inner) ? "float64" : "string";
}
