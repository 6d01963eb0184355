import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import type { Labels } from "../../api/selector.ts";
import {
  type AffinityTerm,
  termMatches,
  type WeightedAffinityTerm,
} from "../framework/affinity-term.ts";
import type { Handle } from "../framework/handle.ts";
import { type NodeInfo, podWithAffinity } from "../framework/node-info.ts";
import { maxNodeScore, type NodeScorer, type ScorePlugin } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import { errorStatus, type Status, skip } from "../framework/status.ts";
import { withSelectedNamespaces } from "../namespaces.ts";

/** InterPodAffinityArgs. */
export interface InterPodAffinityArgs {
  /** What a required affinity of a pod that runs counts, though nobody asked. */
  readonly hardPodAffinityWeight: number;
  readonly ignorePreferredTermsOfExistingPods: boolean;
}

const defaultArgs: InterPodAffinityArgs = {
  hardPodAffinityWeight: 1,
  ignorePreferredTermsOfExistingPods: false,
};

/** plugins/interpodaffinity/scoring.go */
export function interPodAffinity(args: InterPodAffinityArgs = defaultArgs): ScorePlugin {
  return {
    name: "InterPodAffinity",
    hasPreScore: true,
    preScore: (podInfo, handle) => preScore(podInfo, handle, args),
  };
}

/** Sums by topology key and value. */
type ScoreMap = Map<string, Map<string, number>>;

function preScore(
  podInfo: PodInfo,
  { snapshot, namespaces }: Handle,
  args: InterPodAffinityArgs,
): NodeScorer | Status {
  const { pod } = podInfo;
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const hasConstraints = [podAffinity, podAntiAffinity].some((one) => {
    return (one?.preferredDuringSchedulingIgnoredDuringExecution ?? []).length > 0;
  });
  if (args.ignorePreferredTermsOfExistingPods && !hasConstraints) return skip;
  if (podInfo.error !== undefined) return errorStatus(`failed to parse pod: ${podInfo.error}`);
  const incoming: Incoming = {
    pod,
    namespaceLabels: namespaces.get(pod.metadata.namespace ?? ""),
    attracting: withSelectedNamespaces(podInfo.preferredAffinityTerms, namespaces),
    repelling: withSelectedNamespaces(podInfo.preferredAntiAffinityTerms, namespaces),
    hardPodAffinityWeight: args.hardPodAffinityWeight,
  };
  const scores: ScoreMap = new Map();
  for (const { one, nodes } of snapshot.podGroups().all()) {
    if (!hasConstraints && !podWithAffinity(one.pod)) continue;
    if (!hasConstraints && isIndifferent(one)) continue;
    const opinions = opinionsOf(incoming, one);
    if (opinions.length === 0) continue;
    for (const [name, pods] of nodes) {
      const node = snapshot.nodeInfoMap.get(name)?.node;
      if (node !== undefined) add(scores, opinions, node, pods);
    }
  }
  return scores.size === 0 ? skip : scorerOf(scores);
}

interface Incoming {
  readonly pod: Pod;
  readonly namespaceLabels: Labels | undefined;
  readonly attracting: readonly WeightedAffinityTerm[];
  readonly repelling: readonly WeightedAffinityTerm[];
  readonly hardPodAffinityWeight: number;
}

/** What one of two pods thinks of the other's company, the weight's sign being the opinion. */
interface Opinion {
  readonly topologyKey: string;
  readonly weight: number;
}

/** It likes or dislikes nobody's company, but for what it strictly refuses. */
function isIndifferent(existing: PodInfo): boolean {
  const { requiredAffinityTerms, preferredAffinityTerms, preferredAntiAffinityTerms } = existing;
  return (
    requiredAffinityTerms.length === 0 &&
    preferredAffinityTerms.length === 0 &&
    preferredAntiAffinityTerms.length === 0
  );
}

/** `processExistingPod`: what both think of each other. */
function opinionsOf(incoming: Incoming, existing: PodInfo): readonly Opinion[] {
  const { pod, namespaceLabels, attracting, repelling, hardPodAffinityWeight } = incoming;
  const opinions: Opinion[] = [];
  const process = (term: AffinityTerm, of: Pod, labels: Labels | undefined, weight: number) => {
    if (!termMatches(term, of, labels)) return;
    opinions.push({ topologyKey: term.topologyKey, weight });
  };
  for (const term of attracting) process(term, existing.pod, undefined, term.weight);
  for (const term of repelling) process(term, existing.pod, undefined, -term.weight);
  if (hardPodAffinityWeight > 0) {
    for (const term of existing.requiredAffinityTerms) {
      process(term, pod, namespaceLabels, hardPodAffinityWeight);
    }
  }
  for (const term of existing.preferredAffinityTerms) {
    process(term, pod, namespaceLabels, term.weight);
  }
  for (const term of existing.preferredAntiAffinityTerms) {
    process(term, pod, namespaceLabels, -term.weight);
  }
  return opinions;
}

/** What so many alike pods of a node add. */
function add(scores: ScoreMap, opinions: readonly Opinion[], node: Node, pods: number): void {
  for (const { topologyKey, weight } of opinions) {
    const value = node.metadata.labels?.[topologyKey];
    if (value === undefined) continue;
    const ofKey = scores.get(topologyKey) ?? new Map<string, number>();
    scores.set(topologyKey, ofKey);
    ofKey.set(value, (ofKey.get(value) ?? 0) + weight * pods);
  }
}

function scorerOf(scores: ScoreMap): NodeScorer {
  return {
    score: ({ node: { metadata } }: NodeInfo) => {
      let score = 0;
      for (const [key, ofKey] of scores) {
        const value = metadata.labels?.[key];
        if (value !== undefined) score += ofKey.get(value) ?? 0;
      }
      return score;
    },
    normalizeScore,
  };
}

/** The worst becomes 0, the best 100; in float64 and in this order, as upstream. */
function normalizeScore(scores: readonly number[]): readonly number[] {
  const most = scores.reduce((max, score) => Math.max(max, score), -Infinity);
  const least = scores.reduce((min, score) => Math.min(min, score), Infinity);
  const range = most - least;
  return scores.map((score) => {
    return range > 0 ? Math.trunc(maxNodeScore * ((score - least) / range)) : 0;
  });
}
