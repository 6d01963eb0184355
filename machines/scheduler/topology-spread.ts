import type { TopologySpreadConstraint } from "../api/affinity.ts";
import { type RequiredNodeAffinity, requiredNodeAffinityMatches } from "../api/node-affinity.ts";
import type { Node } from "../api/node.ts";
import type { Pod } from "../api/pod.ts";
import {
  isEmptySelector,
  type Labels,
  labelSelectorAsSelector,
  mergedSelectors,
  type Selector,
  type SelectorError,
  selectorFromSet,
  selectorMatches,
} from "../api/selector.ts";
import { findMatchingUntoleratedTaint } from "../api/toleration.ts";
import { defaultSelector } from "./default-selector.ts";
import { doNotScheduleEffects } from "./filter/taint-toleration.ts";
import type { Handle } from "./framework/handle.ts";
import type { Snapshot } from "./framework/snapshot.ts";

/** A constraint ready to be asked; plugins/podtopologyspread/common.go topologySpreadConstraint. */
export interface Constraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: Selector;
  readonly minDomains: number;
  readonly honorsNodeAffinity: boolean;
  readonly honorsNodeTaints: boolean;
}

/** Which constraints hold for pods without any; PodTopologySpreadArgs. */
export interface SpreadDefaults {
  readonly constraints: readonly TopologySpreadConstraint[];
  /** Kubernetes' own: a node may lack their keys. */
  readonly isSystem: boolean;
}

/** plugins/podtopologyspread/plugin.go systemDefaultConstraints */
export const systemDefaults: SpreadDefaults = {
  isSystem: true,
  constraints: [
    {
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      maxSkew: 3,
    },
    {
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      maxSkew: 5,
    },
  ],
};

/** The pod's own constraints of this kind, or the default ones when it has none of any kind. */
export function getConstraints(
  pod: Pod,
  action: TopologySpreadConstraint["whenUnsatisfiable"],
  defaults: SpreadDefaults,
  handle: Handle,
): readonly Constraint[] | SelectorError {
  const own = pod.spec.topologySpreadConstraints ?? [];
  const kind = action === "DoNotSchedule" ? "hard" : "soft";
  if (own.length > 0) {
    const constraints = filterTopologySpreadConstraints(own, pod.metadata.labels ?? {}, action);
    if (!("error" in constraints)) return constraints;
    return { error: `obtaining pod's ${kind} topology spread constraints: ${constraints.error}` };
  }
  const constraints = buildDefaultConstraints(pod, action, defaults, handle);
  if (!("error" in constraints)) return constraints;
  return { error: `setting default ${kind} topology spread constraints: ${constraints.error}` };
}

function buildDefaultConstraints(
  pod: Pod,
  action: TopologySpreadConstraint["whenUnsatisfiable"],
  { constraints: defaults }: SpreadDefaults,
  handle: Handle,
): readonly Constraint[] | SelectorError {
  const labels = pod.metadata.labels ?? {};
  const constraints = filterTopologySpreadConstraints(defaults, labels, action);
  if ("error" in constraints || constraints.length === 0) return constraints;
  const selector = defaultSelector(pod, handle);
  if (isEmptySelector(selector)) return [];
  return constraints.map((constraint) => ({ ...constraint, selector }));
}

function filterTopologySpreadConstraints(
  constraints: readonly TopologySpreadConstraint[],
  podLabels: Labels,
  action: TopologySpreadConstraint["whenUnsatisfiable"],
): readonly Constraint[] | SelectorError {
  const found: Constraint[] = [];
  for (const constraint of constraints) {
    if (constraint.whenUnsatisfiable !== action) continue;
    const selector = labelSelectorAsSelector(constraint.labelSelector);
    if ("error" in selector) return selector;
    found.push({
      maxSkew: constraint.maxSkew,
      topologyKey: constraint.topologyKey,
      selector: withMatchLabelKeys(selector, constraint.matchLabelKeys ?? [], podLabels),
      minDomains: constraint.minDomains ?? 1,
      honorsNodeAffinity: constraint.nodeAffinityPolicy !== "Ignore",
      honorsNodeTaints: constraint.nodeTaintsPolicy === "Honor",
    });
  }
  return found;
}

/** Also the labels with which the pod itself answers these keys. */
function withMatchLabelKeys(
  selector: Selector,
  keys: readonly string[],
  podLabels: Labels,
): Selector {
  const pairs = keys.flatMap((key) => {
    const value = podLabels[key];
    return value === undefined ? [] : [[key, value]];
  });
  if (pairs.length === 0) return selector;
  return mergedSelectors(selectorFromSet(Object.fromEntries(pairs)), selector);
}

/** `nodeLabelsMatchSpreadConstraints`: the node has all the keys. */
export function hasTopologyKeys(node: Node, constraints: readonly Constraint[]): boolean {
  const { labels } = node.metadata;
  for (const { topologyKey } of constraints) {
    if (labels?.[topologyKey] === undefined) return false;
  }
  return true;
}

/** Whether a node counts for a constraint. */
export function matchNodeInclusionPolicies(
  constraint: Constraint,
  pod: Pod,
  node: Node,
  required: RequiredNodeAffinity,
): boolean {
  if (constraint.honorsNodeAffinity && !requiredNodeAffinityMatches(required, node)) return false;
  if (!constraint.honorsNodeTaints) return true;
  const { taints = [] } = node.spec ?? {};
  const { tolerations = [] } = pod.spec;
  return findMatchingUntoleratedTaint(taints, tolerations, doNotScheduleEffects) === undefined;
}

/** No node is left out whatever it is like. */
export function isAnyNodeIncluded(
  { honorsNodeAffinity, honorsNodeTaints }: Constraint,
  { nodeLabels, nodeSelector }: RequiredNodeAffinity,
): boolean {
  const isAnyMatching = nodeLabels.length === 0 && nodeSelector === undefined;
  return !honorsNodeTaints && (!honorsNodeAffinity || isAnyMatching);
}

/**
 * How many pods each node has that the constraint counts; `countPodsMatchSelector`. A pod that is
 * being deleted does not count, nor one of another namespace; an empty selector counts none.
 */
export function podsByNode(
  { selector }: Pick<Constraint, "selector">,
  { metadata: { namespace = "" } }: Pod,
  snapshot: Snapshot,
): ReadonlyMap<string, number> {
  if (isEmptySelector(selector)) return noPods;
  let only: ReadonlyMap<string, number> | undefined;
  let sum: Map<string, number> | undefined;
  for (const { one, nodes } of snapshot.podGroups().all()) {
    const { metadata } = one.pod;
    if (metadata.deletionTimestamp !== undefined) continue;
    if ((metadata.namespace ?? "") !== namespace) continue;
    if (!selectorMatches(selector, metadata.labels)) continue;
    if (only === undefined) {
      only = nodes;
    } else {
      sum ??= new Map(only);
      for (const [name, count] of nodes) sum.set(name, (sum.get(name) ?? 0) + count);
    }
  }
  return sum ?? only ?? noPods;
}

const noPods: ReadonlyMap<string, number> = new Map();
