import { field, type Form, given, record } from "./form.ts";
import { duration } from "./scalar-forms.ts";

/** What a kubelet draws by chance, so that not everything happens at once. */
export interface KubeletAnswer {
  readonly line: number;
  /** A worker's wait until it looks at its pod again. */
  readonly workQueueMs?: number;
  /** The wait of each probe's worker before its first probe, after the kubelet's own start. */
  readonly startupProbeMs?: number;
  readonly livenessProbeMs?: number;
  readonly readinessProbeMs?: number;
}

const firstProbe = field(duration, "Before the first probe of a kubelet that has just started.");

export const kubeletForm: Form<KubeletAnswer> = record(
  "the waits of a kubelet",
  {
    workQueue: field(duration, "Until a worker looks at its pod again: a time with jitter."),
    startupProbe: firstProbe,
    livenessProbe: firstProbe,
    readinessProbe: firstProbe,
  },
  ({ workQueue, startupProbe, livenessProbe, readinessProbe }, { line }) =>
    given({
      line,
      workQueueMs: workQueue,
      startupProbeMs: startupProbe,
      livenessProbeMs: livenessProbe,
      readinessProbeMs: readinessProbe,
    }),
);
