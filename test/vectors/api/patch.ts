import { type PatchType, patchObject } from "../../../machines/apiserver/patch.ts";

interface Input {
  readonly type: PatchType;
  readonly object: { readonly kind: string };
  readonly patch: unknown;
}

/** What a patch makes of an object, or why it is refused. */
export function run({ type, object, patch }: Input): unknown {
  return patchObject(object, isText(patch) ? undefined : patch, type, object.kind);
}

/** A text that is no JSON. */
function isText(patch: unknown): boolean {
  return typeof patch === "object" && patch !== null && "notJSON" in patch;
}
