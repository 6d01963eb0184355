import { formatDuration } from "../../machines/api/go-duration.ts";
import { boundText } from "../explore/bounds.ts";
import type { PathStep } from "../explore/path.ts";
import { moveText } from "../explore/move-text.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { movesText } from "./moves-text.ts";

/** A suite as data for programs in any language; path-suite.schema.json describes it. */
export function suiteDocument(name: string, { exploration, coverage, paths }: Suite): object {
  const { states, edges, depth, stoppedBy, passed } = exploration;
  return {
    apiVersion: "kubechart/v1",
    kind: "PathSuite",
    system: name,
    explored: {
      states,
      edges,
      depth,
      ...(stoppedBy !== undefined && { stoppedBy }),
      boundsReached: [...passed.keys()].map(boundText).toSorted(),
    },
    cover: coverage.cover,
    universe: coverage.universe,
    covered: coverage.covered,
    missing: coverage.missing,
    paths: paths.map(pathDocument),
  };
}

function pathDocument({ id, description, covers, steps, moves, endMs, endedBy }: SuitePath) {
  return {
    id,
    description,
    covers,
    run: { moves: moves.map(moveText).join(" "), end: formatDuration(endMs), endedBy },
    steps: steps.map(stepDocument),
  };
}

/** Steps hold the whole objects, so that nobody needs the steps before. */
function stepDocument(step: PathStep) {
  const { atMs, did, choices, event, from, to, objects, deleted, events, facts, moves } = step;
  return {
    at: formatDuration(atMs),
    moves: movesText(moves),
    ...(did !== undefined && { did }),
    ...(choices.length > 0 && { choices }),
    ...(event !== undefined && { event, to }),
    ...(from !== undefined && { from }),
    ...(objects.length > 0 && { objects }),
    ...(deleted.length > 0 && { deleted }),
    ...(events.length > 0 && { events }),
    status: Object.fromEntries(
      Object.entries(facts).map(([key, { statusText }]) => [key, statusText]),
    ),
    facts,
  };
}
