import { labelSelectorAsSelector, isEmptySelector, selectorMatches } from "../../api/selector.ts";
import { parseTime } from "../../api/time.ts";
import type { PodDisruptionBudget } from "../../api/policy-objects.ts";
import {
  addPod,
  podPriority,
  removePod,
  runFilterPluginsWithNominatedPods,
  type Trial,
} from "../framework/cycle-state.ts";
import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import { type Status, unresolvable } from "../framework/status.ts";

/** Pods that have to go from a node, the most important first. */
export interface Victims {
  readonly pods: readonly PodInfo[];
  /** How many of them are one too many for their disruption budget. */
  readonly numPDBViolations: number;
}

/**
 * As few pods of lower priority as make room, those spared first whose budget would suffer.
 * plugins/defaultpreemption/default_preemption.go SelectVictimsOnNode
 */
export function selectVictimsOnNode(trial: Trial, handle: Handle): Victims | Status {
  const { podInfo: preemptor } = trial.state;
  const potential = trial.nodeInfo.pods.filter((one) => isPreemptionAllowed(one, preemptor));
  if (potential.length === 0) return noVictims;
  let present = potential.reduce(removePod, trial);
  const fits = ({ state, nodeInfo }: Trial) => {
    return runFilterPluginsWithNominatedPods(state, nodeInfo, handle);
  };
  const status = fits(present);
  if (status !== undefined) return status;
  const { violating, others } = filterPodsWithPDBViolation(
    sortedByImportance(potential),
    handle.podDisruptionBudgets,
  );
  const isVictim = (podInfo: PodInfo) => {
    const reprieved = addPod(present, podInfo);
    const isRefused = fits(reprieved) !== undefined;
    if (!isRefused) present = reprieved;
    return isRefused;
  };
  const violatingVictims = violating.filter(isVictim);
  const pods = [...violatingVictims, ...others.filter(isVictim)];
  const isMixed = violating.length > 0 && others.length > 0;
  return {
    pods: isMixed ? sortedByImportance(pods) : pods,
    numPDBViolations: violatingVictims.length,
  };
}

/** Only a strictly lower priority has to give way. */
export function isPreemptionAllowed(victim: PodInfo, preemptor: PodInfo): boolean {
  return podPriority(victim) < podPriority(preemptor);
}

/** What decides who is spared first. */
export interface Importance {
  readonly priority: number;
  /** Infinity for a pod that has not started: then it is as if it started just now. */
  readonly startMs: number;
}

/**
 * The higher priority, then the longer life; pkg/scheduler/util/utils.go MoreImportantPod. Of two
 * that have not started the first one asked about is, since upstream the clock has gone on.
 */
export function moreImportantPod(one: Importance, other: Importance): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  const hasStarted = Number.isFinite(one.startMs) || Number.isFinite(other.startMs);
  return !hasStarted || one.startMs < other.startMs;
}

export function importanceOf(podInfo: PodInfo): Importance {
  const { startTime } = podInfo.pod.status ?? {};
  const startMs = startTime === undefined ? Number.POSITIVE_INFINITY : parseTime(startTime);
  return { priority: podPriority(podInfo), startMs };
}

/** Go's sort.Slice, which takes such short lists in by insertion. */
function sortedByImportance(pods: readonly PodInfo[]): readonly PodInfo[] {
  const sorted: PodInfo[] = [];
  for (const podInfo of pods) {
    const importance = importanceOf(podInfo);
    const isBefore = (one: PodInfo) => !moreImportantPod(importance, importanceOf(one));
    const index = sorted.findLastIndex(isBefore);
    sorted.splice(index + 1, 0, podInfo);
  }
  return sorted;
}

/** Those that take the last disruption of a budget that selects them, in the given order. */
function filterPodsWithPDBViolation(
  pods: readonly PodInfo[],
  budgets: readonly PodDisruptionBudget[],
): { readonly violating: readonly PodInfo[]; readonly others: readonly PodInfo[] } {
  const allowed = budgets.map(({ status }) => status?.disruptionsAllowed ?? 0);
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const podInfo of pods) {
    let isViolated = false;
    budgets.forEach((budget, index) => {
      if (!protects(budget, podInfo)) return;
      const left = (allowed[index] ?? 0) - 1;
      allowed[index] = left;
      if (left < 0) isViolated = true;
    });
    (isViolated ? violating : others).push(podInfo);
  }
  return { violating, others };
}

/** A budget with an empty selector protects nothing, and a pod without labels has none. */
function protects({ metadata, spec, status }: PodDisruptionBudget, { pod }: PodInfo): boolean {
  const { labels = {}, namespace = "", name } = pod.metadata;
  if (Object.keys(labels).length === 0 || (metadata.namespace ?? "") !== namespace) return false;
  const selector = labelSelectorAsSelector(spec?.selector);
  if ("error" in selector || isEmptySelector(selector)) return false;
  return selectorMatches(selector, labels) && status?.disruptedPods?.[name] === undefined;
}

const noVictims = unresolvable("No preemption victims found for incoming pod");
