import type { ObjectMeta } from "../api/meta.ts";
import type { ApiResource } from "./api-resources.ts";

/** How the dependents of what is deleted are treated. */
export type Propagation = "Background" | "Foreground" | "Orphan";

const orphan = "orphan";
const foreground = "foregroundDeletion";

/** Of a definition: its kind's objects go before it does. */
export const customResourceCleanup = "customresourcecleanup.apiextensions.k8s.io";

/**
 * The finalizers that an object has once it is deleted: of the garbage collector's own those that
 * the request, the object or its kind ask for.
 * registry/store.go deletionFinalizersForGarbageCollection
 */
export function finalizersOnDelete(
  { finalizers = [] }: Pick<ObjectMeta, "finalizers">,
  { dependents }: Pick<ApiResource, "dependents">,
  asked: Propagation | undefined,
): readonly string[] {
  const others = finalizers.filter((one) => one !== orphan && one !== foreground);
  if (dependents === "unsupported") return others;
  const first = finalizers.find((one) => one === orphan || one === foreground);
  const own = first ?? (dependents === "orphan" ? orphan : undefined);
  const wanted = asked === undefined ? own : finalizerOf[asked];
  return wanted === undefined ? others : [...others, wanted];
}

const finalizerOf: Readonly<Record<Propagation, string | undefined>> = {
  Background: undefined,
  Foreground: foreground,
  Orphan: orphan,
};
