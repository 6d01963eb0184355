import { field, type Form, given, needed, record, timeline, words } from "./form.ts";
import { duration, text } from "./scalar-forms.ts";

export type ProbeResult = "success" | "warning" | "failure" | "no result";

/** What a container answers to a probe from a moment on, counted from the container's start. */
export interface ProbePoint {
  readonly line: number;
  readonly atMs: number;
  readonly result: ProbeResult;
  /** What the command or the server wrote; messages repeat it. */
  readonly output?: string;
  readonly takesMs?: number;
}

export interface ProbeAnswers {
  readonly startup?: readonly ProbePoint[];
  readonly liveness?: readonly ProbePoint[];
  readonly readiness?: readonly ProbePoint[];
}

const points: Form<readonly ProbePoint[]> = timeline(
  record(
    "the probe's answer from a moment on",
    {
      from: needed(duration, "Time since the container's start."),
      result: needed(
        words(
          ["success", "The command exits 0, the server answers 200 to 399, the port opens."],
          ["warning", "An HTTP answer that redirects to another host."],
          ["failure", "The command exits with another code, the server answers something else."],
          ["no result", "The probe itself could not be made."],
        ),
        "What the program in the container answers.",
      ),
      output: field(text, "What the command or the server wrote; messages repeat it."),
      takes: field(duration, "How long the answer takes; the probe's timeoutSeconds may be less."),
    },
    ({ from: atMs, result, output, takes: takesMs }, { line }) =>
      given({ line, atMs, result, output, takesMs }),
  ),
  "a list of { from, result }",
);

const why = "What the container answers from when on; it answers well unless given.";

export const probesForm: Form<ProbeAnswers> = record(
  "answers to probes",
  { startup: field(points, why), liveness: field(points, why), readiness: field(points, why) },
  (values) => given(values),
);
