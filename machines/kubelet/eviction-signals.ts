/** What the kubelet watches to tell whether its node runs out of something. */
export type EvictionSignal = (typeof evictionSignals)[number];

/** Every signal, pkg/kubelet/eviction/api/types.go. */
export const evictionSignals = [
  "memory.available",
  "allocatableMemory.available",
  "nodefs.available",
  "nodefs.inodesFree",
  "imagefs.available",
  "imagefs.inodesFree",
  "containerfs.available",
  "containerfs.inodesFree",
  "pid.available",
] as const;

/** What a message names as starved; `signalToResource` of pkg/kubelet/eviction/helpers.go. */
export type StarvedResource = "memory" | "ephemeral-storage" | "inodes" | "pids";

/** The conditions of a node that eviction reports. */
export type PressureCondition = "MemoryPressure" | "DiskPressure" | "PIDPressure";

/** Whether an evictionHard, evictionSoft or evictionMinimumReclaim may have that key. */
export function validSignal(signal: string): signal is EvictionSignal {
  return evictionSignals.some((one) => one === signal);
}

export function signalToResource(signal: EvictionSignal): StarvedResource {
  if (isMemorySignal(signal)) return "memory";
  if (signal === "pid.available") return "pids";
  return signal.endsWith(".inodesFree") ? "inodes" : "ephemeral-storage";
}

/** pkg/kubelet/eviction/helpers.go signalToNodeCondition. */
export function signalToNodeCondition(signal: EvictionSignal): PressureCondition {
  if (isMemorySignal(signal)) return "MemoryPressure";
  return signal === "pid.available" ? "PIDPressure" : "DiskPressure";
}

/** Memory is reclaimed before anything else; byEvictionPriority. */
export function isMemorySignal(signal: EvictionSignal): boolean {
  return signal === "memory.available" || signal === "allocatableMemory.available";
}
