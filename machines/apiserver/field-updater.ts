import { goJson } from "../api/go-json.ts";
import {
  difference,
  ensureNamedFieldsAreMembers,
  type FieldSet,
  intersection,
  union,
} from "./field-set.ts";
import type { Managed, Managers } from "./managed-fields.ts";
import { type Comparison, compareTyped } from "./typed-compare.ts";
import { mergeTyped } from "./typed-merge.ts";
import { removeItems, toFieldSet } from "./typed-value.ts";

/** An object of a type, and who has its fields. */
export interface Owned {
  readonly value: unknown;
  readonly managers: Managers;
}

/** By manager, the fields that it has and another would change. */
export type Conflicts = ReadonlyMap<string, FieldSet>;

const nothing: FieldSet = new Map();

/** A write that is no apply: who writes has what it changes. merge/update.go Updater.Update */
export function updateTyped(
  { value, managers }: Owned,
  after: unknown,
  { type, manager, apiVersion }: { type: string; manager: string; apiVersion: string },
): Managers {
  const comparison = compareTyped(value, after, type);
  const kept = new Map(withoutTaken(managers, manager, comparison));
  const { removed, modified, added } = comparison;
  const before = difference(kept.get(manager)?.set ?? nothing, removed);
  const set = union(union(before, modified), added);
  if (set.size > 0) kept.set(manager, { ...kept.get(manager), set, apiVersion, isApplied: false });
  else kept.delete(manager);
  return kept;
}

/**
 * An applied configuration is merged, and what its manager does not say any more goes, unless
 * somebody else has it. merge/update.go Updater.Apply
 */
export function applyTyped(
  live: Owned,
  applied: unknown,
  { type, manager, apiVersion, force }: Applier,
): Owned | { readonly conflicts: Conflicts } {
  const last = live.managers.get(manager);
  const set = toFieldSet(applied, type);
  const managers = new Map(live.managers);
  managers.set(manager, { ...last, set, apiVersion, isApplied: true });
  const merged = mergeTyped(live.value, applied, type);
  const value = prune(merged, managers, last, type);
  const comparison = compareTyped(live.value, value, type);
  const conflicts = conflictsOf(managers, manager, comparison);
  if (!force && conflicts.size > 0) return { conflicts };
  const isSame = goJson(live.value) === goJson(value);
  const kept = withoutTaken(managers, manager, comparison);
  return { value: isSame ? live.value : value, managers: kept };
}

export interface Applier {
  readonly type: string;
  readonly manager: string;
  readonly apiVersion: string;
  readonly force: boolean;
}

function conflictsOf(
  managers: Managers,
  manager: string,
  { modified, added }: Comparison,
): Conflicts {
  const others = [...managers].filter(([name]) => name !== manager);
  const changed = union(modified, added);
  const sets = others.map(([name, { set }]) => [name, intersection(set, changed)] as const);
  return new Map(sets.filter(([, set]) => set.size > 0));
}

/** Others lose what is changed or taken away; who has nothing left is not told of any more. */
function withoutTaken(managers: Managers, manager: string, comparison: Comparison): Managers {
  const { removed, modified, added } = comparison;
  const taken = union(union(removed, modified), added);
  const kept = [...managers].map(([name, managed]): readonly [string, Managed] => {
    if (name === manager) return [name, managed];
    return [name, { ...managed, set: difference(managed.set, taken) }];
  });
  return new Map(kept.filter(([, { set }]) => set.size > 0));
}

/** Updater.prune */
function prune(
  merged: unknown,
  managers: Managers,
  last: Managed | undefined,
  type: string,
): unknown {
  if (last === undefined || last.set.size === 0) return merged;
  const named = (set: FieldSet) => ensureNamedFieldsAreMembers(set, type);
  const inMerged = named(toFieldSet(merged, type));
  const pruned = removeItems(merged, named(last.set), type);
  const owned = [...managers.values()].map(({ set }) => set).reduce(union, nothing);
  const kept = union(named(toFieldSet(pruned, type)), named(owned));
  const restored = removeItems(merged, difference(inMerged, kept), type);
  const gone = difference(inMerged, named(toFieldSet(restored, type)));
  return removeItems(merged, intersection(gone, named(last.set)), type);
}
