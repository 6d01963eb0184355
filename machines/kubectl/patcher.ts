import { isBuiltIn } from "../api/built-in-groups.ts";
import type { PatchType } from "../apiserver/patch.ts";
import { type Fields, isFields } from "../apiserver/patch-value.ts";
import { getModifiedConfiguration, getOriginalConfiguration } from "./last-applied.ts";
import { createThreeWayJSONMergePatch } from "./three-way-json-patch.ts";
import { createThreeWayMergePatch, type ThreeWayPatch } from "./three-way-patch.ts";

/** What `kubectl apply` asks of the API server for an object that is there already. */
export type ApplyPatch = ThreeWayPatch & { readonly type: PatchType };

/**
 * The patch that makes the live object what its manifest says; `{}` when it is so already.
 * kubectl/pkg/cmd/apply/patcher.go patchSimple
 *
 * @param current the live object
 * @param manifest as its author wrote it, in its namespace
 * @param overwrite whether changes that others made are overwritten: `--overwrite`
 */
export function applyPatch(current: Fields, manifest: Fields, overwrite = true): ApplyPatch {
  const original = parsed(getOriginalConfiguration(current));
  if (original === undefined) return { error: "invalid JSON document", type: "strategic" };
  const modified = getModifiedConfiguration(manifest);
  const { apiVersion, kind } = manifest;
  if (typeof kind !== "string" || !isBuiltIn(apiVersion)) {
    return { ...createThreeWayJSONMergePatch(original, modified, current), type: "merge" };
  }
  const patch = createThreeWayMergePatch(original, modified, current, { kind, overwrite });
  return { ...patch, type: "strategic" };
}

/** What an annotation holds may be anything. */
function parsed(text = "{}"): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    if (value === null) return {};
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
