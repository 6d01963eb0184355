import {
  type CycleState,
  type PreFiltered,
  runFilterPluginsWithNominatedPods,
  runPreFilterPlugins,
} from "./framework/cycle-state.ts";
import type { Diagnosis } from "./framework/fit-error.ts";
import type { Handle } from "./framework/handle.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { noNodeStatuses } from "./framework/node-to-status.ts";
import type { PodInfo } from "./framework/pod-info.ts";
import type { Profile } from "./framework/profile.ts";
import { isRejected, type Status, statusMessage, unresolvable } from "./framework/status.ts";
import { type Prioritized, prioritizeNodes, selectHost } from "./prioritize-nodes.ts";

/** What the scheduler keeps between its attempts. */
export interface SearchSettings {
  /** Where the search for feasible nodes begins. */
  readonly nextStartNodeIndex: number;
  /** Of the whole scheduler; 0 adapts to the size of the cluster. */
  readonly percentageOfNodesToScore: number;
}

/** What came of looking for nodes; pkg/scheduler/schedule_one.go findNodesThatFitPod. */
export interface Found {
  readonly feasibleNodes: readonly NodeInfo[];
  readonly diagnosis: Diagnosis;
  readonly nextStartNodeIndex: number;
  readonly preFiltered: PreFiltered;
  /** Something went wrong, so that nothing was found. */
  readonly error?: string;
}

/** What came of an attempt; pkg/scheduler/schedule_one.go schedulePod. */
export type Attempt =
  | { readonly type: "noNodes" }
  | { readonly type: "error"; readonly error: string; readonly found?: Found }
  | { readonly type: "unfit"; readonly found: Found }
  | {
      readonly type: "fits";
      readonly suggestedHost: string;
      readonly found: Found;
      /** Absent when only one node is feasible: then nobody asks for scores. */
      readonly scores?: Prioritized;
    };

/** Looks for the best node; changes nothing. */
export function schedulePod(
  podInfo: PodInfo,
  profile: Profile,
  handle: Handle,
  settings: SearchSettings,
): Attempt {
  if (handle.snapshot.nodeInfoList.length === 0) return { type: "noNodes" };
  const found = findNodesThatFitPod(podInfo, profile, handle, settings);
  if (found.error !== undefined) return { type: "error", error: found.error, found };
  const [first, ...others] = found.feasibleNodes;
  if (first === undefined) return { type: "unfit", found };
  if (others.length === 0) return { type: "fits", suggestedHost: first.name, found };
  const scores = prioritizeNodes(podInfo, profile, handle, found.feasibleNodes);
  if ("error" in scores) return { type: "error", error: scores.error, found };
  return { type: "fits", suggestedHost: selectHost(scores.nodes), found, scores };
}

/** The nominated node alone, if it fits; else as many feasible nodes as are worth scoring. */
export function findNodesThatFitPod(
  podInfo: PodInfo,
  profile: Profile,
  handle: Handle,
  settings: SearchSettings,
): Found {
  const preFiltered = runPreFilterPlugins(profile.filterPlugins, podInfo, handle);
  const { nextStartNodeIndex } = settings;
  const { status } = preFiltered;
  if (status !== undefined) return refused(preFiltered, status, nextStartNodeIndex);
  const search = newSearch(preFiltered);
  const nominated = podInfo.pod.status?.nominatedNodeName ?? "";
  const nominatedNode = handle.snapshot.nodeInfoMap.get(nominated);
  if (nominatedNode !== undefined) {
    passFilters(search, [nominatedNode], { ...settings, nextStartNodeIndex: 0 }, profile, handle);
    if (search.feasible.length > 0) return foundBy(search, preFiltered, nextStartNodeIndex);
    delete search.error;
  }
  const all = handle.snapshot.nodeInfoList;
  passFilters(search, considered(preFiltered, handle), settings, profile, handle);
  const processed = search.feasible.length + search.statuses.size;
  return foundBy(search, preFiltered, (nextStartNodeIndex + processed) % all.length);
}

