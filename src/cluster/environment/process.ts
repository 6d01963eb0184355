import type { ExitCause } from "../../../machines/kubelet/container.machine.ts";
import { getTerminationMessage } from "../../../machines/kubelet/termination-message.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import type { StopAnswer } from "../../manifest/scenario/process-answers.ts";
import type { About } from "../../manifest/scenario/selector.ts";
import type { HandlerContext } from "../../system/composition.ts";
import type { ProcessLife } from "../../system/pod-side.ts";
import { containerOf } from "../../system/routes/container.ts";
import type { KubeWorld } from "../../system/world.ts";

/** How a process goes, with nothing left open. */
export interface Process {
  /** Milliseconds; null: until it is stopped. */
  readonly runsMs: number | null;
  readonly exitCode: number;
  readonly message?: string;
  readonly onStop: "ignored" | StopAnswer;
}

/** What the scenario says of a process, filled up by choices. */
export function processOf(
  { choices }: Pick<HandlerContext<KubeWorld>, "choices">,
  answers: EnvironmentAnswers,
  about: About,
): Process {
  const said = answers.process(about);
  const onStop = choices.pick(
    "stop signal",
    textOf(about),
    ["handled", "ignored"],
    said?.onStop === undefined ? undefined : said.onStop === "ignored" ? "ignored" : "handled",
  );
  const handled = typeof said?.onStop === "object" ? said.onStop : { takesMs: 300, exitCode: 0 };
  return {
    runsMs: said?.runsMs ?? null,
    exitCode: said?.exitCode ?? 0,
    ...(said?.message !== undefined && { message: said.message }),
    onStop: onStop === "ignored" ? "ignored" : handled,
  };
}

/** How a process ends; without a cause its code says it. */
export interface Exit extends Pick<Process, "exitCode" | "message"> {
  readonly cause?: ExitCause;
}

/** The process ends then; an end that was to come at another time does not come any more. */
export function exit(
  { world, send }: Pick<HandlerContext<KubeWorld>, "world" | "send">,
  answers: EnvironmentAnswers,
  about: About,
  { exitCode, message: said, cause }: Exit,
  delayMs: number,
): void {
  const { pod = "", container = "" } = about;
  const remains = { message: said, log: answers.process(about)?.log };
  const message = getTerminationMessage(containerOf(world, { pod, container }), exitCode, remains);
  send({
    to: { machine: "container", subject: { pod, container } },
    event: { type: "container.exited", cause: cause ?? causeOf(exitCode) },
    detail: { exitCode, ...(message !== "" && { message }) },
    delayMs,
    key: "exit",
  });
}

function causeOf(exitCode: number): ExitCause {
  return exitCode === 0 ? "completed" : "error";
}

/** It has been started, and has not ended yet. */
export function isAlive({ isRunning, exitsAtMs }: ProcessLife, now: number): boolean {
  return isRunning && (exitsAtMs === null || exitsAtMs > now);
}

/** What the runtime knows of the process from now on. */
export function setProcess(
  world: KubeWorld,
  pod: string,
  container: string,
  life: ProcessLife,
): void {
  world.change(pod, { processes: { ...world.side(pod).processes, [container]: life } });
}

/** What a choice about a process is about. */
export function textOf({ pod = "", container, run }: About): string {
  return `pod/${pod}${container === undefined ? "" : ` container/${container}`}${run === undefined ? "" : ` run ${run}`}`;
}
