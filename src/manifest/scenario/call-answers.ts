import { field, type Form, given, record, words } from "./form.ts";
import { duration, text } from "./scalar-forms.ts";

/** What a component is told when it asks the runtime, a volume plugin or the API server. */
export interface CallAnswer {
  /** The line of the scenario that says so. */
  readonly line: number;
  readonly takesMs?: number;
  /** The error's text; without one the call succeeds. */
  readonly fails?: string;
  /** Virtual milliseconds; from then on the call succeeds. */
  readonly untilMs?: number;
}

export interface CreateAnswer extends CallAnswer {
  /** Whether the container's configuration cannot be made, or the runtime refuses it. */
  readonly cause?: "config" | "runtime";
}

/** A rule's answer at a moment: past `until` nothing fails any more. */
export function answerAt(answer: CreateAnswer | undefined, atMs: number): CreateAnswer | undefined {
  if (answer?.untilMs === undefined || atMs < answer.untilMs) return answer;
  const { line, takesMs } = answer;
  return given({ line, takesMs });
}

const takes = field(duration, "How long the call takes; Kubernetes waits for the answer.");
const until = field(duration, "Time of the run from which on it fails no more; never without it.");

/** A call to the runtime or a plugin; `what` and `example` are its error's. */
function call(what: string, example: string): Form<CallAnswer> {
  const why = `The error's text, which messages and Events repeat: \`${example}\`.`;
  return record(
    what,
    { takes, fails: field(text, why), until },
    ({ takes: takesMs, fails, until: untilMs }, { line, wrong }) => {
      if (untilMs !== undefined && fails === undefined) wrong("until", untilNeeds);
      return given({ line, takesMs, fails, untilMs });
    },
  );
}

const untilNeeds = "the field fails beside until";

export const sandboxCall = call("the sandbox's answer", "no address left in 10.88.0.0/16");
export const mountCall = call("the mount's answer", "open /dev/sdb: no such device");
export const startCall = call("the start's answer", 'exec: "nope": executable file not found');
export const stopCall = call("the stop's answer", "context deadline exceeded");

export const bindCall = call("the binding's answer", "etcdserver: request timed out");
export const preemptCall = call("the answer to a preemption", "etcdserver: request timed out");

/** CreateContainer, and the configuration that it needs. */
export const createCall: Form<CreateAnswer> = record(
  "the answer to CreateContainer",
  {
    takes,
    fails: field(text, "The error's text, which messages and Events repeat."),
    cause: field(
      words(
        ["runtime", "The runtime cannot make the container."],
        ["config", "The container's configuration cannot be made on that node."],
      ),
      "What it is that goes wrong; the runtime unless given.",
    ),
    until,
  },
  ({ takes: takesMs, fails, cause, until: untilMs }, { line, wrong }) => {
    if (fails === undefined && cause !== undefined) wrong("cause", "the field fails beside cause");
    if (fails === undefined && untilMs !== undefined) wrong("until", untilNeeds);
    return given({ line, takesMs, fails, cause, untilMs });
  },
);

/** How a lifecycle hook ends. */
export interface HookAnswer {
  readonly line: number;
  readonly takesMs?: number;
  readonly fails?: string;
  /** What an exec hook wrote, which its message repeats. */
  readonly output?: string;
}

export const hookForm: Form<HookAnswer> = record(
  "the hook's answer",
  {
    takes: field(duration, "How long the hook takes; the grace period does not wait for it."),
    fails: field(text, "The error's text: `command 'sh -c false' exited with 1`."),
    output: field(text, "What the hook's command wrote; its message repeats it."),
  },
  ({ takes: takesMs, fails, output }, { line }) => given({ line, takesMs, fails, output }),
);
