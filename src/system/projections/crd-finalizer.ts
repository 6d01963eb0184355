import { isDefinition } from "../../../machines/apiserver/custom-resources.ts";
import type { CrdFinalizerStep } from "../../../machines/controllers/crd-finalizer/crd-finalizer.machine.ts";
import { finalizeDefinition } from "../../../machines/controllers/crd-finalizer/delete-instances.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, ended, endOf } from "./sync-ended.ts";

type CrdFinalizerCaches = Extract<Caches, { controller: "crdFinalizer" }>;

export function seenDefinition({ store }: KubeWorld, key: string): CrdFinalizerCaches | undefined {
  const definition = store.get("CustomResourceDefinition", key);
  if (definition === undefined || !isDefinition(definition)) return undefined;
  return { controller: "crdFinalizer", definition };
}

export function* syncOfDefinition(
  { definition }: CrdFinalizerCaches,
  nowMs: number,
): ControllerSync {
  return ended(yield* finalizeDefinition(definition, nowMs));
}

/** What the clean-up does next, in the words of its chart. */
export function crdFinalizerStep(sync: SyncUnderWay): CrdFinalizerStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "list") return "list";
  return request.verb === "deletecollection" ? "delete" : "status";
}
