import type { LabelSelector } from "../../../machines/api/label-selector.ts";
import { isPod } from "../../../machines/api/objects.ts";
import type { Requirement } from "../../../machines/api/parse-selector.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { labelSelectorAsSelector } from "../../../machines/api/selector.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import type { KubeWorld } from "../world.ts";

/** Pods that a ReplicaSet owns or could own, and those of its relatives. */
export function podsOf(
  { store }: KubeWorld,
  { metadata }: ReplicaSet,
  related: readonly ReplicaSet[],
): readonly Pod[] {
  const { namespace, uid } = metadata;
  const found = new Set(store.select("Pod", { namespace, owner: uid }).filter(isPod));
  for (const { spec } of related) {
    const labels = requirementsOf(spec.selector);
    if (labels === undefined) continue;
    for (const pod of store.select("Pod", { namespace, labels })) if (isPod(pod)) found.add(pod);
  }
  return [...found];
}

/** Undefined for one that means nothing. */
function requirementsOf(selector: LabelSelector | undefined): readonly Requirement[] | undefined {
  const parsed = labelSelectorAsSelector(selector);
  if ("error" in parsed || parsed.isNothing) return undefined;
  return parsed.requirements.map(({ key, operator, values = [] }) => ({
    key,
    operator: words[operator],
    values,
  }));
}

/** What a selector's text calls the operators of an object. */
const words = { In: "in", NotIn: "notin", Exists: "exists", DoesNotExist: "!" } as const;
