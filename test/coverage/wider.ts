import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";

/** A system wider than any that is shipped, and branches that only it takes. */
export interface WiderSystem {
  readonly what: string;
  /** The shipped one that it is wider than. */
  readonly of: string;
  readonly branches: readonly string[];
  readonly widened: (system: ExploredSystem) => ExploredSystem;
}

export const widerSystems: readonly WiderSystem[] = [
  {
    what: "a pod without containers, which a store holds and no API server takes",
    of: "pod-never",
    branches: [
      "podConditions ContainersReady phase.computed#4",
      "podConditions Ready phase.computed#5",
    ],
    widened: (system) => ({ ...system, objects: system.objects.map(withoutContainers) }),
  },
];

function withoutContainers(object: KubeObject): KubeObject {
  if (!isPod(object)) return object;
  const pod: Pod = { ...object, spec: { ...object.spec, containers: [] } };
  return pod;
}
