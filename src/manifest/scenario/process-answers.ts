import { either, field, type Form, given, record, scalar, words } from "./form.ts";
import { duration, durationOf, exitCode, text } from "./scalar-forms.ts";
import { signalForm, signalNumbers } from "./signals.ts";

/** The life of a container's main process. */
export interface ProcessAnswer {
  readonly line: number;
  /** From its start to its end; null: until it is stopped. */
  readonly runsMs?: number | null;
  /** 128 + n for signal n. */
  readonly exitCode?: number;
  /** What it leaves at its terminationMessagePath. */
  readonly message?: string;
  /** The end of its output, for terminationMessagePolicy FallbackToLogsOnError. */
  readonly log?: string;
  readonly onStop?: "ignored" | StopAnswer;
}

/** What a process makes of the stop signal. */
export interface StopAnswer {
  readonly takesMs: number;
  readonly exitCode: number;
}

const life: Form<number | null> = scalar(
  'a duration as "5s", or forever',
  { anyOf: [{ const: "forever" }, duration.schema] },
  (value) => (value === "forever" ? null : durationOf(value)),
);

const onStop: Form<"ignored" | StopAnswer> = either(
  words(["ignored", "The process does not listen: it ends when it is killed."]),
  record(
    "what the process does when it is told to stop",
    {
      takes: field(duration, "How long it takes to end; at once unless given."),
      exits: field(exitCode, "Its exit code; 0 unless given."),
    },
    ({ takes = 0, exits = 0 }) => ({ takesMs: takes, exitCode: exits }),
  ),
);

export const processForm: Form<ProcessAnswer> = record(
  "the life of a process",
  {
    runs: field(life, "How long the process runs: its program decides, not Kubernetes."),
    exits: field(exitCode, "The code with which it ends by itself; 0 unless given."),
    signal: field(signalForm, "The signal that it dies of by itself; its exit code is 128 + n."),
    message: field(text, "What it writes to its terminationMessagePath."),
    log: field(text, "The end of its output."),
    onStop: field(
      onStop,
      "What it does when it is told to stop; it ends at once with 0 unless given.",
    ),
  },
  ({ runs, exits, signal, message, log, onStop: stop }, { line, wrong }) => {
    const ends = exits ?? (signal === undefined ? undefined : 128 + signalNumbers[signal]);
    if (exits !== undefined && signal !== undefined) wrong("signal", "either exits or signal");
    if (runs === null && ends !== undefined) {
      wrong("runs", "a duration, as the process ends by itself");
    }
    const runsMs = runs === undefined && ends !== undefined ? 0 : runs;
    const code = typeof runsMs === "number" ? (ends ?? 0) : undefined;
    return given({ line, runsMs, exitCode: code, message, log, onStop: stop });
  },
);
