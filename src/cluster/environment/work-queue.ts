import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { activeForMs, shouldSync } from "../../../machines/kubelet/active-deadline.ts";
import { completeWork, type WorkOutcome } from "../../../machines/kubelet/pod-worker-rules.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import type { Handler, HandlerContext } from "../../system/composition.ts";
import type { KubeWorld } from "../../system/world.ts";

/** pkg/kubelet/kubelet.go syncLoop: the ticker that drains the work queue. */
const syncTickMs = 1_000;

/**
 * When a worker is called again: completeWork's delay with its jitter, which nobody determines,
 * and then the next tick of the sync loop.
 */
export function workQueueOf(answers: EnvironmentAnswers): Handler<KubeWorld> {
  return (context) => {
    enqueue(context, answers);
    awaitDeadline(context);
  };
}

function enqueue(
  { world, event, from, now, choices, send }: HandlerContext<KubeWorld>,
  answers: EnvironmentAnswers,
): void {
  const { pod = "" } = from?.subject ?? {};
  const { backOffUntilMs, node, staged } = world.side(pod);
  const outcome = outcomeOf(event["after"], backOffUntilMs, now);
  const { minDelayMs, maxDelayMs } = completeWork(outcome);
  const usual = Math.round((minDelayMs + maxDelayMs) / 2);
  const range = { low: minDelayMs, high: Math.max(minDelayMs, maxDelayMs - 1), usual };
  const given = answers.kubelet({ pod, node })?.workQueueMs;
  const delayMs = choices.amount("kubelet work queue", `pod/${pod}`, range, given);
  const dueMs = Math.ceil((now + delayMs) / syncTickMs) * syncTickMs;
  if (outcome.type === "failed") world.change(pod, { backOffUntilMs: undefined });
  send({
    to: { machine: "podWorker", subject: { pod } },
    event: { type: "work.due" },
    delayMs: dueMs - now,
    key: "work queue",
    periodic: outcome.type === "synced" && !isRestarting(staged?.status),
  });
}

/** Its containers have been removed; when none of them ran, only this work starts them. */
function isRestarting({ conditions = [] }: PodStatus = {}): boolean {
  return conditions.some(
    ({ type, status }) => type === "AllContainersRestarting" && status === "True",
  );
}

/** At the first tick of the sync loop after its deadline the pod's worker is to look at it. */
function awaitDeadline({ world, from, now, send }: HandlerContext<KubeWorld>): void {
  const { pod: key = "" } = from?.subject ?? {};
  const { pod, node, staged } = world.side(key);
  const { activeDeadlineSeconds } = pod.spec;
  const activeMs = activeForMs(pod, staged?.status, world.nodeEpochMs(node) + now);
  if (activeDeadlineSeconds === undefined || activeMs === undefined) return;
  const isPast = shouldSync(pod.spec, activeMs);
  const untilMs = now + (isPast ? 0 : activeDeadlineSeconds * 1_000 - activeMs);
  const dueMs = Math.ceil(untilMs / syncTickMs) * syncTickMs;
  send({
    to: { machine: "podWorker", subject: { pod: key } },
    event: { type: "deadline.observed" },
    view: "deadlineObserved",
    delayMs: dueMs - now,
    key: "deadline",
  });
}

function outcomeOf(after: unknown, backOffUntilMs: number | undefined, now: number): WorkOutcome {
  switch (after) {
    case "network":
      return { type: "networkNotReady" };
    case "error":
      return { type: "failed" };
    case "backOff":
      return { type: "failed", backOffEndsInMs: [(backOffUntilMs ?? now) - now] };
    default:
      return { type: "synced" };
  }
}
