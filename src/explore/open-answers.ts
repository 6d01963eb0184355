import type { EnvironmentAnswers } from "../manifest/scenario/answers.ts";
import { answerAt, type CallAnswer, type HookAnswer } from "../manifest/scenario/call-answers.ts";
import type { PullAnswer } from "../manifest/scenario/image-answers.ts";
import type { ProcessAnswer } from "../manifest/scenario/process-answers.ts";
import { type About, selects } from "../manifest/scenario/selector.ts";
import type { Answering } from "./branching.ts";
import type { Alternative, OpenAnswers, OpenRule } from "./open-rule.ts";

/** What the environment answers when some of its answers are open. */
export function openAnswers(
  fixed: EnvironmentAnswers,
  rules: readonly OpenRule[],
  branching: Answering,
): EnvironmentAnswers {
  const pick = picking(rules, branching);
  const call = (key: CallKey) => {
    return (about: About, atMs: number): CallAnswer | undefined =>
      over(fixed[key](about, atMs), answerAt(pick(key, about), atMs));
  };
  return {
    ...fixed,
    inspect: (image, pod) => {
      const picked = pick("inspect", { image, pod });
      if (picked === undefined) return fixed.inspect(image, pod);
      return picked === "ok" ? undefined : picked.fails;
    },
    pull: (image, attempt, pod) =>
      over<PullAnswer>(fixed.pull(image, attempt, pod), pick("pull", { image, attempt, pod })),
    sandbox: call("sandbox"),
    mount: call("mount"),
    create: call("create"),
    start: call("start"),
    stop: call("stop"),
    bind: call("bind"),
    preempt: call("preempt"),
    claim: call("claim"),
    process: (about) => over<ProcessAnswer>(fixed.process(about), pick("process", about)),
    memory: (about) => pick("memory", about) ?? fixed.memory(about),
    disk: (about) => pick("disk", about) ?? fixed.disk(about),
    processes: (about) => pick("processes", about) ?? fixed.processes(about),
    webhook: (about) => pick("webhook", about) ?? fixed.webhook(about),
    hook: (about, hook) =>
      over<HookAnswer>(fixed.hook(about, hook), pick("hooks", about, hook)?.[hook]),
  };
}

type CallKey = "sandbox" | "mount" | "create" | "start" | "stop" | "bind" | "preempt" | "claim";

type OpenKey = keyof OpenAnswers;

/** The answer of the first rule that is about this and says something to it. */
function picking(rules: readonly OpenRule[], branching: Answering) {
  return <K extends OpenKey>(
    key: K,
    about: About,
    part = "",
  ): NonNullable<OpenAnswers[K]>[number]["answer"] | undefined => {
    const rule = rules.find((one) => one[key] !== undefined && selects(one.when, about));
    const alternatives: readonly Alternative<unknown>[] | undefined = rule?.[key];
    if (rule === undefined || alternatives === undefined) return undefined;
    const labels = alternatives.map(({ label }) => label);
    const name = part === "" ? key : `${part} hook`;
    const text = aboutText(about);
    const { run = 0 } = about;
    if (alternatives.length === 1) return rule[key]?.[0]?.answer;
    const nth = staysSaid(key)
      ? branching.keep(name, text, run, labels)
      : branching.pick(name, text, labels);
    return rule[key]?.[nth]?.answer;
  };
}

/** How a process goes is asked at its start and at its stop. */
function staysSaid(key: OpenKey): boolean {
  return key === "process";
}

/** What the open alternative leaves out is as it always is. */
function over<T extends object>(usual: T | undefined, picked: T | undefined): T | undefined {
  return picked === undefined ? usual : { ...usual, ...picked };
}

/** Without the number of the run, which is told beside it. */
function aboutText({ pod, container, image, part, webhook }: About): string {
  const words = [
    webhook === undefined ? [] : [`webhook/${webhook}`],
    pod === undefined ? [] : [`pod/${pod}`],
    container === undefined ? [] : [`container/${container}`],
    container === undefined && image !== undefined ? [`image/${image}`] : [],
    part === undefined ? [] : [`volume/${part}`],
  ];
  return words.flat().join(" ");
}
