import { explore } from "../../src/explore/explorer.ts";
import { systemIn } from "./tried-system.ts";

/** Files of systems, those first that are small, because what they kill nobody asks about again. */
export function inOrderOfSize(files: readonly string[]): readonly string[] {
  const sized = files.map((file) => ({ file, states: statesOf(file) }));
  return sized.toSorted((a, b) => a.states - b.states).map(({ file }) => file);
}

/** Up to a few thousand; all others are large. */
function statesOf(file: string): number {
  const { states, stoppedBy } = explore(systemIn(file), { maxStates: mostStates });
  return stoppedBy === undefined ? states : mostStates;
}

const mostStates = 1_000;
