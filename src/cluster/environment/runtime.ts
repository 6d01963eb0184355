import type { ExitCause } from "../../../machines/kubelet/container.machine.ts";
import { verifyRunAsNonRoot } from "../../../machines/kubelet/run-as-non-root.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import type { About } from "../../manifest/scenario/selector.ts";
import type { Handler, HandlerContext, Receiver, Subject } from "../../system/composition.ts";
import type { NodeSide } from "../../system/node-side.ts";
import type { KubeWorld } from "../../system/world.ts";
import { containerOf } from "../../system/routes/container.ts";
import { hooksOf } from "./hooks.ts";
import { missingConfig } from "./missing-config.ts";
import { exit, isAlive, processOf, setProcess, textOf } from "./process.ts";
import { runtimeHandlerError } from "./runtime-handler.ts";
import { sendUsage } from "./usage.ts";

type Context = HandlerContext<KubeWorld>;

/** How long the runtime usually takes, ms; seen on a two-core machine with containerd. */
const usualMs = { sandbox: 500, create: 40, start: 70, stopSandbox: 60, update: 30 };

/** An exit by SIGKILL, and one by SIGTERM that nobody handles. */
const killedCode = 137;

/** The CRI as the environment answers it: sandboxes, containers and the processes in them. */
export function runtimeOf(answers: EnvironmentAnswers): Handler<KubeWorld> {
  const hooks = hooksOf(answers);
  return (context) => {
    switch (context.event.type) {
      case "RunPodSandbox":
        return runPodSandbox(context, answers);
      case "StopPodSandbox":
        return stopPodSandbox(context, answers);
      case "CreateContainer":
        return createContainer(context, answers);
      case "StartContainer":
        return startContainer(context, answers);
      case "StopContainer":
        return stopContainer(context, answers);
      case "hook.requested":
      case "container.exited":
        return hooks(context);
      case "UpdateContainerResources":
        return answer(context, "UpdateContainerResources.succeeded", {}, usualMs.update);
      case "oom.killed":
        return killForMemory(context, answers);
      default:
        throw new Error(`the runtime is not asked for ${context.event.type}`);
    }
  };
}

function runPodSandbox(context: Context, answers: EnvironmentAnswers): void {
  const { world, from, now } = context;
  const { pod = "" } = from?.subject ?? {};
  const side = world.side(pod);
  const attempt = (side.sandboxAttempts ?? 0) + 1;
  world.change(pod, { sandboxAttempts: attempt });
  const said = answers.sandbox({ pod, node: side.node, attempt }, now);
  const message = said?.fails ?? runtimeHandlerError(world, side);
  const delayMs = took(context, "sandbox time", `pod/${pod}`, said, usualMs.sandbox);
  if (message !== undefined) return answer(context, "RunPodSandbox.failed", { message }, delayMs);
  const node = world.node(side.node);
  world.setNode({ ...node, addresses: node.addresses + 1 });
  answer(context, "RunPodSandbox.succeeded", { ip: addressOf(node) }, delayMs);
}

/** What still runs in it is killed first. containerd internal/cri/server/sandbox_stop.go */
function stopPodSandbox(context: Context, answers: EnvironmentAnswers): void {
  const { world, from, now, send } = context;
  const { pod = "" } = from?.subject ?? {};
  const delayMs = usualMs.stopSandbox;
  for (const [container, life] of Object.entries(world.side(pod).processes)) {
    if (!isAlive(life, now)) continue;
    const about = aboutOf(context, container);
    const said = answers.stop(about, now);
    if (said?.fails !== undefined) {
      const id = world.side(pod).runtime.containers?.find(({ name }) => name === container)?.id;
      const message = `failed to stop container ${JSON.stringify(bareID(id))}: ${said.fails}`;
      return answer(context, "StopPodSandbox.failed", { message }, said.takesMs ?? delayMs);
    }
    setProcess(world, pod, container, { ...life, exitsAtMs: now });
    exit(context, answers, about, { exitCode: killedCode }, 0);
  }
  send({
    to: { machine: "podSandbox", subject: { pod } },
    event: { type: "sandbox.stopped" },
    delayMs,
  });
  answer(context, "StopPodSandbox.succeeded", {}, delayMs);
}

