/** How one run of SyncPod may end. */
export const syncOutcomes = [
  "success",
  "terminal",
  "error",
  "network",
  "backOff",
  "cancelled",
] as const;

/** What completeWork asks for the next run by. pkg/kubelet/pod_workers.go */
export type SyncOutcome = (typeof syncOutcomes)[number];
