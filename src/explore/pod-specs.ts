import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod, isWhole } from "../../machines/api/objects.ts";
import type { PodSpec } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import type { ExploredSystem } from "./system-file.ts";

/** Of the pods that there are from the beginning, and of those that controllers may make. */
export function podSpecsOf({ objects }: Pick<ExploredSystem, "objects">): readonly PodSpec[] {
  return objects.flatMap((object) => {
    if (isPod(object)) return [object.spec];
    return isWorkload(object) ? [object.spec.template.spec] : [];
  });
}

export function isWorkload(object: KubeObject): object is Deployment | ReplicaSet {
  return isWhole(object, "Deployment") || isWhole(object, "ReplicaSet");
}
