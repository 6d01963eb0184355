import type { LifecycleHandler } from "../api/pod.ts";
import { minimumGracePeriodSeconds } from "./termination-grace.ts";

/** What a hook does; nobody can run an `invalid` one. */
export type HookKind = "none" | "exec" | "http" | "sleep" | "invalid";

/** Each member is a branch of the chart. */
export type PreStopStep = "callHook" | "sleep" | "failHook" | "skipHook";

/** What becomes of a preStop hook; it runs only if there is time for it. */
export function nextPreStop(preStop: HookKind, graceSeconds: number): PreStopStep {
  if (preStop === "none" || graceSeconds <= 0) return "skipHook";
  if (preStop === "invalid") return "failHook";
  return preStop === "sleep" ? "sleep" : "callHook";
}

/** Whole seconds that a hook or a wait took come off the grace period. */
export function remainingGraceSeconds(graceSeconds: number, elapsedSeconds: number): number {
  return Math.max(0, graceSeconds - elapsedSeconds);
}

/**
 * What StopContainer is given: never less than 2 s, so that no process is killed without need.
 * pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer
 */
export function stopTimeoutSeconds(graceSeconds: number): number {
  return Math.max(graceSeconds, minimumGracePeriodSeconds);
}

/** The first handler that is set counts. pkg/kubelet/lifecycle/handlers.go Run */
export function hookKind(handler: LifecycleHandler | undefined): HookKind {
  if (handler === undefined) return "none";
  if (handler.exec !== undefined) return "exec";
  if (handler.httpGet !== undefined) return "http";
  return handler.sleep === undefined ? "invalid" : "sleep";
}
