import type { Handler, HandlerContext, Message } from "./composition.ts";
import * as outcome from "./projections/scheduling-outcome.ts";
import {
  beginPreemption,
  type PreemptionAnswers,
  type VictimAnswer,
  victimAnswered,
} from "./projections/scheduling-preemption.ts";
import * as queue from "./projections/scheduling-queue.ts";
import { podOf } from "./routes/receivers.ts";
import { forget, podGone } from "./scheduler-informer.ts";
import type { KubeWorld } from "./world.ts";

const theCycle = { machine: "schedulingCycle", subject: {} };

/** What the scheduler does for many pods at once, and beside its attempts. */
export function schedulerOf(answers: PreemptionAnswers): Handler<KubeWorld> {
  return (context) => actForMany(context, answers);
}

function actForMany(context: HandlerContext<KubeWorld>, answers: PreemptionAnswers): void {
  const { world, event, from, detail, now, send } = context;
  switch (event.type) {
    case "backOff.flushed":
      return sendAll(send, [...queue.flushBackOff(world, now), ...endWaiting(world)]);
    case "leftovers.flushed":
      return sendAll(send, queue.flushLeftovers(world, now));
    case "victims.preempted":
      return sendAll(send, beginPreemption(world, String(detail?.["uid"]), now, answers));
    case "victim.answered":
      if (!isVictimAnswer(detail)) throw new Error("an answer tells whose it is");
      return sendAll(send, victimAnswered(world, detail, now, answers));
    case "preemption.failed":
      return sendAll(send, queue.activated(world, String(detail?.["preemptor"])));
    case "binding.failed":
      return sendAll(
        send,
        bindingFailed(world, podOf(from?.subject ?? {}), String(detail?.["message"]), now),
      );
    default:
      throw new Error(`the scheduler is not told of ${event.type}`);
  }
}

function isVictimAnswer(detail: object | undefined): detail is VictimAnswer {
  return detail !== undefined && "victim" in detail && "isRefused" in detail;
}

function sendAll(send: (message: Message) => void, messages: readonly Message[]): void {
  for (const message of messages) send(message);
}

/** schedule_one.go handleBindingCycleError */
function bindingFailed(
  world: KubeWorld,
  key: string,
  message: string,
  now: number,
): readonly Message[] {
  const assumed = world.scheduler.assumed.get(key);
  if (assumed === undefined) return [];
  forget(world, assumed);
  const freed = podGone({ world, now }, assumed);
  outcome.fail(world, assumed, now, {
    reason: "SchedulerError",
    message,
    unschedulablePlugins: [],
    nominatedNodeName: "",
  });
  const isThere = world.scheduler.queue.get(key)?.requeue !== undefined;
  const back: Message = {
    to: queue.queueOf(key),
    event: { type: "attempt.failed" },
    view: "attemptFailed",
  };
  return isThere ? [...freed, back] : freed;
}

/** Those who wait are counted again when the cycle hears of it: somebody may have come. */
function endWaiting(world: KubeWorld): readonly Message[] {
  if (queue.isAnyToFlush(world)) return [];
  return [{ to: theCycle, event: { type: "waiting.checked" }, view: "waitingChecked" }];
}
