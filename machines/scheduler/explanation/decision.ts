import type { Pod } from "../../api/pod.ts";
import { withNominatedPods, type Trial } from "../framework/cycle-state.ts";
import { fitErrorMessage } from "../framework/fit-error.ts";
import type { Handle } from "../framework/handle.ts";
import { namespacedName } from "../framework/node-info.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Profile } from "../framework/profile.ts";
import type { Code, Verdict } from "../framework/status.ts";
import type { PostFiltered } from "../post-filter.ts";
import type { Prioritized } from "../prioritize-nodes.ts";
import type { Attempt, Found } from "../schedule-one.ts";
import { scheduledEvent } from "../scheduling-events.ts";
import type { HelpfulChange } from "./helpful-change.ts";
import { whatHelps } from "./what-helps.ts";

/** One attempt to find a node for a pod, told whole; plain JSON. */
export interface SchedulingDecision {
  /** `namespace/name`. */
  readonly pod: string;
  readonly schedulerName: string;
  readonly outcome: "scheduled" | "unschedulable" | "error" | "noNodes";
  /** Where it goes, when it goes somewhere. */
  readonly nodeName?: string;
  /** What the Event says of it. */
  readonly message: string;
  readonly preFilter: readonly PluginAnswer[];
  /** In the order in which the snapshot has them. */
  readonly nodes: readonly NodeDecision[];
  /** All nodes with the highest total; the first of the heap wins. */
  readonly bestNodes: readonly string[];
  /** Nodes on which others would have to go; the first was chosen. */
  readonly preemption: readonly PreemptionCandidate[];
  /** Single changes after which it fits, the smallest of each sort; asked of the filters again. */
  readonly wouldHelp: readonly HelpfulChange[];
}

/** What a plugin says of a pod, or of a node for it. */
export interface PluginAnswer {
  readonly plugin: string;
  readonly status: "Success" | Code;
  readonly reasons: readonly string[];
}

/** What was made of one node. */
export interface NodeDecision {
  readonly node: string;
  /** `notLookedAt`: enough others were found before, or PreFilter left it out. */
  readonly verdict: "feasible" | "refused" | "notLookedAt";
  readonly filters: readonly FilterAnswer[];
  /** Empty unless at least two nodes are feasible. */
  readonly scores: readonly ScoreAnswer[];
  readonly total?: number;
}

export interface FilterAnswer extends PluginAnswer {
  /** False for what is behind the first refusal: the scheduler has not asked it. */
  readonly isAsked: boolean;
}

/** One plugin's part of a node's total. */
export interface ScoreAnswer {
  readonly plugin: string;
  readonly raw: number;
  readonly normalized: number;
  readonly weight: number;
  /** `normalized × weight`. */
  readonly weighted: number;
}

export interface PreemptionCandidate {
  readonly node: string;
  /** `namespace/name`, the most important first. */
  readonly victims: readonly string[];
  readonly numPDBViolations: number;
}

/** An attempt, and what it was made with. */
export interface Decided {
  readonly podInfo: PodInfo;
  readonly profile: Profile;
  readonly handle: Handle;
  readonly attempt: Attempt;
  readonly postFiltered?: PostFiltered;
}

/** Tells an attempt from what it has found out; what it has not asked is asked now. */
export function decisionOf(decided: Decided): SchedulingDecision {
  const { podInfo, profile, handle, attempt, postFiltered } = decided;
  const found = "found" in attempt ? attempt.found : undefined;
  const scores = attempt.type === "fits" ? attempt.scores : undefined;
  return {
    pod: keyOf(podInfo.pod),
    schedulerName: profile.schedulerName,
    outcome: outcomes[attempt.type],
    ...(attempt.type === "fits" && { nodeName: attempt.suggestedHost }),
    message: messageOf(decided),
    preFilter: [...(found?.preFiltered.asked ?? [])].map(([plugin, verdict]) => {
      return answer(plugin, verdict);
    }),
    nodes: found === undefined ? [] : nodesOf(found, scores, handle),
    bestNodes: bestOf(scores),
    preemption: (postFiltered?.candidates ?? []).map(({ name, victims }) => ({
      node: name,
      victims: victims.pods.map(({ pod }) => keyOf(pod)),
      numPDBViolations: victims.numPDBViolations,
    })),
    wouldHelp: attempt.type === "unfit" ? whatHelps(podInfo, profile, handle, attempt.found) : [],
  };
}

