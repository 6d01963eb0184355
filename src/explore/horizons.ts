import type { Container, PodSpec } from "../../machines/api/pod.ts";
import { isRestartableInitContainer } from "../../machines/api/pod.ts";
import { parseDuration } from "../../machines/api/go-duration.ts";
import type { Times } from "../manifest/scenario/selector.ts";
import type { OpenRule } from "./open-rule.ts";
import type { ScenarioRule } from "../manifest/scenario/rule.ts";
import type { Ages, CountOf } from "./holes.ts";
import type { DeploymentSpec } from "../../machines/api/workload-objects.ts";
import { isWorkload, podSpecsOf } from "./pod-specs.ts";
import type { ExploredSystem } from "./system-file.ts";

/** How far back something in a system looks, and how far it counts: what is beyond is all alike. */
export interface Horizons extends Ages {
  /** Of times in objects, ms. */
  readonly objectMs: number;
  /** Of a kubelet's start, ms. */
  readonly startMs: number;
  /** Of the time since the beginning, ms. */
  readonly lifeMs: number;
  /** After so long the phase of all that happens in rounds is the same, ms. */
  readonly roundMs: number;
  /** Periods of a kubelet, counted from its start, ms. */
  readonly periodsMs: readonly number[];
  /** A kubelet may start again: what started long before it is another thing than what did not. */
  readonly kubeletsRestart: boolean;
  readonly runs: number;
  readonly counts: Readonly<Record<CountOf, number>>;
}

export function horizonsOf(system: ExploredSystem): Horizons {
  const { bounds, open, environment } = system;
  const pods = podSpecsOf(system);
  const containers = pods.flatMap(containersOf);
  const rules: readonly (ScenarioRule | OpenRule)[] = [...environment, ...open.environment];
  const steps = open.steps.map(({ step }) => step.do);
  const measuresDisk = rules.some(({ disk }) => disk !== undefined);
  const mayReclaim = measuresDisk || steps.includes("node-pressure");
  const postsNodes = mayReclaim || steps.includes("network-stop");
  const probes = containers.flatMap(probesOf);
  const deadlines = pods.map(({ activeDeadlineSeconds = 0 }) => activeDeadlineSeconds);
  const delays = probes.map(({ initialDelaySeconds = 0 }) => initialDelaySeconds);
  const attempts = countedIn(rules.map(({ when }) => when.attempt));
  const hasSidecars = containers.some(isRestartableInitContainer);
  const graces = pods.map((spec) => spec.terminationGracePeriodSeconds ?? 30);
  const waits = system.objects.filter(isWorkload).flatMap(({ spec }) => waitsOf(spec));
  return {
    processMs: Math.max(0, ...environment.map(lastProbeMs)),
    turnMs: hasSidecars ? Math.max(0, ...graces) * 1_000 : 0,
    imageMs: mayReclaim ? youngImageMs(system) : 0,
    objectMs:
      Math.max(0, ...deadlines, ...delays, ...waits, measuresDisk ? volumeRoundSeconds : 0) * 1_000,
    startMs: Math.max(0, ...periodsOf(probes), measuresDisk ? volumeRoundSeconds : 0) * 1_000,
    lifeMs: Math.max(0, ...rules.flatMap(untilMs)),
    roundMs: Math.max(1_000, ...system.machines.map((one) => rounds[one] ?? 0)),
    periodsMs: postsNodes ? [statusBatchMs, nodeStatusMs] : [statusBatchMs],
    kubeletsRestart: steps.some((one) => kubeletSteps.includes(one)),
    runs: countedIn(rules.map(({ when }) => when.run)),
    counts: {
      restarts: bounds.restarts === undefined ? 0 : bounds.restarts + 1,
      pulls: Math.max(attempts, bounds.pulls === undefined ? 0 : bounds.pulls + 1),
      sandboxes: attempts,
    },
  };
}

/** Each is a part of the next: of ticks, passes over all nodes, and those over all pods. */
const rounds: Readonly<Record<string, number>> = { nodeLifecycle: 5_000, podGc: 20_000 };

const statusBatchMs = 10_000; // pkg/kubelet/status/status_manager.go syncPeriod
const nodeStatusMs = 10_200; // node-status-period.ts: 10 s and the usual jitter
const volumeRoundSeconds = 60; // KubeletConfiguration volumeStatsAggPeriod
const kubeletSteps = ["kubelet-start", "node-start", "kubelet-stop", "node-crash"];

function containersOf({ initContainers = [], containers }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

/** How long a workload waits for its pods, in seconds; longest means that nobody waits. */
function waitsOf({
  minReadySeconds = 0,
  progressDeadlineSeconds = 0,
}: DeploymentSpec): readonly number[] {
  return [minReadySeconds, progressDeadlineSeconds === noDeadline ? 0 : progressDeadlineSeconds];
}

/** pkg/controller/deployment/util HasProgressDeadline */
const noDeadline = 2 ** 31 - 1;

function probesOf({ startupProbe, livenessProbe, readinessProbe }: Container) {
  return [startupProbe, livenessProbe, readinessProbe].filter((one) => one !== undefined);
}

function periodsOf(probes: ReturnType<typeof probesOf>): readonly number[] {
  return probes.map(({ periodSeconds = 10 }) => periodSeconds);
}

function lastProbeMs({ probes = {} }: ScenarioRule): number {
  const points = [probes.startup, probes.liveness, probes.readiness].flatMap((one) => one ?? []);
  return Math.max(0, ...points.map(({ atMs }) => atMs));
}

/** The first number that no selector tells from the next. */
function countedIn(times: readonly (Times | undefined)[]): number {
  return Math.max(0, ...times.map((one) => (one === undefined ? 0 : (one.last ?? one.first) + 1)));
}

/** The moments until which calls fail. */
function untilMs(rule: ScenarioRule | OpenRule): readonly number[] {
  const calls = [rule.sandbox, rule.mount, rule.create, rule.start, rule.stop];
  return calls.flatMap((call) => {
    if (call === undefined) return [];
    const answers = "line" in call ? [call] : call.map(({ answer }) => answer);
    return answers.map((one) => one.untilMs ?? 0);
  });
}

function youngImageMs({ kubelets }: ExploredSystem): number {
  const ages = kubelets.map(({ configuration }) => configuration.imageMinimumGCAge ?? "2m");
  return Math.max(...["2m", ...ages].map((age) => parseDuration(String(age)) ?? 0));
}
