import { transitionLabel } from "./label.ts";
import { allStates, type OutlineState } from "./outline.ts";

/** Paths, so that an arrow knows without its states whether it crosses a border. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** In the order of the chart. */
export function arrowsOf(state: OutlineState): readonly Arrow[] {
  return allStates(state).flatMap(ownArrows);
}

/** Of the state itself, one for each target. */
export function ownArrows({ path, transitions }: OutlineState): readonly Arrow[] {
  return transitions.flatMap((transition) =>
    transition.targets.map((to) => ({ from: path, to, label: transitionLabel(transition) })),
  );
}

/** Other arrows cross a border. */
export function joinsSiblings({ from, to }: Arrow): boolean {
  return from !== "" && to !== "" && parentPath(from) === parentPath(to);
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}
