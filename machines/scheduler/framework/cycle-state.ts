import {
  type ActiveFilter,
  askFilters,
  type LocalFilters,
  localFilters,
} from "./active-filters.ts";
import type { Handle } from "./handle.ts";
import { addPodInfo, type NodeInfo, removePodInfo } from "./node-info.ts";
import type { FilterPlugin, NodeFilter } from "./plugin.ts";
import type { PodInfo } from "./pod-info.ts";
import {
  errorStatus,
  isRejected,
  type Status,
  statusMessage,
  unresolvable,
  type Verdict,
} from "./status.ts";

/** What the plugins have found out about a pod, ready to judge nodes; framework/cycle_state.go. */
export interface CycleState {
  readonly podInfo: PodInfo;
  /** Of the plugins that did not skip, in the order in which they are asked. */
  readonly filters: readonly ActiveFilter[];
  /** The first ones of them that look at nothing but the node: what they say is remembered. */
  readonly local: LocalFilters;
}

/** What came of PreFilter. */
export interface PreFiltered {
  readonly state: CycleState;
  /** Why the pod is refused as a whole, or what went wrong. */
  readonly status: Verdict;
  /** PreFilterResult: the only nodes to look at. */
  readonly nodeNames?: ReadonlySet<string>;
  readonly pluginsWithNodes: ReadonlySet<string>;
  /** What each plugin said that was asked: a refusal may keep the later ones from it. */
  readonly asked: ReadonlyMap<string, Verdict>;
}

/** pkg/scheduler/framework/runtime/framework.go RunPreFilterPlugins */
export function runPreFilterPlugins(
  plugins: readonly FilterPlugin[],
  podInfo: PodInfo,
  handle: Handle,
): PreFiltered {
  const filters: ActiveFilter[] = [];
  const pluginsWithNodes = new Set<string>();
  const asked = new Map<string, Verdict>();
  let nodeNames: ReadonlySet<string> | undefined;
  let refusal: Verdict;
  const done = (status: Verdict): PreFiltered => {
    const names = nodeNames === undefined ? {} : { nodeNames };
    const state = { podInfo, filters, local: localFilters(filters) };
    return { state, status, ...names, pluginsWithNodes, asked };
  };
  for (const { name, preFilter } of plugins) {
    const outcome = preFilter(podInfo, handle);
    asked.set(name, "code" in outcome ? outcome : undefined);
    if ("code" in outcome) {
      if (outcome.code === "Skip") continue;
      refusal = refusalOf(outcome, name);
      if (refusal.code !== "Unschedulable")
        return { ...done(refusal), pluginsWithNodes: new Set() };
      continue;
    }
    filters.push({ name, nodeFilter: outcome });
    if (outcome.nodeNames === undefined) continue;
    pluginsWithNodes.add(name);
    nodeNames = intersection(nodeNames, outcome.nodeNames);
    if (nodeNames.size === 0) return done(unresolvable(noNodesMessage(pluginsWithNodes)));
  }
  return done(refusal);
}

function refusalOf(status: Status, plugin: string): Status {
  if (isRejected(status)) return { ...status, plugin };
  const error = `running PreFilter plugin "${plugin}": ${statusMessage(status)}`;
  return { ...errorStatus(error), plugin };
}

function intersection(
  one: ReadonlySet<string> | undefined,
  other: ReadonlySet<string>,
): ReadonlySet<string> {
  return one === undefined ? other : new Set([...one].filter((name) => other.has(name)));
}

function noNodesMessage(plugins: ReadonlySet<string>): string {
  const names = [...plugins].toSorted();
  return names.length === 1
    ? `node(s) didn't satisfy plugin ${names.join("")}`
    : `node(s) didn't satisfy plugin(s) [${names.join(" ")}] simultaneously`;
}

/** `RunFilterPlugins`: the first plugin that does not agree decides. */
export function runFilterPlugins(state: CycleState, nodeInfo: NodeInfo): Verdict {
  const { filters, local } = state;
  const { count, signature } = local;
  const known = nodeInfo.verdicts.get(nodeInfo, signature);
  if (known !== undefined && known !== "passed") return known;
  if (known === undefined) {
    const verdict = askFilters(filters, 0, count, nodeInfo);
    nodeInfo.verdicts.set(nodeInfo, signature, verdict ?? "passed");
    if (verdict !== undefined) return verdict;
  }
  return askFilters(filters, count, filters.length, nodeInfo);
}

/**
 * Pods of the same or a higher priority that wait for this node count as if they were there; but
 * one that must be there for a rule to hold is not there yet, so both must pass.
 * RunFilterPluginsWithNominatedPods
 */
export function runFilterPluginsWithNominatedPods(
  state: CycleState,
  nodeInfo: NodeInfo,
  handle: Handle,
): Verdict {
  const added = withNominatedPods({ state, nodeInfo }, handle);
  const status = added && runFilterPlugins(added.state, added.nodeInfo);
  return status ?? runFilterPlugins(state, nodeInfo);
}

/** The node as if those were there already; undefined when there are none. */
export function withNominatedPods(trial: Trial, handle: Handle): Trial | undefined {
  const { podInfo } = trial.state;
  const all = handle.nominatedPodsForNode(trial.nodeInfo.name);
  if (all.length === 0) return undefined;
  const nominated = all.filter((other) => {
    return podPriority(other) >= podPriority(podInfo) && !isSamePod(other, podInfo.pod);
  });
  return nominated.length === 0 ? undefined : nominated.reduce(addPod, trial);
}

/** A node, and what the plugins would say of it. */
export interface Trial {
  readonly state: CycleState;
  readonly nodeInfo: NodeInfo;
}

/** `AddPodInfo` and `RunPreFilterExtensionAddPod`. */
export function addPod({ state, nodeInfo }: Trial, podInfo: PodInfo): Trial {
  const after = addPodInfo(nodeInfo, podInfo);
  return { nodeInfo: after, state: withFilters(state, (one) => one.addPod?.(podInfo, after)) };
}

/** `RemovePod` and `RunPreFilterExtensionRemovePod`. */
export function removePod({ state, nodeInfo }: Trial, podInfo: PodInfo): Trial {
  const after = removePodInfo(nodeInfo, podInfo.pod);
  return { nodeInfo: after, state: withFilters(state, (one) => one.removePod?.(podInfo, after)) };
}

/** component-helpers scheduling/corev1/helpers.go PodPriority */
export function podPriority({ pod }: PodInfo): number {
  return pod.spec.priority ?? 0;
}

function isSamePod({ pod }: PodInfo, { metadata }: PodInfo["pod"]): boolean {
  return pod.metadata.uid === metadata.uid;
}

function withFilters(
  { podInfo, filters, local }: CycleState,
  change: (filter: NodeFilter) => NodeFilter | undefined,
): CycleState {
  return {
    podInfo,
    local,
    filters: filters.map(({ name, nodeFilter }) => {
      return { name, nodeFilter: change(nodeFilter) ?? nodeFilter };
    }),
  };
}
