import { jsonMergePatch } from "./json-merge-patch.ts";
import { jsonPatch } from "./json-patch.ts";
import type { Patched } from "./patch-value.ts";
import { strategicMergePatch } from "./strategic-merge-patch.ts";

/** How a patch is to be read; kubectl's usual one knows which lists are maps. */
export type PatchType = "strategic" | "merge" | "json";

/**
 * What a patch makes of an object of that kind, or why it is refused; undefined is a patch that is
 * no JSON. staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go applyPatchToCurrentObject
 */
export function patchObject(
  object: unknown,
  patch: unknown,
  type: PatchType,
  kind: string,
): Patched {
  switch (type) {
    case "strategic":
      return strategicMergePatch(object, patch, kind);
    case "merge":
      return jsonMergePatch(object, patch);
    case "json":
      return jsonPatch(object, patch);
  }
}