/** pkg/scheduler/schedule_one.go numFeasibleNodesToFind: all nodes of a small cluster. */
export function numFeasibleNodesToFind(
  percentageOfNodesToScore: number | undefined,
  ofScheduler: number,
  numAllNodes: number,
): number {
  if (numAllNodes < minFeasibleNodesToFind) return numAllNodes;
  const given = percentageOfNodesToScore ?? ofScheduler;
  const adaptive = Math.max(50 - Math.trunc(numAllNodes / 125), minFeasibleNodesPercentageToFind);
  const numNodes = Math.trunc((numAllNodes * (given === 0 ? adaptive : given)) / 100);
  return Math.max(numNodes, minFeasibleNodesToFind);
}

const minFeasibleNodesToFind = 100; // schedule_one.go
const minFeasibleNodesPercentageToFind = 5;

/** What a search has found so far. */
interface Search {
  readonly state: CycleState;
  feasible: NodeInfo[];
  readonly statuses: Map<string, Status>;
  readonly plugins: Set<string>;
  error?: string;
}

function newSearch({ state, pluginsWithNodes }: PreFiltered): Search {
  return { state, feasible: [], statuses: new Map(), plugins: new Set(pluginsWithNodes) };
}

/**
 * As one worker does it: the search ends with the first feasible node that is one too many.
 * findNodesThatPassFilters
 */
function passFilters(
  search: Search,
  nodes: readonly NodeInfo[],
  { nextStartNodeIndex, percentageOfNodesToScore: ofScheduler }: SearchSettings,
  { percentageOfNodesToScore, scorePlugins }: Profile,
  handle: Handle,
): void {
  const enough = numFeasibleNodesToFind(percentageOfNodesToScore, ofScheduler, nodes.length);
  const wanted = scorePlugins.length === 0 ? 1 : enough;
  search.feasible = [];
  for (let index = 0; index < nodes.length; index++) {
    const nodeInfo = nodes[(nextStartNodeIndex + index) % nodes.length];
    if (nodeInfo === undefined) continue;
    const status = runFilterPluginsWithNominatedPods(search.state, nodeInfo, handle);
    if (status === undefined) {
      if (search.feasible.length === wanted) return;
      search.feasible.push(nodeInfo);
    } else if (isRejected(status)) {
      search.statuses.set(nodeInfo.name, status);
      if (status.plugin !== undefined) search.plugins.add(status.plugin);
    } else {
      search.error = statusMessage(status);
      return;
    }
  }
}

/** The nodes that PreFilter left, in the snapshot's order. */
function considered({ nodeNames }: PreFiltered, { snapshot }: Handle): readonly NodeInfo[] {
  if (nodeNames === undefined) return snapshot.nodeInfoList;
  return [...nodeNames].flatMap((name) => snapshot.nodeInfoMap.get(name) ?? []);
}

function foundBy(search: Search, preFiltered: PreFiltered, nextStartNodeIndex: number): Found {
  const { feasible, statuses, plugins, error } = search;
  const { nodeNames, pluginsWithNodes } = preFiltered;
  const names = [...pluginsWithNodes].toSorted().join(" ");
  const left = unresolvable(`node(s) didn't satisfy plugin(s) [${names}]`);
  const { absentNodesStatus } = noNodeStatuses;
  return {
    feasibleNodes: feasible,
    diagnosis: {
      nodeToStatus: {
        explicit: statuses,
        absentNodesStatus: nodeNames === undefined ? absentNodesStatus : left,
      },
      unschedulablePlugins: plugins,
      preFilterMsg: "",
    },
    nextStartNodeIndex,
    preFiltered,
    ...(error !== undefined && { error }),
  };
}

/** No node was looked at. */
function refused(preFiltered: PreFiltered, status: Status, nextStartNodeIndex: number): Found {
  const { pluginsWithNodes } = preFiltered;
  const { plugin } = status;
  const isError = !isRejected(status);
  return {
    feasibleNodes: [],
    diagnosis: {
      nodeToStatus: { explicit: new Map(), absentNodesStatus: status },
      unschedulablePlugins: new Set([
        ...pluginsWithNodes,
        ...(plugin === undefined ? [] : [plugin]),
      ]),
      preFilterMsg: statusMessage(status),
    },
    nextStartNodeIndex,
    preFiltered,
    ...(isError && { error: statusMessage(status) }),
  };
}
