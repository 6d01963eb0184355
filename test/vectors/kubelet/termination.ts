import type { Container, LifecycleHandler, Pod } from "../../../machines/api/pod.ts";
import type { ContainerKillReason } from "../../../machines/kubelet/container-kill.ts";
import { type HookAnswer, runHook } from "../../../machines/kubelet/lifecycle-hook.ts";
import { setTerminationGracePeriod } from "../../../machines/kubelet/termination-grace.ts";

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

export function run(input: Input & GraceInput & HookInput): unknown {
  return runners[input.function]?.(input);
}

const runners: Readonly<Record<string, (input: GraceInput & HookInput) => unknown>> = {
  setTerminationGracePeriod: (input: GraceInput) => ({
    gracePeriodSeconds: setTerminationGracePeriod(input.pod, containerOf(input), input.reason),
  }),
  runHook: (input: HookInput) => ({
    error: null,
    ...runHook(input.pod, containerOf(input), input.handler, input.result),
    events: [],
  }),
};

function containerOf({ pod, container }: Input): Container {
  const { containers, initContainers = [] } = pod.spec;
  const found = [...containers, ...initContainers].find(({ name }) => name === container);
  if (found === undefined) throw new Error(`the pod has a container ${container}`);
  return found;
}
