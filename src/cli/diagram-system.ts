import { catalogue } from "../../machines/index.ts";
import { allTellings } from "../cluster/tellings.ts";
import { compositionOutline, type Telling } from "../diagram/composition.ts";
import type { Outline } from "../diagram/outline.ts";
import { outside } from "../diagram/sequence.ts";
import { graphOutline } from "../diagram/state-graph.ts";
import { SentLetters } from "../explore/sent-letters.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { exploredStateGraph } from "../testkit/explored-graph.ts";
import { exploreWithProgress, type Listening, usualSearch } from "./exploring.ts";
import type { SystemPicture } from "./diagram-outline.ts";
import { ShownGraph } from "./shown-graph.ts";

/** Nobody reads a picture of more. */
const mostDrawn = 200;

/** A picture that would have too many states. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

export async function systemOutline(
  system: ExploredSystem,
  options: SystemPicture,
): Promise<Outline> {
  const about = { id: system.name.replaceAll(".", "-"), description: system.description };
  if (options.graph === "states") return graphOutline(about, statesOf(system, options));
  if (options.graph === "shown") {
    const graph = new ShownGraph(system);
    const { cut } = await explored(system, options, graph);
    const { states, edges } = graph.result(cut);
    if (states.length > mostDrawn) throw tooLarge(system, `${states.length} states that show`);
    return graphOutline(about, { states, edges });
  }
  const letters = new SentLetters();
  const { walk } = await explored(system, options, letters);
  return compositionOutline(tellings(letters, walk.begin().ready), { ...about, about: wordsOf });
}

/** Of every cluster, as the table of routes says it: nothing is run. */
export function wholeComposition(): Outline {
  const description = "Every machine, what is around them, and what they may tell each other.";
  return compositionOutline(allTellings(outside), { id: "cluster", description, about: wordsOf });
}

function wordsOf(name: string): string | undefined {
  const described: Readonly<Record<string, (typeof catalogue)[keyof typeof catalogue]>> = catalogue;
  return described[name]?.root.description ?? around[name];
}

function statesOf(system: ExploredSystem, { maxStates = mostDrawn }: SystemPicture) {
  const graph = exploredStateGraph(system, maxStates);
  if (graph !== undefined) return graph;
  const most = `more than ${maxStates} states within its bounds (${boundsText(system)})`;
  throw new TooLargeError(
    `${system.name} has ${most}: lower a bound, or draw --graph shown; --max-states draws more`,
  );
}

function tooLarge(system: ExploredSystem, count: string): TooLargeError {
  const most = `something else within its bounds (${boundsText(system)})`;
  return new TooLargeError(
    `${system.name} has ${count} ${most}, a graph at most ${mostDrawn}: lower a bound`,
  );
}

function boundsText({ bounds }: ExploredSystem): string {
  const known = Object.entries(bounds).filter(([, value]) => value !== undefined);
  return known.map(([bound, value]) => `${bound} ${value}`).join(", ");
}

/** Goes through all of it; what a limit keeps away is missing in the picture, and told. */
async function explored(system: ExploredSystem, options: SystemPicture, listening: Listening) {
  const { maxStates = 1_000_000, maxTime } = options;
  const { exploration } = await exploreWithProgress(system, {
    ...usualSearch,
    maxStates,
    maxTime,
    listening,
  });
  const { stoppedBy } = exploration;
  if (stoppedBy !== undefined) {
    console.error(`kubechart: stopped by ${stoppedBy}; what only comes later is not drawn`);
  }
  return exploration;
}

type First = { readonly to: { readonly actor: { readonly machine: string } } };

/** What users apply at the beginning comes first. */
function* tellings(
  letters: SentLetters,
  first: readonly (First & { readonly event: { readonly type: string } })[],
): Iterable<Telling> {
  for (const { to, event } of first) {
    yield { from: outside, to: to.actor.machine, event: event.type };
  }
  yield* letters.tellings(outside);
}

/** Who is no machine. */
const around: Readonly<Record<string, string>> = {
  apiserver: "The API server.",
  claims: "Who provides volumes for claims.",
  faults: "What goes wrong on a node.",
  kubectl: "The user who asked.",
  nodeStatus: "The status of the node.",
  outside: "Users, and what goes wrong.",
  pleg: "The PLEG, which relists containers.",
  prober: "The probed program.",
  registry: "The image registry.",
  runtime: "The container runtime.",
  scheduler: "The scheduler's view of the cluster.",
  stats: "The kubelet's statistics.",
  usage: "The memory and disk that programs use.",
  volumes: "The mounts of the node.",
  workQueue: "The kubelet's work queue.",
};
