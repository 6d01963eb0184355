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
import { type Look, RestartedPod, type RestartingContainer } from "../../support/restarts.ts";

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

interface SequenceInput extends Omit<RestartingContainer, "backOff"> {
  readonly initialSeconds: number;
  readonly maxSeconds: number;
  readonly expireAfterSeconds: number;
  readonly events: readonly SequenceEvent[];
}

type SequenceEvent =
  | { readonly atMs: number; readonly what: "sync" | "gc" }
  | { readonly atMs: number; readonly what: "exit"; readonly exitCode: number }
  | {
      readonly atMs: number;
      readonly what: "change";
      readonly image?: string;
      readonly cpu?: string;
    };

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
  backOffSequence: (input: SequenceInput) => {
    const pod = new RestartedPod({
      ...input,
      backOff: {
        initialBackOffMs: input.initialSeconds * 1_000,
        maximumBackOffMs: input.maxSeconds * 1_000,
        forgettingMs: input.expireAfterSeconds * 1_000,
      },
    });
    const steps = input.events.map((event) => {
      pod.advanceTo(event.atMs);
      const seen = happen(pod, event);
      return { entrySeconds: pod.entryMs / 1_000, ...seen };
    });
    return { starts: pod.starts, steps };
  },
};

function happen(pod: RestartedPod, event: SequenceEvent): object | undefined {
  switch (event.what) {
    case "sync":
      return looked(pod.look());
    case "exit":
      pod.exit(event.exitCode);
      return undefined;
    case "gc":
      pod.collect();
      return undefined;
    case "change": {
      const { image, cpu } = event;
      const resources = cpu !== undefined && { resources: { requests: { cpu } } };
      pod.redefine({ ...(image !== undefined && { image }), ...resources });
      return undefined;
    }
  }
}

function looked({ shouldBeRestarted, answer, detail = {}, said }: Look): object {
  if (answer === undefined) return { shouldBeRestarted };
  const inBackOff = answer.type === "restart.refused";
  const { message = "", backOffUntilMs } = inBackOff ? detail : {};
  return {
    shouldBeRestarted,
    inBackOff,
    started: answer.type === "restart.allowed",
    message,
    error: inBackOff ? "CrashLoopBackOff" : null,
    events: said.map(({ type, reason, message: text }) => ({ type, reason, message: text })),
    ...(inBackOff && { backOffUntilMs }),
  };
}

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
