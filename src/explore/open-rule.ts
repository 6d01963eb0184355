import {
  bindCall,
  type CallAnswer,
  claimCall,
  type CreateAnswer,
  createCall,
  mountCall,
  preemptCall,
  sandboxCall,
  startCall,
  stopCall,
} from "../manifest/scenario/call-answers.ts";
import {
  either,
  field,
  type Form,
  given,
  record,
  someOf,
  words,
} from "../manifest/scenario/form.ts";
import {
  type InspectAnswer,
  inspectForm,
  type PullAnswer,
  pullForm,
} from "../manifest/scenario/image-answers.ts";
import { type ProcessAnswer, processForm } from "../manifest/scenario/process-answers.ts";
import { type Hooks, hooksForm, refuseStrays } from "../manifest/scenario/rule.ts";
import { type Selector, selectorForm } from "../manifest/scenario/selector.ts";
import {
  diskForm,
  type DiskPoint,
  memoryForm,
  type MemoryPoint,
  processesForm,
  type ProcessesPoint,
} from "../manifest/scenario/usage-answers.ts";
import { valueOf } from "../yaml/node.ts";
import { webhookForm, type WebhookReply } from "../manifest/scenario/webhook-answers.ts";

/** One of several answers, and how it is written. */
export interface Alternative<A> {
  readonly label: string;
  readonly answer: A;
}

/** What may be open of the environment, each with its alternatives, the usual one first. */
export interface OpenAnswers {
  readonly inspect?: readonly Alternative<"ok" | InspectAnswer>[];
  readonly pull?: readonly Alternative<PullAnswer>[];
  readonly sandbox?: readonly Alternative<CallAnswer>[];
  readonly mount?: readonly Alternative<CallAnswer>[];
  readonly create?: readonly Alternative<CreateAnswer>[];
  readonly start?: readonly Alternative<CallAnswer>[];
  readonly stop?: readonly Alternative<CallAnswer>[];
  readonly bind?: readonly Alternative<CallAnswer>[];
  readonly preempt?: readonly Alternative<CallAnswer>[];
  readonly claim?: readonly Alternative<CallAnswer>[];
  readonly process?: readonly Alternative<ProcessAnswer>[];
  readonly memory?: readonly Alternative<readonly MemoryPoint[]>[];
  readonly disk?: readonly Alternative<readonly DiskPoint[]>[];
  readonly processes?: readonly Alternative<readonly ProcessesPoint[]>[];
  readonly hooks?: readonly Alternative<Hooks>[];
  readonly webhook?: readonly Alternative<WebhookReply>[];
}

/** A rule of the environment that leaves open which of its answers it gives. */
export interface OpenRule extends OpenAnswers {
  readonly line: number;
  readonly when: Selector;
}

const inspection = either(
  words(["ok", "The runtime knows whether it has the image."]),
  inspectForm,
);

export const openRuleForm: Form<OpenRule> = record(
  "a rule of what is open",
  {
    when: field(selectorForm, "Whom the rule is about: all of what it says must hold."),
    inspect: alternatives(inspection, "ImageStatus: what the runtime may say of an image."),
    pull: alternatives(pullForm, "How a pull may end."),
    sandbox: alternatives(sandboxCall, "RunPodSandbox: what it may be answered."),
    mount: alternatives(mountCall, "The mount of a volume: how it may end."),
    create: alternatives(createCall, "CreateContainer: what it may be answered."),
    start: alternatives(startCall, "StartContainer: what it may be answered."),
    stop: alternatives(stopCall, "StopContainer: what it may be answered."),
    bind: alternatives(bindCall, "POST pods/binding: what the scheduler may be answered."),
    preempt: alternatives(preemptCall, "PATCH and DELETE of a victim: what may be answered."),
    claim: alternatives(claimCall, "A volume for a claim: how its binding may go."),
    process: alternatives(processForm, "The lives that the main process may have."),
    memory: alternatives(memoryForm, "The memory that it may use over time."),
    disk: alternatives(diskForm, "The disk space that it may use over time."),
    processes: alternatives(processesForm, "The number of processes that it may have."),
    hooks: alternatives(hooksForm, "How its lifecycle hooks may end."),
    webhook: alternatives(webhookForm, "What a webhook of admission may answer."),
  },
  ({ when = {}, ...told }, { line, has, wrong }) => {
    const keys = openKeys.filter(has);
    if (keys.length === 0) wrong("when", `what is open: ${openKeys.join(", ")}`, "none");
    refuseStrays(when, keys, wrong);
    return given({ line, when, ...told });
  },
);

const openKeys = [
  "inspect",
  "pull",
  "sandbox",
  "mount",
  "create",
  "start",
  "stop",
  "bind",
  "preempt",
  "claim",
  "process",
  "memory",
  "disk",
  "processes",
  "hooks",
  "webhook",
] as const satisfies readonly (keyof OpenAnswers)[];

/** A list of answers, each of which is told as it is written. */
function alternatives<A>(form: Form<A>, why: string) {
  const labelled: Form<Alternative<A>> = {
    schema: form.schema,
    read: (node, place) => {
      const answer = form.read(node, place);
      return answer === undefined ? undefined : { label: flowText(valueOf(node)), answer };
    },
  };
  return field(someOf(labelled, "a list of alternatives"), why);
}

/** As YAML in one line: `{ runs: 3s, exits: 1 }`. */
function flowText(value: ReturnType<typeof valueOf>): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, one]) => `${key}: ${flowText(one)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
