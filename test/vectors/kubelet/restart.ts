import type { Container, PodSpec, RestartPolicy } from "../../../machines/api/pod.ts";
import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { type BackOffPod, getBackoffKey } from "../../../machines/kubelet/back-off-key.ts";
import {
  allContainersRestartCleanedUp,
  containerShouldRestart,
  findMatchingContainerRestartRule,
  type RestartGates,
  shouldAllContainersRestart,
  shouldContainerBeRestarted,
} from "../../../machines/kubelet/restart-policy.ts";
import type { ContainerRecord } from "../../../machines/kubelet/runtime-status.ts";

type Records = readonly ContainerRecord[];

interface RulesInput {
  readonly podSpec: PodSpec;
  readonly exitCodes: readonly number[];
  readonly featureGates: RestartGates;
}

interface AllInput {
  readonly podSpec: PodSpec;
  readonly runtimeRecords: Records | null;
  readonly apiStatus: PodStatus | null;
}

interface StateInput {
  readonly restartPolicy: RestartPolicy;
  readonly runtimeRecords: Records;
  readonly deleting: boolean;
}

interface KeyInput {
  readonly a: KeyOf;
  readonly b: KeyOf;
}

interface KeyOf {
  readonly pod: BackOffPod;
  readonly container: Container;
}

/** One function of restart.jsonl each; a further one is added here. */
const runners: Readonly<Record<string, (input: never) => unknown>> = {
  containerShouldRestart: ({ podSpec, exitCodes, featureGates: gates }: RulesInput) => ({
    byExitCode: exitCodes.map((exitCode) => afterExit(podSpec, exitCode, gates)),
  }),
  shouldAllContainersRestart: ({ podSpec, runtimeRecords, apiStatus }: AllInput) => ({
    shouldAllContainersRestart: shouldAllContainersRestart(
      podSpec,
      runtimeRecords ?? undefined,
      apiStatus ?? undefined,
    ),
    ...(runtimeRecords && {
      allContainersRestartCleanedUp: allContainersRestartCleanedUp(podSpec, runtimeRecords),
    }),
  }),
  shouldContainerBeRestarted: ({ restartPolicy, runtimeRecords, deleting }: StateInput) => ({
    shouldContainerBeRestarted: shouldContainerBeRestarted(
      { name: "app" },
      { ...(deleting && { metadata: { deletionTimestamp: "now" } }), spec: { restartPolicy } },
      { containers: runtimeRecords },
    ),
  }),
  getBackoffKey: ({ a, b }: KeyInput) => ({
    sameKey: getBackoffKey(a.pod, a.container) === getBackoffKey(b.pod, b.container),
  }),
};

function afterExit(spec: PodSpec, exitCode: number, gates: RestartGates): unknown {
  const [container = { name: "" }] = spec.containers;
  const containers = [{ name: container.name, id: "", state: "exited", exitCode }] as const;
  return {
    exitCode,
    containerShouldRestart: containerShouldRestart(container, spec, exitCode, gates),
    matchingRuleAction: findMatchingContainerRestartRule(container, exitCode)?.action ?? null,
    shouldAllContainersRestart: shouldAllContainersRestart(spec, containers, undefined),
    shouldContainerBeRestarted: shouldContainerBeRestarted(
      container,
      { spec },
      { containers },
      gates,
    ),
  };
}

export function run(input: never): unknown {
  const { function: name }: { readonly function: string } = input;
  return runners[name]?.(input);
}
