import type { FileSystems } from "./container-fs-thresholds.ts";
import type { EvictionSignal } from "./eviction-signals.ts";

/** What the kubelet deletes on its node before it evicts pods. */
export type NodeReclaim = "nothing" | "images" | "containers" | "containersAndImages";

/** pkg/kubelet/eviction/helpers.go buildSignalToNodeReclaimFuncs. */
export function nodeReclaim(signal: EvictionSignal, fileSystems: FileSystems): NodeReclaim {
  const fs = signal.split(".")[0];
  if (fs !== "nodefs" && fs !== "imagefs" && fs !== "containerfs") return "nothing";
  if (!fileSystems.dedicatedImageFs) return "containersAndImages";
  if (fileSystems.dedicatedContainerFs) return fs === "imagefs" ? "images" : "containers";
  return fs === "nodefs" ? "nothing" : "containersAndImages";
}
