import { formatDuration } from "../../../machines/api/go-duration.ts";
import type { ChoiceRecord } from "../../choice/choices.ts";
import type { EnvironmentAnswers } from "./answers.ts";
import type { KubeletAnswer } from "./kubelet-answers.ts";
import { type AnswerKey, selectorsOf } from "./rule.ts";
import type { SelectorKey } from "./selector.ts";

type Picked = ChoiceRecord["picked"];

/**
 * The line of `environment` that gives a choice the answer that it got in a run; undefined for a
 * choice that no scenario can answer.
 */
export function scenarioLineFor({
  name,
  about,
  picked,
}: Pick<ChoiceRecord, "name" | "about" | "picked">): string | undefined {
  const key = keyOf(name);
  if (key === undefined) return undefined;
  const when = selectorText(about, selectorsOf[key.answer]);
  const selector = when === "" ? "" : `when: { ${when} }, `;
  return `- { ${selector}${key.answer}: ${key.text(picked, about)} }`;
}

/** What a scenario says of a choice that is asked where no environment's handler stands between. */
export function toldChoice(
  answers: Pick<EnvironmentAnswers, "kubelet" | "attempt">,
  name: string,
  about: string,
): Picked | undefined {
  if (name === "scheduling attempt time") return answers.attempt({ pod: about })?.takesMs;
  const told = keyOf(name)?.told;
  if (told === undefined) return undefined;
  const [, pod] = /\bpod\/(\S+)/.exec(about) ?? [];
  const [, container] = /\bcontainer\/(\S+)/.exec(about) ?? [];
  const [, node] = /\bnode\/(\S+)/.exec(about) ?? [];
  const answer = answers.kubelet({ pod, container, node });
  return answer && told(answer, about);
}

/** What a choice is in a scenario: a kind of answer, and its text for what was picked. */
export interface ChoiceKey {
  readonly answer: AnswerKey;
  readonly text: (picked: Picked, about: string) => string;
  readonly told?: (answer: KubeletAnswer, about: string) => Picked | undefined;
}

const takes = (picked: Picked): string => `{ takes: ${durationText(picked)} }`;
const result = (picked: Picked): string => `[{ from: 0s, result: ${picked} }]`;

/** Every choice of a run that a scenario can answer, by the name under which it is asked. */
export const choiceKeys: Readonly<Record<string, ChoiceKey>> = {
  "image pull outcome": { answer: "pull", text: (picked) => `{ outcome: ${picked} }` },
  "image pull time": { answer: "pull", text: takes },
  "image size": { answer: "pull", text: (picked) => `{ sizeBytes: ${picked} }` },
  "sandbox time": { answer: "sandbox", text: takes },
  "claim binding time": { answer: "claim", text: takes },
  "mount time": { answer: "mount", text: takes },
  "container creation time": { answer: "create", text: takes },
  "container start time": { answer: "start", text: takes },
  "stop signal": {
    answer: "process",
    text: (picked) => `{ onStop: ${picked === "ignored" ? "ignored" : "{ exits: 0 }"} }`,
  },
  "postStart hook time": {
    answer: "hooks",
    text: (picked) => `{ postStart: ${takes(picked)} }`,
  },
  "preStop hook time": { answer: "hooks", text: (picked) => `{ preStop: ${takes(picked)} }` },
  "startup probe": { answer: "probes", text: (picked) => `{ startup: ${result(picked)} }` },
  "liveness probe": { answer: "probes", text: (picked) => `{ liveness: ${result(picked)} }` },
  "readiness probe": { answer: "probes", text: (picked) => `{ readiness: ${result(picked)} }` },
  "kubelet work queue": {
    answer: "kubelet",
    text: (picked) => `{ workQueue: ${durationText(picked)} }`,
    told: ({ workQueueMs }) => workQueueMs,
  },
  "probe start delay": {
    answer: "kubelet",
    text: (picked, about) => `{ ${probeKindIn(about)}Probe: ${durationText(picked)} }`,
    told: (answer, about) => answer[`${probeKindIn(about)}ProbeMs`],
  },
  "node status update": {
    answer: "kubelet",
    text: (picked) => `{ nodeStatus: ${durationText(picked)} }`,
    told: ({ nodeStatusMs }) => nodeStatusMs,
  },
  "node lease renewal": {
    answer: "kubelet",
    text: (picked) => `{ leaseRenewal: ${durationText(picked)} }`,
    told: ({ leaseRenewalMs }) => leaseRenewalMs,
  },
  "volume stats": {
    answer: "kubelet",
    text: (picked) => `{ volumeStats: ${durationText(picked)} }`,
    told: ({ volumeStatsMs }) => volumeStatsMs,
  },
  "order of active pods": {
    answer: "kubelet",
    text: (picked) => `{ podOrder: ${picked} }`,
    told: ({ podOrder }) => podOrder,
  },
  "crossed threshold": {
    answer: "kubelet",
    text: (picked) => `{ threshold: ${picked} }`,
    told: ({ threshold }) => threshold,
  },
  "container removal": {
    answer: "kubelet",
    text: (picked) => `{ containerRemoval: ${picked} }`,
    told: ({ containerRemoval }) => containerRemoval,
  },
};

function keyOf(name: string): ChoiceKey | undefined {
  return Object.hasOwn(choiceKeys, name) ? choiceKeys[name] : undefined;
}

/** The last word of what a probe's choice is about. */
function probeKindIn(about: string): "startup" | "liveness" | "readiness" {
  if (about.endsWith("startup")) return "startup";
  return about.endsWith("liveness") ? "liveness" : "readiness";
}

/** `pod/default/web container/app run 2` as `pod: web, container: app, run: 2`; pulls are tries. */
function selectorText(about: string, known: readonly SelectorKey[]): string {
  const entries = [...about.matchAll(/(\w+)(?:\/(\S+)| (\d+))/g)].flatMap((match) => {
    const [, word = "", path, times = ""] = match;
    const key = word === "pull" ? "attempt" : word;
    if (key === "pod" && path?.includes("/") === true) return podEntries(path);
    return [[key, path === undefined ? times : scalarText(path)] as const];
  });
  return entries
    .filter(([key]) => known.some((one) => one === key))
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

function podEntries(path: string): readonly (readonly [string, string])[] {
  const slash = path.indexOf("/");
  const namespace = path.slice(0, slash);
  const pod = ["pod", scalarText(path.slice(slash + 1))] as const;
  return namespace === "default" ? [pod] : [["namespace", scalarText(namespace)], pod];
}

/** In quotes unless it is plainly a word. */
function scalarText(text: string): string {
  return /^[a-z][a-z0-9-]*$/.test(text) && !reserved.has(text) ? text : JSON.stringify(text);
}

const reserved = new Set(["true", "false", "null", "yes", "no", "on", "off"]);

function durationText(picked: Picked): string {
  return typeof picked === "number" ? formatDuration(picked) : picked;
}
