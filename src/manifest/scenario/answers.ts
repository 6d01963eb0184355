import type { Scenario } from "../scenario.ts";
import {
  answerAt,
  type AttemptAnswer,
  type CallAnswer,
  type CreateAnswer,
  type HookAnswer,
} from "./call-answers.ts";
import type { ImageAnswer, PullAnswer } from "./image-answers.ts";
import type { KubeletAnswer } from "./kubelet-answers.ts";
import {
  callChoices,
  type ChoiceFields,
  hookChoices,
  kubeletChoices,
  merged,
  nodeChoices,
  processChoices,
  pullChoices,
} from "./merge.ts";
import type { NodeAnswer } from "./node-answers.ts";
import type { ProbeAnswers, ProbePoint } from "./probe-answers.ts";
import type { ProcessAnswer } from "./process-answers.ts";
import type { ScenarioRule } from "./rule.ts";
import { type About, selects } from "./selector.ts";
import type { WebhookReply } from "./webhook-answers.ts";
import type { DiskPoint, MemoryPoint, ProcessesPoint } from "./usage-answers.ts";

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
  /** The scheduler's POST of a binding. */
  bind(about: About, atMs: number): CallAnswer | undefined;
  /** The scheduler's PATCH and DELETE of the pod that has to make room. */
  preempt(about: About, atMs: number): CallAnswer | undefined;
  /** A volume for a claim of the pod, `part` of it. */
  claim(about: About, atMs: number): CallAnswer | undefined;
  attempt(about: About): AttemptAnswer | undefined;
  /** What a webhook of admission answers. */
  webhook(about: About): WebhookReply | undefined;
  kubelet(about: About): KubeletAnswer | undefined;
  node(name: string): NodeAnswer | undefined;
}

/** Each choice is answered by the first rule that fits and says something about it. */
export function scenarioAnswers({
  environment,
}: Pick<Scenario, "environment">): EnvironmentAnswers {
  const nodes = merging(
    nodeChoices,
    asking(environment, ({ node }) => node),
  );
  return {
    ...imageAnswers(environment),
    ...callAnswers(environment),
    ...programAnswers(environment),
    ...questionAnswers(environment),
    attempt: first(asking(environment, ({ attempt }) => attempt)),
    webhook: first(asking(environment, ({ webhook }) => webhook)),
    kubelet: merging(
      kubeletChoices,
      asking(environment, ({ kubelet }) => kubelet),
    ),
    node: (name) => nodes({ node: name }),
  };
}

type Rules = readonly ScenarioRule[];

function imageAnswers(rules: Rules): Pick<EnvironmentAnswers, "image" | "inspect" | "pull"> {
  const images = first(asking(rules, ({ image }) => image));
  const inspections = first(asking(rules, ({ inspect }) => inspect));
  const pulls = merging(
    pullChoices,
    asking(rules, ({ pull }) => pull),
  );
  return {
    image: (image) => images({ image }),
    inspect: (image, pod) => inspections({ image, pod })?.fails,
    pull: (image, attempt, pod) => pulls({ image, attempt, pod }),
  };
}

type Call = "sandbox" | "mount" | "create" | "start" | "stop" | "bind" | "preempt" | "claim";

function callAnswers(rules: Rules): Pick<EnvironmentAnswers, Call> {
  const calls = (key: Call) => {
    const find = merging(
      callChoices,
      asking(rules, (rule): CreateAnswer | undefined => rule[key]),
    );
    return (about: About, atMs: number) => answerAt(find(about), atMs);
  };
  return {
    sandbox: calls("sandbox"),
    mount: calls("mount"),
    create: calls("create"),
    start: calls("start"),
    stop: calls("stop"),
    bind: calls("bind"),
    preempt: calls("preempt"),
    claim: calls("claim"),
  };
}

type Program = "process" | "memory" | "disk" | "processes";

function programAnswers(rules: Rules): Pick<EnvironmentAnswers, Program> {
  return {
    process: merging(
      processChoices,
      asking(rules, ({ process }) => process),
    ),
    memory: first(asking(rules, ({ memory }) => memory)),
    disk: first(asking(rules, ({ disk }) => disk)),
    processes: first(asking(rules, ({ processes }) => processes)),
  };
}

/** What the kubelet asks a container for. */
function questionAnswers(rules: Rules): Pick<EnvironmentAnswers, "hook" | "probe"> {
  const hooks = {
    postStart: merging(
      hookChoices,
      asking(rules, (rule) => rule.hooks?.postStart),
    ),
    preStop: merging(
      hookChoices,
      asking(rules, (rule) => rule.hooks?.preStop),
    ),
  };
  const probes = {
    startup: first(asking(rules, (rule) => rule.probes?.startup)),
    liveness: first(asking(rules, (rule) => rule.probes?.liveness)),
    readiness: first(asking(rules, (rule) => rule.probes?.readiness)),
  };
  return {
    hook: (about, hook) => hooks[hook](about),
    probe: (about, kind, sinceStartMs) =>
      probes[kind](about)?.findLast(({ atMs }) => atMs <= sinceStartMs),
  };
}

/** All that the rules that fit say, the first one first. */
type Ask<A> = (about: About) => readonly A[];

function asking<A>(rules: Rules, answerOf: (rule: ScenarioRule) => A | undefined): Ask<A> {
  const told = rules.flatMap((rule) => {
    const answer = answerOf(rule);
    return answer === undefined ? [] : [{ when: rule.when, answer }];
  });
  return (about) => told.flatMap(({ when, answer }) => (selects(when, about) ? [answer] : []));
}

function first<A>(ask: Ask<A>): (about: About) => A | undefined {
  return (about) => ask(about)[0];
}

function merging<A extends object>(
  choices: ChoiceFields<A>,
  ask: Ask<A>,
): (about: About) => A | undefined {
  return (about) => {
    const answers = ask(about);
    return answers.length < 2 ? answers[0] : merged(answers, choices);
  };
}
