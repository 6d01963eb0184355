import type { Node } from "../../api/node.ts";

/** An image as the nodes that have it report it; kube-scheduler framework/types.go. */
export interface ImageStateSummary {
  /** Bytes, as the first node that listed the name reported them. */
  readonly size: number;
  readonly numNodes: number;
}

/**
 * The images of each node, in the order in which the nodes came; pkg/scheduler/backend/cache
 * addNodeImageStates.
 */
export function imageStatesOf(
  nodes: readonly Node[],
): readonly ReadonlyMap<string, ImageStateSummary>[] {
  const states = new Map<string, { readonly size: number; readonly nodes: Set<string> }>();
  for (const { metadata, status } of nodes) {
    for (const { names = [], sizeBytes = 0 } of status?.images ?? []) {
      for (const name of names) {
        const state = states.get(name) ?? { size: sizeBytes, nodes: new Set() };
        state.nodes.add(metadata.name);
        states.set(name, state);
      }
    }
  }
  const summaries = new Map(
    [...states].map(([name, { size, nodes: having }]) => [name, { size, numNodes: having.size }]),
  );
  return nodes.map(({ status }) => {
    const names = (status?.images ?? []).flatMap(({ names: own = [] }) => own);
    return new Map(names.flatMap((name) => entryOf(summaries, name)));
  });
}

function entryOf<Value>(
  map: ReadonlyMap<string, Value>,
  name: string,
): readonly (readonly [string, Value])[] {
  const value = map.get(name);
  return value === undefined ? [] : [[name, value]];
}
