import type { Container, LifecycleHandler, Pod } from "../../../machines/api/pod.ts";
import type { ContainerKillReason } from "../../../machines/kubelet/container-kill.ts";
import { type HookAnswer, runHook } from "../../../machines/kubelet/lifecycle-hook.ts";
import { setTerminationGracePeriod } from "../../../machines/kubelet/termination-grace.ts";
import { killErrorOf } from "../../../src/system/projections/kill.ts";
import { type DyingPod, kill } from "../../support/kills.ts";
import { podKey } from "../../support/pod-side.ts";

interface Input {
  readonly function: string;
  readonly pod: Pod;
  readonly container: string;
}

interface GraceInput extends Input {
  readonly reason: ContainerKillReason;
}

interface HookInput extends Input {
  readonly handler: LifecycleHandler;
  readonly result: HookAnswer;
}

interface KillInput extends Input, Omit<DyingPod, "pod" | "running"> {
  readonly running?: readonly string[];
  readonly message: string;
  readonly reason: ContainerKillReason;
  readonly gracePeriodSecondsOverride?: number;
}

type AnyInput = GraceInput & HookInput & KillInput;

export function run(input: AnyInput): unknown {
  return runners[input.function]?.(input);
}

const runners: Readonly<Record<string, (input: AnyInput) => unknown>> = {
  setTerminationGracePeriod: (input: GraceInput) => ({
    gracePeriodSeconds: setTerminationGracePeriod(input.pod, containerOf(input), input.reason),
  }),
  runHook: (input: HookInput) => ({
    error: null,
    ...runHook(input.pod, containerOf(input), input.handler, input.result),
    events: [],
  }),
  killContainer: (input: KillInput) => {
    const { container, message, reason, gracePeriodSecondsOverride: gracePeriodSeconds } = input;
    const type = "container.killRequested";
    const request = { type, reason, message, gracePeriodSeconds };
    const report = kill({ ...input, running: [container] }, request, container);
    const { pod, timeline, returnedAfterMs } = { ...input, ...report };
    const failure = report.world.side(podKey(pod)).kills?.failures[0];
    return { error: failure?.message ?? null, returnedAfterMs, timeline };
  },
  killPod: (input: KillInput) => {
    const { pod, running = [], gracePeriodSecondsOverride: gracePeriodSeconds } = input;
    const request = { type: "pod.killRequested", gracePeriodSeconds };
    const { timeline, returnedAfterMs, world } = kill({ ...input, running }, request);
    return { error: killErrorOf(world, podKey(pod)) ?? null, returnedAfterMs, timeline };
  },
};

function containerOf({ pod, container }: Input): Container {
  const { containers, initContainers = [] } = pod.spec;
  const found = [...containers, ...initContainers].find(({ name }) => name === container);
  if (found === undefined) throw new Error(`the pod has a container ${container}`);
  return found;
}
