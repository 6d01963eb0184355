import { type Form, needed, record } from "./form.ts";
import { duration } from "./scalar-forms.ts";

/** When a pod's worker looks at its pod again. */
export interface WorkQueueAnswer {
  readonly line: number;
  readonly waitsMs: number;
}

export const workQueueForm: Form<WorkQueueAnswer> = record(
  "the wait of a pod's worker",
  { waits: needed(duration, "The wait with its jitter, which the kubelet draws.") },
  ({ waits: waitsMs }, { line }) => ({ line, waitsMs }),
);
