import type { Scenario } from "../scenario.ts";
import { answerAt, type CallAnswer, type CreateAnswer, type HookAnswer } from "./call-answers.ts";
import type { ImageAnswer, PullAnswer } from "./image-answers.ts";
import type { NodeAnswer } from "./node-answers.ts";
import type { ProbeAnswers, ProbePoint } from "./probe-answers.ts";
import type { ProcessAnswer } from "./process-answers.ts";
import type { ScenarioRule } from "./rule.ts";
import { type About, selects } from "./selector.ts";
import type { DiskPoint, MemoryPoint, ProcessesPoint } from "./usage-answers.ts";
import type { WorkQueueAnswer } from "./work-queue-answer.ts";

/**
 * What a scenario says to each question of the environment; undefined where it says nothing, so
 * that the choice stays open. Every answer names the line that gave it.
 */
export interface EnvironmentAnswers {
  image(image: string): ImageAnswer | undefined;
  /** Why the runtime cannot say whether it has the image. */
  inspect(image: string, pod: string): string | undefined;
  /** The pod's `attempt`-th pull of the image, from 1. */
  pull(image: string, attempt: number, pod: string): PullAnswer | undefined;
  sandbox(about: About, atMs: number): CallAnswer | undefined;
  mount(about: About, atMs: number): CallAnswer | undefined;
  create(about: About, atMs: number): CreateAnswer | undefined;
  start(about: About, atMs: number): CallAnswer | undefined;
  stop(about: About, atMs: number): CallAnswer | undefined;
  process(about: About): ProcessAnswer | undefined;
  memory(about: About): readonly MemoryPoint[] | undefined;
  disk(about: About): readonly DiskPoint[] | undefined;
  processes(about: About): readonly ProcessesPoint[] | undefined;
  hook(about: About, hook: "postStart" | "preStop"): HookAnswer | undefined;
  /** What the container answers so long after its start. */
  probe(about: About, kind: keyof ProbeAnswers, sinceStartMs: number): ProbePoint | undefined;
  workQueue(about: About): WorkQueueAnswer | undefined;
  node(name: string): NodeAnswer | undefined;
}

/** Of the rules that fit and answer such a question at all, the first one counts. */
export function scenarioAnswers({
  environment,
}: Pick<Scenario, "environment">): EnvironmentAnswers {
  function first<A>(
    answerOf: (rule: ScenarioRule) => A | undefined,
  ): (about: About) => A | undefined {
    const rules = environment.filter((rule) => answerOf(rule) !== undefined);
    return (about) => {
      const rule = rules.find(({ when }) => selects(when, about));
      return rule === undefined ? undefined : answerOf(rule);
    };
  }
  function call<A extends CallAnswer>(answerOf: (rule: ScenarioRule) => A | undefined) {
    const find = first(answerOf);
    return (about: About, atMs: number) => answerAt(find(about), atMs);
  }
  const hooks = {
    postStart: first(({ hooks: told }) => told?.postStart),
    preStop: first(({ hooks: told }) => told?.preStop),
  };
  const probes = {
    startup: first(({ probes: told }) => told?.startup),
    liveness: first(({ probes: told }) => told?.liveness),
    readiness: first(({ probes: told }) => told?.readiness),
  };
  const images = first(({ image }) => image);
  const inspections = first(({ inspect }) => inspect);
  const pulls = first(({ pull }) => pull);
  const nodes = first(({ node }) => node);
  return {
    image: (image) => images({ image }),
    inspect: (image, pod) => inspections({ image, pod })?.fails,
    pull: (image, attempt, pod) => pulls({ image, attempt, pod }),
    sandbox: call(({ sandbox }) => sandbox),
    mount: call(({ mount }) => mount),
    create: call(({ create }) => create),
    start: call(({ start }) => start),
    stop: call(({ stop }) => stop),
    process: first(({ process }) => process),
    memory: first(({ memory }) => memory),
    disk: first(({ disk }) => disk),
    processes: first(({ processes }) => processes),
    hook: (about, hook) => hooks[hook](about),
    probe: (about, kind, sinceStartMs) =>
      probes[kind](about)?.findLast(({ atMs }) => atMs <= sinceStartMs),
    workQueue: first(({ workQueue }) => workQueue),
    node: (name) => nodes({ node: name }),
  };
}
