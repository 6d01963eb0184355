import { describePod } from "../../machines/api/describe.ts";
import { type ClusterState, inOrder, missingPods } from "./state-text.ts";

/** `kubectl describe pod` of every pod. */
export function podDescriptions(state: ClusterState): string {
  const { pods, eventsOf, nowMs } = state;
  const living = inOrder(pods).map((pod) => describePod(pod, eventsOf(pod), nowMs));
  return [...living, ...missingPods(state)].join("\n\n");
}