const outcomes = {
  fits: "scheduled",
  unfit: "unschedulable",
  error: "error",
  noNodes: "noNodes",
} as const;

function messageOf({ podInfo, handle, attempt, postFiltered }: Decided): string {
  switch (attempt.type) {
    case "fits":
      return scheduledEvent(podInfo.pod, attempt.suggestedHost).message;
    case "noNodes":
      return noNodesAvailable;
    case "error":
      return attempt.error;
    case "unfit": {
      const { length } = handle.snapshot.nodeInfoList;
      return fitErrorMessage(attempt.found.diagnosis, length, postFiltered?.postFilterMsg);
    }
  }
}

/** schedule_one.go ErrNoNodesAvailable */
export const noNodesAvailable = "no nodes available to schedule pods";

function nodesOf(
  { feasibleNodes, diagnosis, preFiltered }: Found,
  scores: Prioritized | undefined,
  handle: Handle,
): readonly NodeDecision[] {
  const places = new Map(feasibleNodes.map(({ name }, place) => [name, place]));
  return handle.snapshot.nodeInfoList.map((nodeInfo) => {
    const { name } = nodeInfo;
    const place = places.get(name);
    const isRefused = diagnosis.nodeToStatus.explicit.has(name);
    const { state, status } = preFiltered;
    const filters = status === undefined ? filtersOf({ state, nodeInfo }, handle) : [];
    if (place === undefined) {
      const verdict = isRefused || status !== undefined ? "refused" : "notLookedAt";
      return { node: name, verdict, filters, scores: [] };
    }
    const total = scores?.nodes[place]?.totalScore;
    return {
      node: name,
      verdict: "feasible",
      filters,
      scores: scoresAt(scores, place),
      ...(total !== undefined && { total }),
    };
  });
}

/** Each plugin's answer, as if those that wait for the node were there, and then without them. */
function filtersOf(trial: Trial, handle: Handle): readonly FilterAnswer[] {
  const nominated = withNominatedPods(trial, handle);
  let isAsked = true;
  return trial.state.filters.map(({ name, nodeFilter }, index) => {
    const first = nominated?.state.filters[index]?.nodeFilter.filter(nominated.nodeInfo);
    const verdict = first ?? nodeFilter.filter(trial.nodeInfo);
    const told = { ...answer(name, verdict), isAsked };
    if (verdict !== undefined) isAsked = false;
    return told;
  });
}

function scoresAt(scores: Prioritized | undefined, place: number): readonly ScoreAnswer[] {
  return (scores?.columns() ?? []).map(({ plugin, weight, raw, normalized }) => {
    const score = normalized[place] ?? 0;
    return { plugin, raw: raw[place] ?? 0, normalized: score, weight, weighted: score * weight };
  });
}

function bestOf(scores: Prioritized | undefined): readonly string[] {
  const nodes = scores?.nodes ?? [];
  const most = nodes.reduce((max, { totalScore }) => Math.max(max, totalScore), -Infinity);
  return nodes.flatMap(({ name, totalScore }) => (totalScore === most ? [name] : []));
}

function answer(plugin: string, verdict: Verdict): PluginAnswer {
  return { plugin, status: verdict?.code ?? "Success", reasons: verdict?.reasons ?? [] };
}

function keyOf({ metadata: { namespace, name } }: Pod): string {
  return namespacedName(namespace, name);
}
