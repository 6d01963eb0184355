import { customResourceCleanup } from "../../machines/apiserver/finalizers.ts";
import type { StoreChange } from "../store/change.ts";
import type { Message } from "./composition.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** crd_finalizer.go enqueue */
export function crdFinalizerHears(
  world: KubeWorld,
  { object, type }: StoreChange,
): readonly Message[] {
  if (object.kind !== "CustomResourceDefinition") return [];
  const { name, deletionTimestamp, finalizers = [] } = object.metadata;
  const isAsked = deletionTimestamp !== undefined && finalizers.includes(customResourceCleanup);
  if (type === "DELETED" || !isAsked || !world.controllers.runs("crdFinalizer")) return [];
  return [keyAdded("crdFinalizer", name)];
}

/** namespace_controller.go enqueueNamespace: only one that is being deleted, and not at once. */
export function namespaceControllerHears(
  world: KubeWorld,
  { object, type }: StoreChange,
): readonly Message[] {
  if (object.kind !== "Namespace" || type === "DELETED") return [];
  const { name, deletionTimestamp } = object.metadata;
  if (deletionTimestamp === undefined || !world.controllers.runs("namespace")) return [];
  const added = keyAdded("namespace", name, namespaceDeletionGracePeriodMs);
  return [{ ...added, key: "namespace", keepsPending: true }];
}

/** So that all API servers see that nothing more gets in. */
const namespaceDeletionGracePeriodMs = 5_000;
