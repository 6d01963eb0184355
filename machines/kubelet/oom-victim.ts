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
