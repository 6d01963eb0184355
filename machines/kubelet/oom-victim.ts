/** Whom the kernel kills: nobody, every process of the container, its main process, or a child. */
export type OomVictim = "none" | "all" | "main" | "child";

/**
 * What a container's memory use leads to. With cgroup v2 the kubelet sets memory.oom.group unless
 * singleProcessOOMKill is on; else the kernel takes the process that uses most.
 */
export function oomVictim(
  usageBytes: number,
  limitBytes: number | null,
  killsGroup: boolean,
  largest: "main" | "child",
): OomVictim {
  if (limitBytes === null || usageBytes <= limitBytes) return "none";
  return killsGroup ? "all" : largest;
}

/** A container's processes, as the kernel weighs them when the whole node is out of memory. */
export interface OomCandidate {
  readonly usageBytes: number;
  /** `getContainerOOMScoreAdjust` of its container. */
  readonly oomScoreAdj: number;
}

/**
 * Whom a node without memory gives up: the part of the node's memory that it uses, in thousandths,
 * and its oom_score_adj together. The first of equals. Linux mm/oom_kill.c oom_badness
 */
export function nodeOomVictim<C extends OomCandidate>(
  candidates: readonly C[],
  nodeMemoryBytes: number,
): C | undefined {
  const scoreOf = ({ usageBytes, oomScoreAdj }: C): number =>
    (usageBytes * 1_000) / nodeMemoryBytes + oomScoreAdj;
  let victim: C | undefined;
  for (const one of candidates) {
    if (victim === undefined || scoreOf(one) > scoreOf(victim)) victim = one;
  }
  return victim;
}
