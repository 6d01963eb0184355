import { checkErr } from "../../machines/api/kubectl-error.ts";
import type { ApiStatus } from "../../machines/apiserver/api-status.ts";
import { placeOf } from "../manifest/place.ts";
import type { ManifestEntry } from "../manifest/decode.ts";

/**
 * What the API server refuses. The message is kubectl's, and says where in a text each field
 * stands; `status` is the Status itself.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ApiStatus;

  constructor(status: ApiStatus, entry?: ManifestEntry) {
    const told = checkErr({ status }).text.trimEnd();
    super([told, ...placesIn(status, entry)].join("\n"));
    this.status = status;
  }

  /** `NotFound`, `Conflict`, `Invalid` …; empty where the server has no word for it. */
  get reason(): string {
    return this.status.reason ?? "";
  }
}

function placesIn({ details }: ApiStatus, entry: ManifestEntry | undefined): readonly string[] {
  if (entry === undefined) return [];
  const fields = new Set((details?.causes ?? []).flatMap(({ field }) => field ?? []));
  const { file, node } = entry;
  if (fields.size === 0) return [`  at ${file}:${node.line}:${node.column}`];
  return [...fields].map((field) => {
    const { line, column } = placeOf(node, field);
    return `  at ${file}:${line}:${column}: ${field}`;
  });
}
