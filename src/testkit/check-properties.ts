import { explore, type ExploreOptions } from "../explore/explorer.ts";
import { type Properties, PropertyCheck, type Verdict } from "../explore/properties.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { violationOf } from "../explore/violation.ts";
import { movesText } from "../testgen/moves-text.ts";
import { verdictsText } from "../testgen/verdict-text.ts";
import { pathOfLife, replayedName, type SystemPath } from "./cover.ts";

/** What came of a property, with a life that shows it where one does. */
export interface ShownVerdict extends Verdict {
  /** To what violates the property or makes it throw: in few moves, with few choices. */
  readonly path?: SystemPath;
}

/** Asks properties in every state of a system within its bounds. */
export function checkProperties(
  system: ExploredSystem,
  properties: Properties,
  { maxStates = Number.POSITIVE_INFINITY }: Pick<ExploreOptions, "maxStates"> = {},
): readonly ShownVerdict[] {
  const check = new PropertyCheck(properties);
  const exploration = explore(system, {
    states: "all",
    maxStates,
    onState: (seen, state) => check.onState(seen, state),
    onEdge: (edge) => check.onEdge(edge),
  });
  return check.verdicts(exploration).map((verdict) => {
    const moves = violationOf(system, exploration, verdict, properties);
    const { outcome: endedBy } = verdict;
    return moves === undefined
      ? verdict
      : { ...verdict, path: pathOfLife(system, moves, { endedBy }) };
  });
}

/** Throws when one does not hold, with the time line that shows it and the line that replays it. */
export function assertProperties(
  system: ExploredSystem,
  properties: Properties,
  options: Pick<ExploreOptions, "maxStates"> = {},
): void {
  const wrong = checkProperties(system, properties, options).filter(
    ({ outcome }) => outcome !== "holds",
  );
  if (wrong.length === 0) return;
  const ways = new Map<Verdict, SystemPath | undefined>(wrong.map((one) => [one, one.path]));
  const replays = wrong.flatMap(({ path }) =>
    path === undefined ? [] : [replayLine(system, path)],
  );
  const text = verdictsText(wrong, (verdict) => ways.get(verdict)?.life);
  const [{ error: cause } = { error: undefined }] = wrong;
  throw new Error([text, ...replays].join("\n"), { cause });
}

function replayLine(system: ExploredSystem, { life }: SystemPath): string {
  return `kubechart replay ${replayedName(system)} --moves '${movesText(life.moves)}'`;
}
