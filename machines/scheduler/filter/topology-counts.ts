import type { Node } from "../../api/node.ts";

/** How often something was found, by topology key and value; topologyToMatchedTermCount. */
export interface TopologyCounts {
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** How many pairs of key and value do not count 0. */
  readonly size: number;
}

/** So many more, or less, for the node's value of a key; nothing where it has no such label. */
export type Count = (node: Node, topologyKey: string, by: number) => void;

export const noCounts: TopologyCounts = { byKey: new Map(), size: 0 };

export function countOf({ byKey }: TopologyCounts, topologyKey: string, value: string): number {
  return byKey.get(topologyKey)?.get(value) ?? 0;
}

/** The counts after all that `visit` counts. */
export function changed(counts: TopologyCounts, visit: (count: Count) => void): TopologyCounts {
  const touched = new Map<string, Map<string, number>>();
  let { size } = counts;
  visit((node, topologyKey, by) => {
    const value = node.metadata.labels?.[topologyKey];
    if (value === undefined) return;
    const ofKey = touched.get(topologyKey) ?? new Map(counts.byKey.get(topologyKey));
    touched.set(topologyKey, ofKey);
    const before = ofKey.get(value) ?? 0;
    ofKey.set(value, before + by);
    if (before === 0) size++;
    if (before + by !== 0) return;
    ofKey.delete(value);
    size--;
  });
  if (touched.size === 0) return counts;
  return { byKey: new Map([...counts.byKey, ...touched]), size };
}
