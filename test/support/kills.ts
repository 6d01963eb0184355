import type { Container, LifecycleHandler, Pod } from "../../machines/api/pod.ts";
import { newRequestForHTTPGetAction } from "../../machines/kubelet/http-request.ts";
import { type HookAnswer, runHook } from "../../machines/kubelet/lifecycle-hook.ts";
import { slotsOf } from "../../machines/kubelet/slot.ts";
import { createChoices } from "../../src/choice/choices.ts";
import type { Composition, HandlerContext } from "../../src/system/composition.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { killMachines, killRoutes, killViews } from "../../src/system/routes/kill.ts";
import { System } from "../../src/system/system.ts";
import { KubeWorld } from "../../src/system/world.ts";
import { runAndWatch } from "./event-watch.ts";
import { podKey, worldWith } from "./pod-side.ts";

/** What the processes and hooks of a pod do when it is killed. */
export interface DyingPod {
  readonly pod: Pod;
  readonly running: readonly string[];
  /** How long each main process needs after its stop signal. */
  readonly exitsAfterSignalMs: Readonly<Record<string, number>>;
  readonly hooks?: Readonly<Record<string, HookAnswer>> | null;
  readonly stopContainerErrors?: Readonly<Record<string, string>>;
}

export interface KillLine {
  readonly atMs: number;
  readonly container?: string;
  readonly call: string;
  readonly [field: string]: unknown;
}

export interface KillReport {
  readonly timeline: readonly KillLine[];
  readonly returnedAfterMs: number | undefined;
  readonly outcome: unknown;
  readonly world: KubeWorld;
}

/** Sends one request to `containerKill` (when a container is named) or `podKill`, and watches. */
export function kill(dying: DyingPod, request: KernelEvent, container?: string): KillReport {
  const { pod, running } = dying;
  const containers = running.map((name) => recordOf(name));
  const world = worldWith(pod, { containers, sandboxes: [{ id: "s", state: "SANDBOX_READY" }] });
  const [timeline, ends]: [KillLine[], { atMs: number; outcome: unknown }[]] = [[], []];
  const system = System.create(composition, world, createChoices());
  runs.set(world, { dying, timeline, end: (atMs, outcome) => ends.push({ atMs, outcome }) });
  const subject = { pod: podKey(pod), ...(container !== undefined && { container }) };
  const machine = container === undefined ? "podKill" : "containerKill";
  const view = container === undefined ? "podToKill" : "killRequested";
  const origin = system.actors.at("requester", {});
  system.send({ to: { machine, subject }, event: request, view, origin });
  runAndWatch(system, Number.POSITIVE_INFINITY, (event, atMs) => {
    const { type, reason, message, involvedObject } = event;
    const about = /\{(.*)\}/.exec(involvedObject.fieldPath ?? "")?.[1];
    timeline.push({ atMs, container: about ?? "", call: "event", type, reason, message });
  });
  const [end] = ends;
  return { timeline: sorted(timeline), returnedAfterMs: end?.atMs, outcome: end?.outcome, world };
}

interface Run {
  readonly dying: DyingPod;
  readonly timeline: KillLine[];
  readonly end: (atMs: number, outcome: unknown) => void;
}

const runs = new WeakMap<KubeWorld, Run>();

const composition: Composition<KubeWorld> = {
  machines: killMachines,
  routes: killRoutes,
  views: killViews,
  handlers: {
    runtime: (context) => calls[context.event.type]?.(context, runOf(context.world)),
    requester: ({ world, now, event }) => runOf(world).end(now, event["outcome"]),
  },
  loadWorld: () => new KubeWorld(0),
};

type Call = (context: HandlerContext<KubeWorld>, run: Run) => void;

/** The runtime: a process ends after its stop signal, or is killed when the timeout is over. */
const calls: Readonly<Record<string, Call>> = {
  StopContainer: (context, { dying, timeline }) => {
    const { event, now: atMs } = context;
    const container = context.from?.subject.container ?? "";
    const timeoutSeconds = Number(event["timeoutSeconds"]);
    const line = { atMs, container, call: "StopContainer", timeoutSeconds };
    const error = dying.stopContainerErrors?.[container];
    if (error !== undefined) {
      timeline.push({ ...line, error });
      answer(context, { type: "StopContainer.failed", cause: "error" }, 0, error);
      return;
    }
    const exitsAfterMs = dying.exitsAfterSignalMs[container] ?? 0;
    const sigkill = exitsAfterMs > timeoutSeconds * 1_000;
    const tookMs = sigkill ? timeoutSeconds * 1_000 : exitsAfterMs;
    timeline.push({ ...line, endMs: atMs + tookMs, sigkill });
    answer(context, { type: "StopContainer.succeeded" }, tookMs);
  },
  "hook.requested": (context, { dying: { pod, hooks }, timeline }) => {
    const { now: atMs } = context;
    const name = context.from?.subject.container ?? "";
    const container = slotsOf(pod.spec).find(([, one]) => one.name === name)?.[1] ?? { name };
    const handler = container.lifecycle?.preStop ?? {};
    const hook = hooks?.[name] ?? { durationMs: 0 };
    const { tookMs, error } = runHook(pod, container, handler, hook);
    const call = hookCall(container, handler);
    if (call !== undefined) {
      timeline.push({ atMs, container: name, call, endMs: atMs + tookMs });
    }
    const elapsedSeconds = Math.floor(tookMs / 1_000);
    const type = error === undefined ? "hook.succeeded" : "hook.failed";
    answer(context, { type, elapsedSeconds }, tookMs, error);
  },
  StopPodSandbox: (context, { timeline }) => {
    timeline.push({ atMs: context.now, call: "StopPodSandbox" });
    answer(context, { type: "StopPodSandbox.succeeded" }, 0);
  },
};

/** What the harness wrote down when a hook was called; a request that cannot be made is no call. */
function hookCall(container: Container, { httpGet }: LifecycleHandler): string | undefined {
  if (httpGet === undefined) return "execHook";
  const request = newRequestForHTTPGetAction(httpGet, container, "10.0.0.9", "lifecycle");
  return "url" in request ? `httpHook ${request.url}` : undefined;
}

function answer(
  { from, origin, send }: HandlerContext<KubeWorld>,
  event: KernelEvent,
  delayMs: number,
  message?: string,
): void {
  if (from === undefined) return;
  send({ to: from, event, delayMs, origin, detail: message === undefined ? {} : { message } });
}

function runOf(world: KubeWorld): Run {
  const run = runs.get(world);
  if (run === undefined) throw new Error("a kill is watched from its start");
  return run;
}

/** Lines of one instant by container, as they were recorded. */
function sorted(timeline: readonly KillLine[]): readonly KillLine[] {
  return timeline.toSorted((one, other) => {
    const [left, right] = [one.container ?? "", other.container ?? ""];
    return one.atMs - other.atMs || (left < right ? -1 : left > right ? 1 : 0);
  });
}

function recordOf(name: string) {
  return { name, id: `test://id-${name}`, state: "running" } as const;
}
