import { patchObject } from "../../../machines/apiserver/patch.ts";
import { applyPatch } from "../../../machines/kubectl/patcher.ts";
import { conflictText } from "../../../src/manifest/write.ts";

interface Input {
  readonly mode: "client-side" | "server-side";
  readonly current: { readonly kind: string };
  readonly manifest: object;
  readonly overwrite: boolean;
}

/** What `kubectl apply` makes of a live object. */
export function run({ current, manifest, overwrite }: Input): unknown {
  const made = applyPatch({ ...current }, { ...manifest }, overwrite);
  if ("error" in made) return { error: made.error };
  if ("conflict" in made) return { error: conflictText(made.conflict) };
  const { patch, type } = made;
  const patched = patchObject(current, patch, type, current.kind);
  const unchanged = Object.keys(patch).length === 0;
  return "error" in patched ? patched : { patch, ...patched, unchanged };
}
