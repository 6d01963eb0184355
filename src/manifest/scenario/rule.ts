import {
  type AttemptAnswer,
  attemptForm,
  bindCall,
  type CallAnswer,
  claimCall,
  type CreateAnswer,
  createCall,
  type HookAnswer,
  hookForm,
  mountCall,
  preemptCall,
  sandboxCall,
  startCall,
  stopCall,
} from "./call-answers.ts";
import { field, type Field, type Form, given, record, type RecordText } from "./form.ts";
import {
  type ImageAnswer,
  imageForm,
  type InspectAnswer,
  inspectForm,
  type PullAnswer,
  pullForm,
} from "./image-answers.ts";
import { type KubeletAnswer, kubeletForm } from "./kubelet-answers.ts";
import { type NodeAnswer, nodeForm } from "./node-answers.ts";
import { type ProbeAnswers, probesForm } from "./probe-answers.ts";
import { type ProcessAnswer, processForm } from "./process-answers.ts";
import { type Selector, selectorForm, selectorKeys, type SelectorKey } from "./selector.ts";
import {
  diskForm,
  type DiskPoint,
  memoryForm,
  type MemoryPoint,
  processesForm,
  type ProcessesPoint,
} from "./usage-answers.ts";
import { webhookForm, type WebhookReply } from "./webhook-answers.ts";

/** One entry of `environment`: whom it is about, and what happens to them. */
export interface ScenarioRule {
  readonly line: number;
  readonly when: Selector;
  readonly image?: ImageAnswer;
  readonly inspect?: InspectAnswer;
  readonly pull?: PullAnswer;
  readonly sandbox?: CallAnswer;
  readonly mount?: CallAnswer;
  readonly create?: CreateAnswer;
  readonly start?: CallAnswer;
  readonly stop?: CallAnswer;
  readonly process?: ProcessAnswer;
  readonly memory?: readonly MemoryPoint[];
  readonly disk?: readonly DiskPoint[];
  readonly processes?: readonly ProcessesPoint[];
  readonly hooks?: Hooks;
  readonly probes?: ProbeAnswers;
  readonly bind?: CallAnswer;
  readonly preempt?: CallAnswer;
  readonly claim?: CallAnswer;
  readonly attempt?: AttemptAnswer;
  readonly webhook?: WebhookReply;
  readonly kubelet?: KubeletAnswer;
  readonly node?: NodeAnswer;
}

export interface Hooks {
  readonly postStart?: HookAnswer;
  readonly preStop?: HookAnswer;
}

export type AnswerKey = Exclude<keyof ScenarioRule, "line" | "when">;

/** What a rule may ask for, by what it answers; anything else would never be known. */
export const selectorsOf: Readonly<Record<AnswerKey, readonly SelectorKey[]>> = {
  image: ["image"],
  inspect: ["image", "pod", "namespace"],
  pull: ["image", "pod", "namespace", "attempt"],
  sandbox: ["pod", "namespace", "node", "attempt"],
  mount: ["pod", "namespace", "node", "volume"],
  create: ["image", "pod", "namespace", "container", "node", "run"],
  start: ["image", "pod", "namespace", "container", "node", "run"],
  stop: ["image", "pod", "namespace", "container", "node", "run"],
  process: ["image", "pod", "namespace", "container", "node", "run"],
  memory: ["image", "pod", "namespace", "container", "node", "run"],
  disk: ["image", "pod", "namespace", "container", "node", "run"],
  processes: ["image", "pod", "namespace", "container", "node", "run"],
  hooks: ["image", "pod", "namespace", "container", "node", "run"],
  probes: ["image", "pod", "namespace", "container", "node", "run"],
  bind: ["pod", "namespace", "node"],
  preempt: ["pod", "namespace"],
  claim: ["pod", "namespace", "node", "volume"],
  attempt: ["pod", "namespace"],
  webhook: ["webhook", "namespace"],
  kubelet: ["pod", "namespace", "container", "node"],
  node: ["node"],
};

const hook = "How that hook of the container ends; its program decides.";

export const hooksForm: Form<Hooks> = record(
  "answers of hooks",
  { postStart: field(hookForm, hook), preStop: field(hookForm, hook) },
  (values) => given(values),
);

const answers = {
  image: field(imageForm, "What an image is: its maker decided that."),
  inspect: field(inspectForm, "ImageStatus: the runtime says whether the node has an image."),
  pull: field(pullForm, "How a pull ends. The registry and the network are outside Kubernetes."),
  sandbox: field(sandboxCall, "RunPodSandbox: runtime and network plugin answer it."),
  mount: field(mountCall, "The mount of a volume: the node's system and the storage answer it."),
  create: field(createCall, "CreateContainer: the runtime answers it."),
  start: field(startCall, "StartContainer: the runtime answers it; an error has exit code 128."),
  stop: field(stopCall, "StopContainer: the runtime answers it."),
  process: field(processForm, "The life of the main process, which the image's program decides."),
  memory: field(memoryForm, "Memory in use over time. What follows from it is not chosen here."),
  disk: field(diskForm, "Disk space in use over time. What follows from it is not chosen here."),
  processes: field(processesForm, "The number of processes over time."),
  hooks: field(hooksForm, "How lifecycle hooks end: the container's program decides."),
  probes: field(probesForm, "What the container answers to its probes over time."),
  bind: field(bindCall, "POST pods/binding: the API server answers the scheduler."),
  preempt: field(
    preemptCall,
    "PATCH and DELETE of a victim: the API server answers the scheduler.",
  ),
  claim: field(
    claimCall,
    "A volume for a claim that waits for its first pod: the storage provides it.",
  ),
  attempt: field(attemptForm, "A scheduling attempt: the scheduler's own machine decides."),
  webhook: field(webhookForm, "What a webhook of admission answers: its program decides."),
  kubelet: field(
    kubeletForm,
    "Waits and orders that a kubelet draws by chance: jitter, races and maps.",
  ),
  node: field(nodeForm, "What the node's machine and system are like."),
} satisfies Readonly<Record<AnswerKey, Field<unknown>>>;

/** One rule; each choice is answered by the first rule that fits and says something about it. */
export const ruleForm: Form<ScenarioRule> = record(
  "a rule of the environment",
  {
    when: field(selectorForm, "Whom the rule is about: all of what it says must hold."),
    ...answers,
  },
  ({ when = {}, ...told }, { line, has, wrong }) => {
    const keys = answerKeys.filter(has);
    if (keys.length === 0) wrong("when", `an answer: ${answerKeys.join(", ")}`, "none");
    refuseStrays(when, keys, wrong);
    return given({ line, when, ...told });
  },
);

/** Each answer is chosen by some selectors only: what else `when` says would never hold. */
export function refuseStrays(
  when: Selector,
  keys: readonly AnswerKey[],
  wrong: RecordText["wrong"],
): void {
  for (const key of keys) {
    const known = selectorsOf[key];
    const stray = selectorKeys.find((one) => when[one] !== undefined && !known.includes(one));
    if (stray !== undefined) wrong("when", `only ${known.join(", ")} beside ${key}`, stray);
  }
}

const answerKeys = [
  "image",
  "inspect",
  "pull",
  "sandbox",
  "mount",
  "create",
  "start",
  "stop",
  "process",
  "memory",
  "disk",
  "processes",
  "hooks",
  "probes",
  "bind",
  "preempt",
  "claim",
  "attempt",
  "webhook",
  "kubelet",
  "node",
] as const satisfies readonly AnswerKey[];