function bareID(id = ""): string {
  return id.replace(/^\w+:\/\//, "");
}

function createContainer(context: Context, answers: EnvironmentAnswers): void {
  const { world, from, now } = context;
  const about = aboutOf(context);
  const said = answers.create(about, now);
  const mistake =
    said?.fails === undefined ? configError(world, from?.subject ?? {}, answers) : undefined;
  const message = said?.fails ?? mistake;
  const delayMs = took(context, "container creation time", textOf(about), said, usualMs.create);
  if (message === undefined) return answer(context, "CreateContainer.succeeded", {}, delayMs);
  const cause = mistake === undefined ? (said?.cause ?? "runtime") : "config";
  answer(context, "CreateContainer.failed", { message }, delayMs, { cause });
}

/** Why the kubelet cannot make the container's configuration. generateContainerConfig */
function configError(
  world: KubeWorld,
  subject: Subject,
  answers: EnvironmentAnswers,
): string | undefined {
  const { pod } = world.side(subject.pod);
  const container = containerOf(world, subject);
  const user = answers.image(container.image ?? "")?.user;
  return missingConfig(world, subject) ?? verifyRunAsNonRoot(pod, container, user);
}

function startContainer(context: Context, answers: EnvironmentAnswers): void {
  const { world, now } = context;
  const about = aboutOf(context);
  const said = answers.start(about, now);
  const delayMs = took(context, "container start time", textOf(about), said, usualMs.start);
  const { pod = "", container = "" } = about;
  const startedAtMs = now + delayMs;
  const life = { run: about.run ?? 1, startedAtMs, exitsAtMs: null, exitCode: 0, isRunning: false };
  if (said?.fails !== undefined) {
    setProcess(world, pod, container, life);
    return answer(context, "StartContainer.failed", { message: said.fails }, delayMs);
  }
  answer(context, "StartContainer.succeeded", {}, delayMs);
  const process = processOf(context, answers, about);
  const exitsAtMs = process.runsMs === null ? null : startedAtMs + process.runsMs;
  setProcess(world, pod, container, {
    ...life,
    exitsAtMs,
    exitCode: process.exitCode,
    isRunning: true,
  });
  if (exitsAtMs !== null) exit(context, answers, about, process, exitsAtMs - now);
  sendUsage(context, answers, about, delayMs);
}

/** The stop signal, and SIGKILL at the timeout; an exit that comes earlier by itself is first. */
function stopContainer(context: Context, answers: EnvironmentAnswers): void {
  const { world, event, now } = context;
  const about = aboutOf(context);
  const { pod = "", container = "" } = about;
  const life = world.side(pod).processes[container];
  if (life === undefined || !isAlive(life, now)) {
    return answer(context, "StopContainer.succeeded", {}, 0);
  }
  const timeoutMs = Number(event["timeoutSeconds"]) * 1_000;
  const said = answers.stop(about, now);
  if (said?.fails !== undefined) {
    const { fails: message, takesMs = timeoutMs } = said;
    const cause = isNotFound(message) ? "notFound" : "error";
    return answer(context, "StopContainer.failed", { message }, takesMs, { cause });
  }
  const { onStop } = processOf(context, answers, about);
  const stop =
    onStop === "ignored" || onStop.takesMs > timeoutMs
      ? { delayMs: timeoutMs, exitCode: killedCode }
      : { delayMs: onStop.takesMs, exitCode: onStop.exitCode };
  const ownMs = life.exitsAtMs === null ? Number.POSITIVE_INFINITY : life.exitsAtMs - now;
  if (ownMs > stop.delayMs) {
    setProcess(world, pod, container, { ...life, exitsAtMs: now + stop.delayMs });
    exit(context, answers, about, stop, stop.delayMs);
  }
  const takesMs = Math.max(Math.min(ownMs, stop.delayMs), said?.takesMs ?? 0);
  answer(context, "StopContainer.succeeded", {}, takesMs);
}

/** A gRPC status as it is written. kuberuntime_container.go killContainer */
function isNotFound(message: string): boolean {
  return message.startsWith("rpc error: code = NotFound");
}

/** The kernel's SIGKILL: of the container, or of a child that nobody waits for. */
function killForMemory(context: Context, answers: EnvironmentAnswers): void {
  const about = aboutOf(context);
  const { pod = "", container = "" } = about;
  if (context.event["victim"] === "child") {
    const to = { machine: "container", subject: { pod, container } };
    return context.send({ to, event: { type: "memory.oomRecorded" } });
  }
  const life = context.world.side(pod).processes[container];
  if (life !== undefined) {
    setProcess(context.world, pod, container, { ...life, exitsAtMs: context.now });
  }
  exit(context, answers, about, { exitCode: killedCode, cause: oomCause(context, pod) }, 0);
}

/** With cgroup v1 the runtime hears only of a container that is over its own limit. */
function oomCause({ world, event }: Context, pod: string): ExitCause {
  const { machine } = world.node(world.side(pod).node);
  return event["ranOut"] === "node" && machine?.cgroup === "v1" ? "error" : "oomKilled";
}

function aboutOf(
  { world, event, from }: Context,
  container: string = from?.subject.container ?? "",
): About {
  const { pod = "" } = from?.subject ?? {};
  const image = containerOf(world, { pod, container }).image ?? "";
  const before = world.side(pod).processes[container]?.run ?? 0;
  const isNext = event.type === "CreateContainer" || event.type === "StartContainer";
  const run = isNext ? before + 1 : before;
  return { pod, container, image, run, node: world.side(pod).node };
}

function took(
  { choices }: Context,
  name: string,
  about: string,
  said: { readonly takesMs?: number } | undefined,
  usual: number,
): number {
  const range = { low: Math.round(usual / 2), high: usual * 4, usual };
  return choices.amount(name, about, range, said?.takesMs);
}

function answer(
  { send, origin, from }: Context,
  type: string,
  detail: Readonly<Record<string, unknown>>,
  delayMs: number,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  const to: Receiver | undefined = from ?? origin;
  if (to !== undefined) send({ to, event: { type, ...fields }, detail, delayMs });
}

/**
 * Whether a node's pods have such addresses. The first nodes have 10.88.0.0/16 and so on; up from
 * where Services begin (10.96.0.0/12) a node has a /22 of 10.112.0.0 and above.
 */
export function isPodAddress(ip: string, nth: number): boolean {
  const [first, second, third = "0"] = ip.split(".");
  const range = podRange(nth);
  if (`${first}.${second}` !== range.prefix) return false;
  return Number(third) >= range.third && Number(third) < range.third + range.size;
}

interface PodRange {
  /** `10.88` */
  readonly prefix: string;
  /** Where its third numbers begin, and how many there are. */
  readonly third: number;
  readonly size: number;
}

function podRange(nth: number): PodRange {
  if (nth < wholeRanges) return { prefix: `10.${88 + nth}`, third: 0, size: 256 };
  const small = nth - wholeRanges;
  return { prefix: `10.${112 + (Math.floor(small / 64) % 144)}`, third: (small % 64) * 4, size: 4 };
}

const wholeRanges = 8;

/** The next address of the node's own range of pods. */
function addressOf({ nth, addresses }: NodeSide): string {
  const { prefix, third, size } = podRange(nth);
  return `${prefix}.${third + (Math.floor(addresses / 254) % size)}.${(addresses % 254) + 1}`;
}
