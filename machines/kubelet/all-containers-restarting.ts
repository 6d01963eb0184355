import type { PodCondition, PodPhase } from "../api/pod-status.ts";
import { podCompleted, podFailed, restartAllContainersStarted } from "./reasons.ts";

/** What is known of a pod one of whose rules may restart all its containers. */
export interface AllContainersState {
  /** shouldAllContainersRestart: such a rule has been met. */
  readonly shouldRestart: boolean;
  /** allContainersRestartCleanedUp: no record is left of any container. */
  readonly areCleanedUp: boolean;
}

/**
 * True from the exit that meets the rule until nothing is left of any container. Unlike the other
 * conditions it says no generation. pkg/kubelet/status/generate.go
 * GenerateAllContainersRestartingCondition
 */
export function generateAllContainersRestartingCondition(
  { shouldRestart, areCleanedUp }: AllContainersState,
  phase: PodPhase | undefined,
): PodCondition {
  const type = "AllContainersRestarting";
  if (phase === "Succeeded") return { type, status: "False", reason: podCompleted };
  if (phase === "Failed") return { type, status: "False", reason: podFailed };
  if (!shouldRestart || areCleanedUp) return { type, status: "False" };
  return { type, status: "True", ...restartAllContainersStarted };
}
