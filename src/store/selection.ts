import type { KubeObject } from "../../machines/api/meta.ts";
import { compareText } from "../../machines/api/compare-text.ts";
import type { Requirement } from "../../machines/api/parse-selector.ts";
import { requirementsMatch } from "../../machines/api/requirement-matches.ts";
import type { KindTable } from "./kind-table.ts";
import type { LayeredMap } from "./layered-map.ts";

/** Which objects of a kind are meant; all that is said must hold. */
export interface Selection {
  readonly namespace?: string | undefined;
  readonly labels?: readonly Requirement[] | undefined;
  /** The uid of an owner. */
  readonly owner?: string | undefined;
}

/** Whether an object is among those that are meant. */
export function isSelected(
  { namespace, labels = [], owner }: Selection,
  { metadata }: KubeObject,
): boolean {
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  const { ownerReferences = [] } = metadata;
  if (owner !== undefined && !ownerReferences.some(({ uid }) => uid === owner)) return false;
  return labels.length === 0 || requirementsMatch(labels, metadata.labels);
}

/** The objects that are meant in order of their keys, by the smallest index that has them all. */
export function selected(table: KindTable, selection: Selection): readonly KubeObject[] {
  const nearest = nearestOf(table, selection);
  if (nearest === undefined) {
    const { keys, objects } = table;
    return keys.flatMap((key) => chosen(objects.get(key), selection));
  }
  const found = nearest.flatMap((bucket) => [...bucket.entries()]);
  return found
    .filter(([, object]) => isSelected(selection, object))
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, object]) => object);
}

function chosen(object: KubeObject | undefined, selection: Selection): readonly KubeObject[] {
  return object !== undefined && isSelected(selection, object) ? [object] : [];
}

type Buckets = readonly LayeredMap<KubeObject>[];

/** Undefined where only a look at every object helps. */
function nearestOf(
  table: KindTable,
  { namespace, labels = [], owner }: Selection,
): Buckets | undefined {
  if (owner !== undefined) return bucketsOf([table.found("owner", owner)]);
  const choices = labels.flatMap((requirement): readonly Buckets[] => {
    const words = wordsOf(requirement);
    if (words === undefined) return [];
    if (namespace === undefined) return [bucketsOf(words.map((one) => table.found("labels", one)))];
    const found = words.map((one) => table.found("namespacedLabels", `${namespace} ${one}`));
    return [bucketsOf(found)];
  });
  const [first, ...others] = choices;
  if (first !== undefined) return others.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a), first);
  return namespace === undefined ? undefined : bucketsOf([table.found("namespace", namespace)]);
}

/** Each object is under one of these words at most. */
function wordsOf({ key, operator, values }: Requirement): readonly string[] | undefined {
  switch (operator) {
    case "=":
    case "==":
    case "in":
      return values.map((value) => `${key}=${value}`);
    case "exists":
    case "gt":
    case "lt":
      return [key];
    case "!=":
    case "notin":
    case "!":
      return undefined;
  }
}

function bucketsOf(found: readonly (LayeredMap<KubeObject> | undefined)[]): Buckets {
  return found.filter((one) => one !== undefined);
}

function sizeOf(buckets: Buckets): number {
  return buckets.reduce((sum, { size }) => sum + size, 0);
}
