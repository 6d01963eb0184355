import type { LifecycleHandler } from "../../../machines/api/pod.ts";
import { runHook } from "../../../machines/kubelet/lifecycle-hook.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import type { Handler, HandlerContext, Receiver } from "../../system/composition.ts";
import type { HookCall } from "../../system/pod-side.ts";
import { containerOf } from "../../system/routes/container.ts";
import type { KubeWorld } from "../../system/world.ts";
import { isAlive, setProcess } from "./process.ts";

type Context = HandlerContext<KubeWorld>;

/** How long a hook's command or request usually takes, ms. */
const usual = { low: 25, high: 200, usual: 50 };

/** Commands and requests that hooks make in the containers; they succeed unless told otherwise. */
export function hooksOf(answers: EnvironmentAnswers): Handler<KubeWorld> {
  return (context) =>
    context.event.type === "container.exited" ? endHook(context) : beginHook(context, answers);
}

function beginHook(context: Context, answers: EnvironmentAnswers): void {
  const { world, event, from, now, choices } = context;
  if (from === undefined) return;
  const { pod = "", container: name = "" } = from.subject;
  const container = containerOf(world, from.subject);
  const hook: HookCall["hook"] = event["hook"] === "preStop" ? "preStop" : "postStart";
  const handler = container.lifecycle?.[hook] ?? {};
  const life = world.side(pod).processes[name];
  const run = life?.run ?? 1;
  const { node } = world.side(pod);
  const said = answers.hook({ pod, container: name, image: container.image, node, run }, hook);
  const about = `pod/${pod} container/${name} run ${run}`;
  const isOver = life === undefined || !isAlive(life, now);
  const durationMs =
    isOver || handler.sleep !== undefined
      ? 0
      : choices.amount(`${hook} hook time`, about, usual, said?.takesMs);
  const { output } = said ?? {};
  const error = isOver ? notRunning(handler) : said?.fails;
  const result = runHook(world.side(pod).pod, container, handler, {
    durationMs,
    ...(error !== undefined && { error }),
    ...(output !== undefined && { output }),
  });
  if (handler.exec !== undefined && life !== undefined) {
    const { machine, subject } = from;
    const call = {
      by: { machine, subject },
      hook,
      startedAtMs: now,
      endsAtMs: now + result.tookMs,
    };
    setProcess(world, pod, name, { ...life, hook: call });
  }
  answer(context, from, result.error === undefined, result.message, result.tookMs, 0);
}

/** A command ends with the container in which it runs. */
function endHook(context: Context): void {
  const { world, from, now } = context;
  const { pod = "", container: name = "" } = from?.subject ?? {};
  const life = world.findSide(pod)?.processes[name];
  if (life?.hook === undefined || life.hook.endsAtMs <= now) return;
  const { by, hook, startedAtMs } = life.hook;
  const container = containerOf(world, { pod, container: name });
  const handler = container.lifecycle?.[hook] ?? {};
  const error = `command '${(handler.exec?.command ?? []).join(" ")}' exited with 137: `;
  const durationMs = now - startedAtMs;
  const { message } = runHook(world.side(pod).pod, container, handler, { durationMs, error });
  setProcess(world, pod, name, { ...life, hook: { ...life.hook, endsAtMs: now } });
  answer(context, by, false, message, 0, durationMs);
}

function answer(
  { send, origin }: Context,
  to: Receiver,
  succeeded: boolean,
  message: string,
  delayMs: number,
  elapsedMs: number,
): void {
  const elapsedSeconds = Math.floor((elapsedMs + delayMs) / 1_000);
  const event = { type: succeeded ? "hook.succeeded" : "hook.failed", elapsedSeconds };
  const key = "hook";
  send({ to, event, detail: succeeded ? {} : { message }, delayMs, key, origin });
}

/** A container that has just ended answers no hook; a sleep needs none. */
function notRunning({ exec, httpGet }: LifecycleHandler): string | undefined {
  if (exec !== undefined) return containerExited;
  return httpGet === undefined ? undefined : "connect: connection refused";
}

/** containerd internal/cri/server/container_execsync.go */
const containerExited =
  "rpc error: code = Unknown desc = failed to exec in container: " +
  "container is in CONTAINER_EXITED state";
