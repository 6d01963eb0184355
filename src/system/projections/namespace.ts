import {
  deleteNamespace,
  type NamespaceView,
} from "../../../machines/controllers/namespace/namespaced-resources-deleter.ts";
import type { NamespaceStep } from "../../../machines/controllers/namespace/namespace.machine.ts";
import { storedResources } from "../api/stored-resources.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, ended, endOf } from "./sync-ended.ts";

type NamespaceCaches = Extract<Caches, { controller: "namespace" }>;

/** Of all resources those that the namespace has objects of: the rest would be asked in vain. */
export function seenNamespace({ store }: KubeWorld, name: string): NamespaceCaches | undefined {
  if (store.get("Namespace", name) === undefined) return undefined;
  const resources = storedResources(store, name).map(({ group, version, resource }) => {
    return { group, version, resource };
  });
  return { controller: "namespace", name, resources };
}

export function* syncOfNamespace(
  { name, resources }: NamespaceCaches,
  nowMs: number,
): ControllerSync {
  const view: NamespaceView = { name, resources, nowMs };
  const { error, estimateSeconds } = yield* deleteNamespace(view);
  if (error !== undefined) return ended({ error });
  return ended(
    estimateSeconds === undefined ? {} : { requeueAfterMs: untilNextLookMs(estimateSeconds) },
  );
}

/** namespace_controller.go worker */
function untilNextLookMs(estimateSeconds: number): number {
  return (Math.trunc(estimateSeconds / 2) + 1) * 1_000;
}

/** What the deletion does next, in the words of its chart. */
export function namespaceStep(sync: SyncUnderWay): NamespaceStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  switch (request.verb) {
    case "get":
      return "read";
    case "list":
      return "list";
    case "deletecollection":
      return "delete";
    default:
      return request.subresource === "finalize" ? "finalize" : "status";
  }
}
